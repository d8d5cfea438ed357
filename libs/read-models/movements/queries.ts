import { stockStream, type Balance, type StockEvent, type StockId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { pageOf, type Page, type Paging } from '../paging.ts';
import { movementsProjection } from './projection.ts';

export interface Movement extends Balance {
  readonly revision: number;
  readonly type: StockEvent['type'];
  readonly at: Date;
  /** The user who caused it; null for automatic changes. */
  readonly actor: string | null;
  readonly quantity: number | null;
  readonly reference: string | null;
  readonly reason: string | null;
}

export const movementSorts = ['oldest', 'newest'] as const;
export type MovementSort = (typeof movementSorts)[number];

const columns = 'revision, type, at, actor, quantity, reference, reason, total, taken, held, reserved, lent, available';

export class MovementQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * In the order of the stream, or the newest first. Revisions have no gaps, so finding a page by number is as fast as by
   * revision.
   */
  page(stock: StockId, paging: Paging, sort: MovementSort = 'oldest'): Promise<Page<Movement>> {
    const stream = stockStream(stock);
    return sort === 'oldest' ? this.#oldestFirst(stream, paging) : this.#newestFirst(stream, paging);
  }

  async #oldestFirst(stream: string, paging: Paging): Promise<Page<Movement>> {
    const from = 'page' in paging ? (paging.page - 1) * paging.limit : Number(paging.after) + 1;
    const { rows } = await this.#pool.query<Movement>({
      name: 'movements-from',
      text: `select ${columns} from ${viewOf(movementsProjection)}
        where stock = $1 and revision >= $2 order by revision limit $3`,
      values: [stream, from, paging.limit + 1],
    });
    return pageOf(rows, paging, 'page' in paging ? await this.#count(stream) : null);
  }

  async #newestFirst(stream: string, paging: Paging): Promise<Page<Movement>> {
    const count = 'page' in paging ? await this.#count(stream) : null;
    const to = 'page' in paging ? (count ?? 0) - (paging.page - 1) * paging.limit : Number(paging.after);
    const { rows } = await this.#pool.query<Movement>({
      name: 'movements-before',
      text: `select ${columns} from ${viewOf(movementsProjection)}
        where stock = $1 and revision < $2 order by revision desc limit $3`,
      values: [stream, to, paging.limit + 1],
    });
    return pageOf(rows, paging, count);
  }

  /** The last movement up to that time; undefined if there is none. */
  async lastUntil(stock: StockId, time: Date): Promise<Movement | undefined> {
    const { rows } = await this.#pool.query<Movement>({
      name: 'last-movement-until',
      text: `select ${columns} from ${viewOf(movementsProjection)}
        where stock = $1 and at <= $2 order by at desc, revision desc limit 1`,
      values: [stockStream(stock), time],
    });
    return rows[0];
  }

  async #count(stream: string): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      `select coalesce(max(revision) + 1, 0) as count from ${viewOf(movementsProjection)} where stock = $1`,
      [stream],
    );
    return rows[0]?.count ?? 0;
  }
}
