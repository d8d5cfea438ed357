/** More waits already than can be done in time. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
}

/** Lets so much work run at once, and so much more wait, first come first served. */
export class Turns {
  readonly #runningMax: number;
  readonly #waitingMax: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor({ runningMax, waitingMax }: { runningMax: number; waitingMax: number }) {
    this.#runningMax = runningMax;
    this.#waitingMax = waitingMax;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#runningMax) this.#running += 1;
    else await this.#turn();
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  /** Whoever is done hands the turn over, so nobody who comes between can take it. */
  async #turn(): Promise<void> {
    if (this.#waiting.length >= this.#waitingMax) throw new TooManyWaiting(`${this.#waitingMax} wait already`);
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
