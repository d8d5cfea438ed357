/** Thrown where a request turns out to have been answered before: that answer is given again, as it was. */
export class Replay extends Error {
  override readonly name = 'Replay';
  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    readonly body: string,
  ) {
    super('this request was already answered');
  }
}

export const replayedHeader = 'idempotency-replayed';
