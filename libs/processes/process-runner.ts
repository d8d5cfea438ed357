import { setTimeout as pause } from 'node:timers/promises';
import { untilItWorks, type Leases, type Logger } from '#platform';
import type { ProcessMetrics } from './metrics.ts';
import type { Process } from './process.ts';

const pauseAfterFailureMs = 1000;

export interface ProcessRunnerOptions {
  readonly leases: Pick<Leases, 'take' | 'release'>;
  /** Throws when this machine's clock is wrong: its work would then come too early or too late for everybody. */
  readonly assertClock: () => Promise<void>;
  readonly metrics: ProcessMetrics;
  readonly log: Logger;
  readonly pauseAfterFailureMs?: number;
}

/** Runs a process while this replica has its lease: waits at the start for what it needs, then one round after another. */
export class ProcessRunner {
  readonly #process: Process;
  readonly #options: ProcessRunnerOptions;
  readonly #stopping = new AbortController();
  #finished: Promise<void> = Promise.resolve();

  constructor(process: Process, options: ProcessRunnerOptions) {
    this.#process = process;
    this.#options = options;
  }

  start(): void {
    this.#finished = this.#run();
  }

  /** Waits for the round that is under way, then leaves the work to the other replicas. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#finished;
    await this.#options.leases.release(this.#process.name).catch(() => undefined);
  }

  async #run(): Promise<void> {
    const { name, waitsFor, everyMs } = this.#process;
    const { leases, assertClock, log } = this.#options;
    const { signal } = this.#stopping;
    await untilItWorks(waitsFor, () => this.#process.assertThere(), { log, signal }).catch(() => undefined);
    while (!signal.aborted) {
      try {
        // Before the lease: whose clock is wrong must not keep the work from the others.
        await assertClock();
        if (await leases.take(name)) await this.#round();
        await this.#pause(everyMs);
      } catch (error) {
        log.warn({ err: error, process: name }, 'a round of background work failed; the next one tries again');
        await this.#pause(this.#options.pauseAfterFailureMs ?? pauseAfterFailureMs);
      }
    }
  }

  async #round(): Promise<void> {
    const stopTimer = this.#options.metrics.roundSeconds.startTimer({ process: this.#process.name });
    await this.#process.round(this.#stopping.signal);
    stopTimer();
  }

  #pause(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}
