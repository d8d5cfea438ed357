/** A queue is limited in length, in the time that each task waits, or in both. */
type QueueLimit =
  | { readonly waitingMax: number; readonly waitMsMax?: number }
  | { readonly waitingMax?: number; readonly waitMsMax: number };

type TurnsOptions = QueueLimit & {
  readonly runningMax: number;
  /** Limit of running and waiting tasks per party. */
  readonly perPartyMax?: number;
  /** The error of a task that gets no turn. */
  readonly rejection: new (message: string) => Error;
};

/** Limits running and waiting tasks, first come first served; no party can take all places. */
export class Turns {
  readonly #options: TurnsOptions;
  /** In order of arrival. */
  readonly #waiting = new Set<() => void>();
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
    const { perPartyMax = Infinity, rejection } = this.#options;
    if (before >= perPartyMax)
      throw new rejection(`${perPartyMax} tasks of the same party are already running or waiting`);
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
      this.#passOn();
    }
  }

  async #turn(): Promise<void> {
    const { waitingMax = Infinity, waitMsMax, rejection } = this.#options;
    if (this.#waiting.size >= waitingMax) throw new rejection(`${waitingMax} tasks are already waiting`);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    if (waitMsMax === undefined) return promise;
    const late = setTimeout(() => {
      this.#waiting.delete(resolve);
      reject(new rejection(`no turn within ${waitMsMax} ms; ${this.#waiting.size} more are waiting`));
    }, waitMsMax);
    return promise.finally(() => clearTimeout(late));
  }

  /** A finished task hands its turn over directly, so that a newcomer cannot take it. */
  #passOn(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#running -= 1;
    else {
      this.#waiting.delete(next);
      next();
    }
  }
}
