import type { ProjectionMetrics } from './metrics.ts';
import type { Standing, Standings } from './standings.ts';

interface Told extends Pick<Standing, 'checkpoint' | 'lag' | 'lagSeconds'> {
  readonly parked: number;
}

/** Publishes the state of a worker: as metrics, and in the table of reports for other processes. */
export class WorkerReport {
  readonly #work: string;
  readonly #metrics: ProjectionMetrics;
  readonly #standings: Standings;
  #error: Error | undefined;
  #saidAt = performance.now();
  #appliedSince = 0;
  #hasEnded = false;

  constructor(work: string, { metrics, standings }: { metrics: ProjectionMetrics; standings: Standings }) {
    this.#work = work;
    this.#metrics = metrics;
    this.#standings = standings;
  }

  applied(events: number): void {
    this.#appliedSince += events;
    this.#metrics.applied.inc({ projection: this.#work }, events);
  }

  async publish({ checkpoint, lag, lagSeconds, parked }: Told): Promise<void> {
    if (this.#hasEnded) return;
    const projection = this.#work;
    this.#metrics.lagEvents.set({ projection }, lag.events);
    this.#metrics.lagSeconds.set({ projection }, lagSeconds);
    this.#metrics.parked.set({ projection }, parked);
    const now = performance.now();
    const eventsPerSecond = (this.#appliedSince * 1000) / (now - this.#saidAt);
    this.#saidAt = now;
    this.#appliedSince = 0;
    await this.#standings.report(this.#work, { checkpoint, lag, lagSeconds, eventsPerSecond, error: this.#error });
  }

  /** If the error cannot be written to the table, it is still in the log. */
  async reportError(cause: Error): Promise<void> {
    if (this.#hasEnded) return;
    this.recover();
    this.#error = cause;
    this.#metrics.failures.inc({ projection: this.#work });
    this.#metrics.failing.set({ projection: this.#work, error: cause.name }, 1);
    await this.#standings.reportError(this.#work, cause).catch(() => undefined);
  }

  recover(): void {
    if (this.#error === undefined) return;
    this.#metrics.failing.remove({ projection: this.#work, error: this.#error.name });
    this.#error = undefined;
  }

  /** Clears the metrics, because another process may run the projection now. */
  leave(): void {
    if (this.#hasEnded) return;
    const { lagEvents, lagSeconds, parked } = this.#metrics;
    this.recover();
    for (const gauge of [lagEvents, lagSeconds, parked]) gauge.remove({ projection: this.#work });
  }

  /** Clears the metrics and reports nothing more: from now on they are those of the worker that takes over. */
  end(): void {
    this.leave();
    this.#hasEnded = true;
  }
}
