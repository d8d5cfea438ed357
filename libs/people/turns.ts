/** More tasks are waiting than can be done in time. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
}

export interface TurnsOptions {
  readonly runningMax: number;
  readonly waitingMax: number;
  /** Limit of running and waiting tasks per party. */
  readonly perPartyMax: number;
}

/** Limits running and waiting tasks, first come first served; no party can take all places. */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** Party → number of its running and waiting tasks. */
  readonly #parties = new Map<string, number>();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Tasks without a party have only the overall limit. */
  async take<T>(work: () => Promise<T>, party?: string): Promise<T> {
    if (party === undefined) return this.#inTurn(work);
    const before = this.#parties.get(party) ?? 0;
    const { perPartyMax } = this.#options;
    if (before >= perPartyMax)
      throw new TooManyWaiting(`${perPartyMax} tasks of the same address are already running or waiting`);
    this.#parties.set(party, before + 1);
    try {
      return await this.#inTurn(work);
    } finally {
      this.#leave(party);
    }
  }

  #leave(party: string): void {
    const left = (this.#parties.get(party) ?? 0) - 1;
    if (left > 0) this.#parties.set(party, left);
    else this.#parties.delete(party);
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#options.runningMax) this.#running += 1;
    else await this.#turn();
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  /** A finished task hands its turn over directly, so that a newcomer cannot take it. */
  async #turn(): Promise<void> {
    const { waitingMax } = this.#options;
    if (this.#waiting.length >= waitingMax) throw new TooManyWaiting(`${waitingMax} tasks are already waiting`);
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
