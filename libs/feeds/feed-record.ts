import type { Position } from '#event-store';
import { transaction, type Pool, type PoolClient } from '#platform';
import { CheckpointMoved } from '#projections';
import { feed } from './feed.ts';

export interface Opened {
  readonly epoch: number;
  readonly startsAfter: Position | undefined;
}

/**
 * What is known of the feed outside of Redis. Whoever opens it begins an epoch, and from then on nobody of an earlier
 * one changes anything here, nor, once the epoch is known there, in Redis.
 */
export class FeedRecord {
  readonly #pool: Pool;
  #epoch = 0;
  #startsAfter: Position | undefined;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Also after an epoch that only Redis knows, because PostgreSQL was restored. */
  async open(epochInRedis: number): Promise<Opened> {
    const { rows } = await this.#pool.query<{ epoch: number; starts_after: Position | null }>(
      `insert into feeds as present (feed, epoch) values ($1, $2 + 1)
       on conflict (feed) do update set epoch = greatest(present.epoch, $2) + 1 returning epoch, starts_after`,
      [feed.name, epochInRedis],
    );
    this.#epoch = rows[0]?.epoch ?? 0;
    this.#startsAfter = rows[0]?.starts_after ?? undefined;
    return { epoch: this.#epoch, startsAfter: this.#startsAfter };
  }

  /** Throws CheckpointMoved if a later epoch has begun. */
  async assertOpen(client: Pool | PoolClient = this.#pool, lock: 'for update' | '' = ''): Promise<void> {
    const { rows } = await client.query<{ epoch: number }>(`select epoch from feeds where feed = $1 ${lock}`, [
      feed.name,
    ]);
    if (rows[0]?.epoch !== this.#epoch) throw new CheckpointMoved('another writer has opened the feed');
  }

  /** Changes something, unless a later epoch has begun. */
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
