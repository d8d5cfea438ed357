import { setTimeout as pause } from 'node:timers/promises';
import { comparePositions, type AllPage, type Position } from '#event-store';
import { backOffMs, type Leases, type Logger } from '#platform';
import type { ProjectionMetrics } from './metrics.ts';
import { Portions, type Portion } from './portions.ts';
import { explained } from './rebuild-due.ts';
import type { SharedReader } from './shared-reader.ts';
import { CheckpointMoved, NotYet, type Sink } from './sink.ts';
import type { Place } from './stall-watch.ts';
import type { Standings } from './standings.ts';
import { WorkerReport } from './worker-report.ts';

export interface WorkerOptions {
  readonly reader: SharedReader;
  readonly sink: Sink;
  readonly leases: Leases;
  readonly standings: Standings;
  readonly metrics: ProjectionMetrics;
  readonly log: Logger;
}

const tendEveryMs = 1000;
const backOff = { firstMs: 100, mostMs: 5000 };
const notYetPauseMs = 250;
// Pages without rows are batched for a short time: otherwise most writes would be checkpoints.
const unconcernedPauseMs = 20;
// So that the lease does not expire during a write.
const leaseShareOfPortion = 4;

/** Advances one projection page by page, as long as this process holds its lease. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #portions: Portions;
  readonly #stopping = new AbortController();
  #finished: Promise<void> = Promise.resolve();
  #rung = Promise.withResolvers<void>();
  #place: Place | undefined;
  readonly #report: WorkerReport;
  #failures = 0;
  #tendedAt = -Infinity;
  #saidCaughtUp = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#portions = new Portions(options.leases.ttlMs / leaseShareOfPortion);
    this.#report = new WorkerReport(options.sink.name, options);
  }

  get name(): string {
    return this.#options.sink.name;
  }

  /** Whether the last attempt failed; the reason is in the log. */
  get failing(): boolean {
    return this.#failures > 1;
  }

  /** Its progress while it holds the lease; undefined without one, or while it has nothing to do yet. */
  get place(): Place | undefined {
    return this.#place;
  }

  /** If it replaces a stalled worker, it reports that until it has made progress. */
  start(because?: Error): void {
    const hangUp = this.#options.reader.onAppend(() => this.#rung.resolve());
    this.#finished = this.#run(because).finally(hangUp);
  }

  /**
   * Does not wait for pending calls; the worker does nothing more when they return. Writes in progress are harmless,
   * because checkpoints are compared and set.
   */
  abandon(): void {
    this.#stopping.abort();
    this.#report.end();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#finished;
    await this.#options.leases.release(this.name).catch(() => undefined);
  }

  async #run(because: Error | undefined): Promise<void> {
    const { leases } = this.#options;
    if (because !== undefined) await this.#report.reportError(because);
    while (!this.#stopping.signal.aborted) {
      try {
        if (await leases.take(this.name)) await this.#follow();
        this.#leave();
        await this.#pause(leases.ttlMs / 4);
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        if (error instanceof CheckpointMoved) continue;
        if (error instanceof NotYet) await this.#wait();
        else await this.#fail(error);
      }
    }
  }

  /** Runs until the lease is lost, an error occurs, or the process stops. */
  async #follow(): Promise<void> {
    const { reader, sink } = this.#options;
    this.#place ??= { checkpoint: undefined };
    this.#place = { checkpoint: await sink.open(() => this.#mayGoOn()) };
    this.#tendedAt = -Infinity;
    this.#saidCaughtUp = false;
    while (!this.#stopping.signal.aborted) {
      this.#rung = Promise.withResolvers();
      const { checkpoint } = this.#place;
      const page = await reader.page(checkpoint);
      const isNew = page.end !== undefined && isAfter(page.end, checkpoint);
      if (isNew ? !(await this.#take(page, page.end)) : !(await this.#rest())) return;
    }
  }

  /** Writes a page; returns whether it still holds the lease. */
  async #take(page: AllPage, end: Position): Promise<boolean> {
    // Reads the next page while this one is written.
    if (page.isFull) this.#options.reader.readAhead(end);
    for (const portion of this.#portions.of(page, end)) {
      if (this.#tendsNow && !(await this.#tend(portion.events[0]?.metadata.at ?? Date.now()))) return false;
      if (this.#stopping.signal.aborted) return false;
      const isConcerned = await this.#write(portion);
      if (!isConcerned && !page.isFull) await this.#pause(unconcernedPauseMs);
    }
    return true;
  }

  async #write({ events, to }: Portion): Promise<boolean> {
    const began = performance.now();
    const isConcerned = await this.#options.sink.apply(events, this.#place?.checkpoint, to).finally(() => {
      this.#portions.took(events.length, performance.now() - began);
    });
    this.#place = { checkpoint: to };
    this.#report.applied(events.length);
    this.#recover();
    return isConcerned;
  }

  /** Waits until there is something to read. */
  async #rest(): Promise<boolean> {
    this.#recover();
    // The first time without delay, because a table in construction goes live then.
    if ((this.#tendsNow || !this.#saidCaughtUp) && !(await this.#tend(undefined))) return false;
    await Promise.race([this.#rung.promise, this.#pause(tendEveryMs)]);
    return true;
  }

  get #tendsNow(): boolean {
    return performance.now() - this.#tendedAt >= tendEveryMs;
  }

  /** Renews the lease during long operations. */
  async #mayGoOn(): Promise<boolean> {
    if (this.#stopping.signal.aborted) return false;
    this.#place = { checkpoint: this.#place?.checkpoint, steps: (this.#place?.steps ?? 0) + 1 };
    if (!this.#tendsNow) return true;
    this.#tendedAt = performance.now();
    return this.#options.leases.take(this.name);
  }

  /** Renews the lease and reports the lag; returns whether it still holds the lease. */
  async #tend(oldestUnreadAt: number | undefined): Promise<boolean> {
    const { leases, reader, sink } = this.#options;
    if (!(await leases.take(this.name))) return false;
    const checkpoint = this.#place?.checkpoint;
    const caughtUp = oldestUnreadAt === undefined;
    const lag = caughtUp ? { events: 0, isAll: true } : await reader.countAfter(checkpoint);
    this.#tendedAt = performance.now();
    this.#saidCaughtUp = caughtUp;
    await sink.tend(caughtUp);
    const lagSeconds = caughtUp ? 0 : Math.max(Date.now() - oldestUnreadAt, 0) / 1000;
    await this.#report.publish({ checkpoint, lag, lagSeconds, parked: sink.parked });
    return true;
  }

  /** Another process holds the lease, or the sink is not available yet. */
  #leave(): void {
    this.#place = undefined;
    this.#failures = 0;
    this.#report.leave();
  }

  async #wait(): Promise<void> {
    this.#leave();
    await this.#pause(notYetPauseMs);
  }

  #recover(): void {
    this.#failures = 0;
    this.#report.recover();
  }

  async #fail(cause: unknown): Promise<void> {
    const { log, sink } = this.#options;
    const error = explained(cause, sink.projection);
    this.#failures += 1;
    log.error({ err: error, projection: this.name }, 'the projection failed; it will be retried');
    await this.#report.reportError(error);
    await this.#pause(backOffMs(this.#failures, backOff));
  }

  #pause(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}

function isAfter(end: Position, checkpoint: Position | undefined): boolean {
  return checkpoint === undefined || comparePositions(end, checkpoint) > 0;
}
