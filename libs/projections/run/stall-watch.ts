import { comparePositions, storeOf, type EventStore, type Position } from '#event-store';
import type { Leases, Logger } from '#platform';
import type { ProjectionMetrics } from './metrics.ts';
import type { PublishedHead } from './published-head.ts';
import type { Standings } from './standings.ts';

export interface Place {
  readonly checkpoint: Position | undefined;
  /** Steps of a long operation that moves no checkpoint until it is complete. */
  readonly steps?: number;
}

/** A worker as seen by the watcher, because a hanging worker cannot report itself. */
export interface Watched {
  readonly name: string;
  /** Its progress while it holds a lease; undefined without one, or while it has nothing to do yet. */
  readonly place: Place | undefined;
  /** Whether it is failing, and thus does not hang. */
  readonly failing?: boolean;
  /** Restarts it, whatever it is waiting for. */
  restart?(because: Error): void;
}

interface Options {
  readonly store: Pick<EventStore, 'head'>;
  readonly publishedHead: Pick<PublishedHead, 'read'>;
  readonly leases: Pick<Leases, 'isOthers'>;
  readonly standings: Pick<Standings, 'reportError'>;
  readonly metrics: Pick<ProjectionMetrics, 'stalled'>;
  readonly log: Logger;
  readonly stalledAfterMs: number;
}

interface Seen {
  readonly place: Place;
  readonly since: number;
}

// Longer than the time limit of an answer: pending calls of the previous worker have ended by then.
const restartEveryMs = 10_000;

/** Detects projections that do not advance while events are appended, although nothing throws, and restarts them. */
export class StallWatch {
  readonly #options: Options;
  readonly #workers: readonly Watched[];
  /** Worker → the position at which it was seen behind the head, and since when. */
  readonly #seen = new Map<string, Seen>();
  /** Worker → time of its last restart, on the monotonic clock. */
  readonly #stalled = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(workers: readonly Watched[], options: Options) {
    this.#workers = workers;
    this.#options = options;
  }

  start(): void {
    const everyMs = Math.min(this.#options.stalledAfterMs / 4, 1000);
    this.#timer = setInterval(() => this.#lookOnce(), everyMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  isStalled(worker: Watched): boolean {
    return this.#stalled.has(worker.name);
  }

  #lookOnce(): void {
    // An unavailable event store is reported elsewhere; progress cannot be judged then.
    this.#looking ??= this.#look()
      .catch(() => undefined)
      .finally(() => (this.#looking = undefined));
  }

  async #look(): Promise<void> {
    const { store, publishedHead } = this.#options;
    const head = await publishedHead.read(store);
    for (const worker of this.#workers) {
      if (await this.#stands(worker, head)) await this.#tell(worker);
      else this.#unsay(worker);
    }
  }

  async #stands({ name, place }: Watched, head: Position | undefined): Promise<boolean> {
    // A restarted worker has made no progress until it reports a position.
    if (this.#stalled.has(name) && place?.checkpoint === undefined && (place?.steps ?? 0) === 0)
      return !(await this.#options.leases.isOthers(name));
    if (place === undefined || head === undefined || !isBehind(place.checkpoint, head)) {
      this.#seen.delete(name);
      return false;
    }
    const seen = this.#seen.get(name);
    if (seen === undefined || isFurther(place, seen.place)) {
      this.#seen.set(name, { place, since: performance.now() });
      return false;
    }
    if (performance.now() - seen.since < this.#options.stalledAfterMs) return false;
    // A hanging worker loses its lease, and another process may have taken over.
    return !(await this.#options.leases.isOthers(name));
  }

  async #tell(worker: Watched): Promise<void> {
    const { name, place } = worker;
    const { log, metrics, standings, stalledAfterMs } = this.#options;
    const error = new Error(`it has been stalled for over ${stalledAfterMs} ms while events are appended`);
    const restartedAt = this.#stalled.get(name);
    if (restartedAt === undefined) metrics.stalled.set({ projection: name }, 1);
    if (restartedAt === undefined || performance.now() - restartedAt > restartEveryMs) {
      log.error({ projection: name, ...place }, 'the projection is stalled while events are appended; restarting it');
      this.#stalled.set(name, performance.now());
      if (worker.failing !== true) worker.restart?.(error);
    }
    await standings.reportError(name, error);
  }

  #unsay({ name }: Watched): void {
    if (!this.#stalled.delete(name)) return;
    this.#options.metrics.stalled.set({ projection: name }, 0);
    this.#options.log.info({ projection: name }, 'the projection is no longer stalled');
  }
}

function isFurther(place: Place, seen: Place): boolean {
  return place.checkpoint !== seen.checkpoint || place.steps !== seen.steps;
}

/** A checkpoint of another store counts as behind, because it never catches up. */
function isBehind(checkpoint: Position | undefined, head: Position): boolean {
  if (checkpoint === undefined || storeOf(checkpoint) !== storeOf(head)) return true;
  return comparePositions(checkpoint, head) < 0;
}
