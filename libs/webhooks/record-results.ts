import { setTimeout as pause } from 'node:timers/promises';
import { backOffMs, type Logger } from '#platform';
import type { Outbox, Result } from './outbox.ts';

interface Waiting {
  readonly results: readonly Result[];
  readonly recorded: PromiseWithResolvers<void>;
}

const resultsMax = 500;
const backOff = { firstMs: 50, mostMs: 2000 };

/** Records results in groups: what arrives while a group is recorded is the next one. Goes on until it works. */
export class ResultRecorder {
  readonly #outbox: Pick<Outbox, 'record'>;
  readonly #log: Logger;
  readonly #signal: AbortSignal;
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(outbox: Pick<Outbox, 'record'>, { log, signal }: { log: Logger; signal: AbortSignal }) {
    this.#outbox = outbox;
    this.#log = log;
    this.#signal = signal;
  }

  /** Throws when it was stopped before they were recorded: their deliveries are attempted again. */
  record(results: readonly Result[]): Promise<void> {
    const recorded = Promise.withResolvers<void>();
    this.#waiting.push({ results, recorded });
    if (!this.#isRunning) void this.#run();
    return recorded.promise;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    // What ends in the same turn of the event loop shares the first group.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) await this.#recordGroup(this.#takeGroup());
    this.#isRunning = false;
  }

  #takeGroup(): readonly Waiting[] {
    let results = 0;
    const last = this.#waiting.findIndex((each) => (results += each.results.length) >= resultsMax);
    return this.#waiting.splice(0, last < 0 ? this.#waiting.length : last + 1);
  }

  async #recordGroup(group: readonly Waiting[]): Promise<void> {
    for (let failures = 0; ;) {
      try {
        await this.#outbox.record(group.flatMap(({ results }) => results));
        for (const { recorded } of group) recorded.resolve();
        return;
      } catch (error) {
        failures += 1;
        this.#log.warn({ err: error }, 'the results of webhook deliveries were not recorded; trying again');
        if (this.#signal.aborted) {
          for (const { recorded } of group) recorded.reject(error);
          return;
        }
        await pause(backOffMs(failures, backOff), undefined, { signal: this.#signal }).catch(() => undefined);
      }
    }
  }
}
