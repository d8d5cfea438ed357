/** More keys are requested than can be read in time. */
export class TooManyReads extends Error {
  override readonly name = 'TooManyReads';
}

interface Asked<Key, Value> {
  readonly key: Key;
  readonly answer: PromiseWithResolvers<Value>;
}

const readsAtOnceMax = 2;
const groupMax = 200;
const waitingMax = 10_000;

/**
 * Batches reads: keys requested in one turn of the event loop, or while reads are in progress, are collected, each once,
 * and the next read serves all of them. A read starts only after its keys were requested, so no result is older than
 * its request.
 */
export class GroupedReads<Key, Value> {
  readonly #name: (key: Key) => string;
  readonly #readAll: (keys: readonly Key[]) => Promise<readonly Value[]>;
  #waiting = new Map<string, Asked<Key, Value>>();
  #reading = 0;
  #isStarting = false;

  /** `readAll` returns the results in the order of the keys. */
  constructor(name: (key: Key) => string, readAll: (keys: readonly Key[]) => Promise<readonly Value[]>) {
    this.#name = name;
    this.#readAll = readAll;
  }

  read(key: Key): Promise<Value> {
    const name = this.#name(key);
    const asked = this.#waiting.get(name);
    if (asked !== undefined) return asked.answer.promise;
    if (this.#waiting.size >= waitingMax)
      return Promise.reject(new TooManyReads(`${waitingMax} reads are already waiting`));
    const answer = Promise.withResolvers<Value>();
    this.#waiting.set(name, { key, answer });
    // Whatever else is asked for in this turn of the event loop goes with it.
    if (!this.#isStarting && this.#reading < readsAtOnceMax) {
      this.#isStarting = true;
      setImmediate(() => void this.#readOn());
    }
    return answer.promise;
  }

  async #readOn(): Promise<void> {
    this.#isStarting = false;
    this.#reading += 1;
    while (this.#waiting.size > 0) {
      const asked = this.#take();
      try {
        const values = await this.#readAll(asked.map(({ key }) => key));
        for (const [index, { answer }] of asked.entries()) answer.resolve(values[index] as Value);
      } catch (error) {
        for (const { answer } of asked) answer.reject(error);
      }
    }
    this.#reading -= 1;
  }

  /**
   * The map is replaced, not emptied: one that is used as a queue is copied again and again, and an old copy keeps the
   * reads of the next ones from being collected.
   */
  #take(): readonly Asked<Key, Value>[] {
    const waiting = [...this.#waiting];
    this.#waiting = new Map(waiting.slice(groupMax));
    return waiting.slice(0, groupMax).map(([, one]) => one);
  }
}
