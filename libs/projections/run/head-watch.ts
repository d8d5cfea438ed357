import { setTimeout as pause } from 'node:timers/promises';
import { storeOf, type Position } from '#event-store';
import type { Pool } from '#platform';

interface HeadRow {
  /** The last round that was started. */
  readonly started: number;
  /** The round of the head. */
  readonly round: number;
  readonly head: Position | null;
}

interface Waiter {
  readonly position: Position;
  readonly lost: () => void;
  /** The last round that may have started before the waiter came; undefined until it is known. */
  startedBefore: number | undefined;
}

const waitersMax = 10_000;
const lookEveryMs = 250;

/**
 * Finds out that the event store does not have a position, from the heads that projectors publish. It looks only while
 * something waits, with one query at a time for all.
 */
export class HeadWatch {
  readonly #pool: Pool;
  readonly #waiters = new Set<Waiter>();
  readonly #closing = new AbortController();
  #looking = false;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Whether a position is known to be lost before `done` settles: a head that was read after this call is still behind
   * it. An earlier head proves nothing, because the event may have been appended since.
   */
  async isLost(position: Position, done: Promise<unknown>): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    done.then(
      () => resolve(false),
      () => resolve(false),
    );
    if (this.#waiters.size >= waitersMax) return promise;
    const waiter: Waiter = { position, lost: () => resolve(true), startedBefore: undefined };
    this.#waiters.add(waiter);
    if (!this.#looking) void this.#look();
    return promise.finally(() => this.#waiters.delete(waiter));
  }

  close(): void {
    this.#closing.abort();
  }

  async #look(): Promise<void> {
    const { signal } = this.#closing;
    this.#looking = true;
    while (this.#waiters.size > 0 && !signal.aborted) {
      // Most waits end before the first look.
      await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
      const waiting = [...this.#waiters];
      if (waiting.length === 0 || signal.aborted) break;
      const row = await this.#read().catch(() => undefined);
      if (row !== undefined) for (const waiter of waiting) judge(waiter, row);
    }
    this.#looking = false;
  }

  async #read(): Promise<HeadRow | undefined> {
    const { rows } = await this.#pool.query<HeadRow>('select started, round, head from event_store_head');
    return rows[0];
  }
}

function judge(waiter: Waiter, { started, round, head }: HeadRow): void {
  waiter.startedBefore ??= started;
  if (round > waiter.startedBefore && isBehind(head, waiter.position)) waiter.lost();
}

/** The head of an empty store is behind everything, and so is that of another store. */
function isBehind(head: Position | null, position: Position): boolean {
  return head === null || storeOf(head) !== storeOf(position) || head < position;
}
