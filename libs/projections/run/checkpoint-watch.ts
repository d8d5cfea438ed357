import { comparePositions, isPosition, type Position } from '#event-store';
import { Listener, type Pool } from '#platform';
import type { ProjectionName } from '../define/projection.ts';
import { checkpointChannel, parkedChannel, parkedNews } from './channels.ts';
import { viewOf } from '../define/tables.ts';

interface Waiter {
  readonly view: string;
  readonly position: Position;
  readonly arrived: () => void;
}

interface LiveRow extends ProjectionName {
  readonly checkpoint: Position;
  readonly stream: string | null;
  readonly position: Position | null;
}

const waitersMax = 10_000;

/**
 * Receives notifications of checkpoints, so that a query can wait for a write without polling. One connection per
 * process; while it is lost there are no notifications, and after a reconnect all positions are read again.
 */
export class CheckpointWatch {
  readonly #pool: Pool;
  readonly #seen = new Map<string, Position>();
  /** View and stream → the position from which it is parked; null if unknown. */
  readonly #parked = new Map<string, Position | null>();
  /** Notifications received while tables were read; they are newer than what was read. */
  readonly #newsDuring = new Set<Set<string>>();
  readonly #waiters = new Set<Waiter>();
  readonly #listener: Listener;

  constructor(url: string, pool: Pool) {
    this.#pool = pool;
    this.#listener = new Listener({
      url,
      name: 'holdfast-checkpoints',
      channels: [checkpointChannel, parkedChannel],
      hear: (channel, payload) => this.#hear(channel, payload),
      catchUp: () => this.#look(),
    });
  }

  /**
   * Waits until the projection has reached the position; returns false if the time limit passes. Throws for a position
   * of another store.
   */
  async reached(projection: ProjectionName, position: Position, timeoutMs: number): Promise<boolean> {
    const view = viewOf(projection);
    if (this.#isThere(view, position)) return true;
    if (this.#waiters.size >= waitersMax) return false;
    // Changes during a lost connection are only in the table.
    if (!this.#seen.has(view) || !this.#listener.isListening) {
      await this.#look();
      if (this.#isThere(view, position)) return true;
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), timeoutMs);
    const waiter: Waiter = { view, position, arrived: () => resolve(true) };
    this.#waiters.add(waiter);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiters.delete(waiter);
    }
  }

  /** Whether the event of a stream at a position is parked, so that waiting for it is pointless. */
  isParked(projection: ProjectionName, stream: string, position: Position): boolean {
    const from = this.#parked.get(`${viewOf(projection)} ${stream}`);
    return from === null || (from !== undefined && from <= position);
  }

  /** The known checkpoint of the table, without a query. */
  heard(projection: ProjectionName): Position | undefined {
    return this.#seen.get(viewOf(projection));
  }

  async close(): Promise<void> {
    await this.#listener.close();
  }

  #isThere(view: string, position: Position): boolean {
    const seen = this.#seen.get(view);
    return seen !== undefined && comparePositions(seen, position) >= 0;
  }

  #see(view: string, position: Position): void {
    this.#seen.set(view, position);
    for (const waiter of this.#waiters) if (waiter.view === view && position >= waiter.position) waiter.arrived();
  }

  /** One statement is consistent: no checkpoint without the streams parked before it. */
  async #look(): Promise<void> {
    const news = new Set<string>();
    this.#newsDuring.add(news);
    try {
      const { rows } = await this.#pool.query<LiveRow>(
        `select name, schema, checkpoint, stream, position from projections left join parked_streams using (name, schema)
         where checkpoint is not null and state = 'live'`,
      );
      const parked = new Map(rows.flatMap((row) => (row.stream === null ? [] : [[parkedKey(row), row.position]])));
      for (const key of this.#parked.keys()) if (!parked.has(key) && !news.has(key)) this.#parked.delete(key);
      for (const [key, from] of parked) if (!news.has(key)) this.#parked.set(key, from);
      for (const row of rows) if (!news.has(viewOf(row))) this.#see(viewOf(row), row.checkpoint);
    } finally {
      this.#newsDuring.delete(news);
    }
  }

  #hear(channel: string, payload: string): void {
    if (channel === parkedChannel) {
      const { view, stream, from } = parkedNews(payload);
      const key = `${view} ${stream}`;
      if (from === undefined) this.#parked.delete(key);
      else this.#parked.set(key, from);
      for (const news of this.#newsDuring) news.add(key);
      return;
    }
    const [view = '', position = ''] = payload.split(' ');
    if (isPosition(position)) this.#see(view, position);
    for (const news of this.#newsDuring) news.add(view);
  }
}

function parkedKey(row: LiveRow): string {
  return `${viewOf(row)} ${row.stream ?? ''}`;
}
