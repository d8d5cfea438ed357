/** Thrown if a request was already answered: the stored answer is sent again unchanged. */
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
