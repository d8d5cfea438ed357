import { StoreUnavailable } from '../errors.ts';

/**
 * Limits the number of concurrent page reads; others wait in order of arrival. Without a limit, all reads share the
 * connection and finish equally late: after an outage, when every stream is read again, too late for all.
 */
export class ReadTurns {
  readonly #atOnceMax: number;
  readonly #waiting = new Set<() => void>();
  #taken = 0;

  constructor(atOnceMax: number) {
    this.#atOnceMax = atOnceMax;
  }

  /** A read that waits too long is rejected as retryable. */
  async take<T>(withinMs: number, read: () => Promise<T>): Promise<T> {
    if (this.#taken < this.#atOnceMax) this.#taken += 1;
    else await this.#turn(withinMs);
    try {
      return await read();
    } finally {
      this.#passOn();
    }
  }

  #turn(withinMs: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const called = (): void => {
      clearTimeout(late);
      resolve();
    };
    const late = setTimeout(() => {
      this.#waiting.delete(called);
      reject(
        new StoreUnavailable(`the read waited ${withinMs} ms for its turn; ${this.#waiting.size} more are waiting`),
      );
    }, withinMs);
    this.#waiting.add(called);
    return promise;
  }

  #passOn(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#taken -= 1;
    else {
      this.#waiting.delete(next);
      next();
    }
  }
}
