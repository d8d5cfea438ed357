import { setTimeout as pause } from 'node:timers/promises';
import { comparePositions, type Position } from '#event-store';
import type { Logger } from '#platform';
import type { Leases } from './leases.ts';
import type { ProjectionMetrics } from './metrics.ts';
import type { SharedReader } from './shared-reader.ts';
import { CheckpointMoved, type Sink } from './sink.ts';

export interface WorkerOptions {
  readonly reader: SharedReader;
  readonly sink: Sink;
  readonly leases: Leases;
  readonly metrics: ProjectionMetrics;
  readonly log: Logger;
}

const tendEveryMs = 1000;
const firstPauseMs = 50;
const pauseMsMax = 5000;

/** Carries one projection forward, page by page, for as long as this process has the lease for it. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #stopping = new AbortController();
  #finished: Promise<void> = Promise.resolve();
  #rung = Promise.withResolvers<void>();
  #failures = 0;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.sink.name;
  }

  /** It tried, and could not: what it says in the log is why. */
  get failing(): boolean {
    return this.#failures > 1;
  }

  start(): void {
    const hangUp = this.#options.reader.onAppend(() => this.#rung.resolve());
    this.#finished = this.#run().finally(hangUp);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#finished;
    await this.#options.leases.release(this.name).catch(() => undefined);
  }

  async #run(): Promise<void> {
    const { leases, log, metrics } = this.#options;
    while (!this.#stopping.signal.aborted) {
      try {
        if (await leases.take(this.name)) await this.#follow();
        else await this.#pause(leases.ttlMs / 4);
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        if (error instanceof CheckpointMoved) continue;
        this.#failures += 1;
        metrics.failures.inc({ projection: this.name });
        log.error({ err: error, projection: this.name }, 'the projection cannot go on; it tries again');
        await this.#pause(Math.min(firstPauseMs * 2 ** this.#failures, pauseMsMax));
      }
    }
  }

  /** Until the lease is lost, something fails, or the process stops. */
  async #follow(): Promise<void> {
    const { reader, sink, metrics } = this.#options;
    let checkpoint = await sink.open();
    let tendedAt = 0;
    while (!this.#stopping.signal.aborted) {
      this.#rung = Promise.withResolvers();
      const page = await reader.page(checkpoint);
      const hasMore = page.end !== undefined && isAfter(page.end, checkpoint);
      if (Date.now() - tendedAt >= tendEveryMs || (!hasMore && tendedAt === 0)) {
        if (!(await this.#tend(hasMore ? page.events[0]?.metadata.at : undefined))) return;
        tendedAt = Date.now();
      }
      if (!hasMore || page.end === undefined) {
        this.#failures = 0;
        await Promise.race([this.#rung.promise, this.#pause(tendEveryMs)]);
        continue;
      }
      // The next page is on its way while this one is written.
      if (reader.isFull(page)) reader.page(page.end).catch(() => undefined);
      await sink.apply(page.events, checkpoint, page.end);
      checkpoint = page.end;
      this.#failures = 0;
      metrics.applied.inc({ projection: this.name }, page.events.length);
    }
  }

  /** Keeps the lease, and says how far behind it is; answers whether it still has it. */
  async #tend(oldestUnreadAt: number | undefined): Promise<boolean> {
    const { leases, sink, metrics } = this.#options;
    if (!(await leases.take(this.name))) return false;
    const lagSeconds = oldestUnreadAt === undefined ? 0 : Math.max(Date.now() - oldestUnreadAt, 0) / 1000;
    metrics.lagSeconds.set({ projection: this.name }, lagSeconds);
    await sink.tend(oldestUnreadAt === undefined, lagSeconds);
    return true;
  }

  #pause(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}

function isAfter(end: Position, checkpoint: Position | undefined): boolean {
  return checkpoint === undefined || comparePositions(end, checkpoint) > 0;
}
