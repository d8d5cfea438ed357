import type { EventStore, Position } from '#event-store';
import type { Pool } from '#platform';

/**
 * The head of the event store, published for processes without access to it. It is read in numbered rounds: a reader
 * that knows which rounds have started can tell that a head was read later.
 */
export class PublishedHead {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Reads the head, publishes it and returns it; a head that cannot be published is only returned. */
  async read(store: Pick<EventStore, 'head'>): Promise<Position | undefined> {
    const round = await this.startRound().catch(() => undefined);
    const head = await store.head();
    if (round !== undefined) await this.publish(round, head).catch(() => undefined);
    return head;
  }

  async startRound(): Promise<number> {
    const { rows } = await this.#pool.query<{ started: number }>(
      'update event_store_head set started = started + 1 returning started',
    );
    const [row] = rows;
    if (row === undefined) throw new Error('the table event_store_head is empty');
    return row.started;
  }

  /** Several processes publish: the latest round counts. */
  async publish(round: number, head: Position | undefined): Promise<void> {
    await this.#pool.query('update event_store_head set round = $1, head = $2 where round < $1', [round, head ?? null]);
  }
}
