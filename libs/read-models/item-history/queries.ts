import type { ItemDetails, ItemEvent } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';
import { itemHistoryProjection } from './projection.ts';

export interface ItemChange {
  readonly revision: number;
  readonly type: Exclude<ItemEvent['type'], 'ItemTimeNoted'>;
  readonly at: Date;
  /** The user who caused it; null for automatic changes. */
  readonly actor: string | null;
  /** The new values of the fields that changed; all of them when it was created. */
  readonly changes: Partial<ItemDetails>;
}

export class ItemHistoryQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** In the order of the stream. Revisions have gaps, where only the time was noted. */
  async page(itemId: string, paging: Paging): Promise<Page<ItemChange>> {
    const { limit, offset } = rowsToRead(paging);
    const { rows } = await this.#pool.query<ItemChange>({
      name: 'item-history-from',
      text: `select revision, type, at, actor, changes from ${viewOf(itemHistoryProjection)}
        where id = $1 and revision > $2 order by revision limit $3 offset $4`,
      values: [itemId, 'after' in paging ? paging.after : -1, limit, offset],
    });
    return pageOf(rows, paging, 'page' in paging ? await this.#count(itemId) : null);
  }

  async #count(itemId: string): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      `select count(*) as count from ${viewOf(itemHistoryProjection)} where id = $1`,
      [itemId],
    );
    return rows[0]?.count ?? 0;
  }
}
