import type { ItemDetails } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { GroupedReads } from '../grouped-reads.ts';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';
import { itemsProjection } from './projection.ts';

export interface Item extends ItemDetails {
  readonly id: string;
  readonly number: number;
  readonly discontinued: boolean;
  readonly createdAt: Date | null;
  readonly updatedAt: Date;
}

const columns = `id, number, name, price, original_price as "originalPrice", description,
  short_description as "shortDescription", images, thumbnail, category_id as "categoryId", sku, tags, specifications,
  featured, return_days as "returnDays", discontinued, created_at as "createdAt", updated_at as "updatedAt"`;
export const isNumber = /^\d{1,15}$/;

export class ItemQueries {
  readonly #pool: Pool;
  readonly #grouped: GroupedReads<string, Item | undefined>;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#grouped = new GroupedReads(String, (ids) => this.#findAll(ids));
  }

  /** By id or number: wherever an item id is expected, digits are a number. Includes discontinued items. */
  find(idOrNumber: string): Promise<Item | undefined> {
    return this.#grouped.read(idOrNumber);
  }

  /** The items on sale, in the order of their numbers. */
  async page(paging: Paging): Promise<Page<Item>> {
    const { limit, offset } = rowsToRead(paging);
    const { rows } = await this.#pool.query<Item>({
      name: 'items-on-sale',
      text: `select ${columns} from ${viewOf(itemsProjection)}
        where not discontinued and number > $1 order by number limit $2 offset $3`,
      values: ['after' in paging ? paging.after : 0, limit, offset],
    });
    return pageOf(rows, paging, 'page' in paging ? await this.#count() : null);
  }

  async #findAll(idsOrNumbers: readonly string[]): Promise<(Item | undefined)[]> {
    const { rows } = await this.#pool.query<Item>({
      name: 'items-by-id-or-number',
      text: `select ${columns} from ${viewOf(itemsProjection)} where id = any($1::text[]) or number = any($2::bigint[])`,
      values: [
        idsOrNumbers.filter((given) => !isNumber.test(given)),
        idsOrNumbers.filter((given) => isNumber.test(given)),
      ],
    });
    const byId = new Map(rows.map((item) => [item.id, item]));
    const byNumber = new Map(rows.map((item) => [item.number, item]));
    return idsOrNumbers.map((given) => (isNumber.test(given) ? byNumber.get(Number(given)) : byId.get(given)));
  }

  async #count(): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>({
      name: 'count-items-on-sale',
      text: `select count(*) from ${viewOf(itemsProjection)} where not discontinued`,
    });
    return rows[0]?.count ?? 0;
  }
}
