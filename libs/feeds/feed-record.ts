import { randomUUID } from 'node:crypto';
import type { Position } from '#event-store';
import { transaction, type Pool, type PoolClient } from '#platform';
import { CheckpointMoved } from '#projections';
import { feed } from './feed.ts';

export interface Opened {
  /** Identifies this opening. */
  readonly writer: string;
  readonly startsAfter: Position | undefined;
}

/**
 * What is known of the feed outside of Redis. Whoever opens it becomes its writer, and from then on nobody else changes
 * anything here, nor, once the writer is known there, in Redis.
 */
export class FeedRecord {
  readonly #pool: Pool;
  #writer = '';
  #startsAfter: Position | undefined;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async open(): Promise<Opened> {
    const writer = randomUUID();
    const { rows } = await this.#pool.query<{ starts_after: Position | null }>(
      `insert into feeds (feed, writer) values ($1, $2)
       on conflict (feed) do update set writer = excluded.writer returning starts_after`,
      [feed.name, writer],
    );
    this.#writer = writer;
    this.#startsAfter = rows[0]?.starts_after ?? undefined;
    return { writer, startsAfter: this.#startsAfter };
  }

  /** Throws CheckpointMoved if there is another writer. */
  async assertOpen(client: Pool | PoolClient = this.#pool, lock: 'for update' | '' = ''): Promise<void> {
    const { rows } = await client.query<{ writer: string }>(`select writer from feeds where feed = $1 ${lock}`, [
      feed.name,
    ]);
    if (rows[0]?.writer !== this.#writer) throw new CheckpointMoved('another writer has opened the feed');
  }

  /** Changes something, unless there is another writer. */
  async change(work: (client: PoolClient) => Promise<void>): Promise<void> {
    await transaction(this.#pool, async (client) => {
      await this.assertOpen(client, 'for update');
      await work(client);
    });
  }

  /** It never goes back: the first entry may be a late one, whose event is older. */
  async startAfter(position: Position): Promise<void> {
    if (this.#startsAfter !== undefined && position <= this.#startsAfter) return;
    await this.change(async (client) => {
      await client.query('update feeds set starts_after = $2 where feed = $1', [feed.name, position]);
      await client.query('delete from feed_late_streams where feed = $1 and told_at <= $2', [feed.name, position]);
    });
    this.#startsAfter = position;
  }
}
