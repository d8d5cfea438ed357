import type { Pool } from '#platform';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';
import { items, wantedOf, type ProductFilter, type ProductSort, type Wanted } from './product-filter.ts';
import { partsOf, type Part } from './product-order.ts';
import type { Item } from './queries.ts';
import { RememberedNames } from './remembered-names.ts';
import { searchQueryOf } from './search/search-query.ts';

/** A product as it is listed. */
export interface Product extends Omit<Item, 'specifications' | 'returnDays'> {
  /** Where it is in its list: its part, and what the part is ordered by. */
  readonly place: readonly string[];
}

export interface ProductPage extends Page<Product> {
  /** Whether `total` is the number of products; otherwise there are more. */
  readonly totalIsExact: boolean;
}

/** More products are not counted, and not sorted to find a page of them. */
const countedMax = 10_000;

const rememberedMs = 10_000;
const rememberedMax = 1000;

const columns = `i.id, i.number, i.name, i.price, i.original_price as "originalPrice", i.description,
  i.short_description as "shortDescription", i.images, i.thumbnail, i.category_id as "categoryId", i.sku, i.tags,
  i.featured, i.discontinued, i.created_at as "createdAt", i.updated_at as "updatedAt"`;

interface Rows {
  readonly limit: number;
  readonly offset: number;
}

export class ProductQueries {
  readonly #pool: Pool;
  readonly #beyond = new RememberedNames(rememberedMs, rememberedMax);

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Where nothing is found as it is written, a long word may have a typo. */
  async page(filter: ProductFilter, sort: ProductSort, paging: Paging): Promise<ProductPage> {
    if (filter.search === undefined) return this.#pageOf(wantedOf(filter), sort, paging);
    const query = searchQueryOf(filter.search);
    if (query === undefined) return { ...pageOf([], paging, 'page' in paging ? 0 : null), totalIsExact: true };
    const wanted = wantedOf(filter, query);
    const count = await this.#count(wanted);
    const { similar } = query;
    if (count > 0 || similar === undefined) return this.#pageOf(wanted, sort, paging, count);
    return this.#pageOf(wantedOf(filter, { ...query, anywhere: similar }), sort, paging);
  }

  async #pageOf(wanted: Wanted, sort: ProductSort, paging: Paging, counted?: number): Promise<ProductPage> {
    const isIndexed = wanted.indexedFor.has(sort);
    const isByPage = 'page' in paging;
    // What an index has in this order is read from the index, however many there are.
    const [count, indexed] = await Promise.all([
      counted ?? (isByPage || !isIndexed ? this.#count(wanted) : 0),
      isIndexed ? this.#read(wanted, sort, paging, 'in order') : undefined,
    ]);
    const isCounted = count <= countedMax;
    const rows = indexed ?? (await this.#read(wanted, sort, paging, isCounted ? 'sorted' : 'in order'));
    return {
      ...pageOf(rows, paging, isByPage ? Math.min(count, countedMax) : null),
      totalIsExact: !isByPage || isCounted,
    };
  }

  /** Whether there are more than are counted is remembered for a moment: it takes long to find out, and rarely changes. */
  async #count(wanted: Wanted): Promise<number> {
    const name = JSON.stringify([wanted.conditions, wanted.values]);
    if (this.#beyond.has(name)) return countedMax + 1;
    const count = await this.#countUpTo(wanted);
    if (count > countedMax) this.#beyond.add(name);
    return count;
  }

  async #countUpTo({ conditions, values }: Wanted): Promise<number> {
    // Planned for all rows, of which no more are read than are counted: in a search the number that PostgreSQL expects
    // is often far too high, and with a limit it would look for them one by one.
    const { rows } = await this.#pool.query<{ count: number }>(
      `with found as materialized (select from ${items} i where ${conditions.join(' and ')})
       select count(*) from (select from found limit ${countedMax + 1}) counted`,
      [...values],
    );
    return rows[0]?.count ?? 0;
  }

  /** The rows of a page and one more, of one part of the list after the other. */
  async #read(wanted: Wanted, sort: ProductSort, paging: Paging, how: 'sorted' | 'in order'): Promise<Product[]> {
    const [first, ...after] = 'after' in paging ? paging.after.split(' ') : ['0'];
    let { limit, offset } = rowsToRead(paging);
    const found: Product[] = [];
    for (const [index, part] of partsOf(wanted, sort).entries()) {
      if (index < Number(first)) continue;
      const goesOn = after.length > 0 && index === Number(first) ? after : [];
      const rows = await this.#readPart(wanted, part, goesOn, { limit, offset }, how);
      found.push(...rows.map((row) => ({ ...row, place: [String(index), ...row.place] })));
      limit -= rows.length;
      if (limit === 0) break;
      if (rows.length > 0) offset = 0;
      else if (offset > 0) offset -= await this.#countPart(wanted, part);
    }
    return found;
  }

  async #readPart(
    { conditions, values: filterValues }: Wanted,
    { from, where, values: partValues, keys, direction }: Part,
    after: readonly string[],
    { limit, offset }: Rows,
    how: 'sorted' | 'in order',
  ): Promise<Product[]> {
    const values = [...filterValues, ...partValues];
    const parameters = after.map((_, at) => `$${values.length + at + 1}`);
    const operator = direction === 'asc' ? '>' : '<';
    const goesOn = after.length === 0 ? [] : [`(${keys.join(', ')}) ${operator} (${parameters.join(', ')})`];
    const wanted = [...conditions, ...where, ...goesOn].join(' and ');
    const place = `array[${keys.map((key) => `${key}::text`).join(', ')}] as place`;
    const order = (names: readonly string[]): string => names.map((name) => `${name} ${direction}`).join(', ');
    const rows = `limit ${limit} offset ${offset}`;
    const named = keys.map((_, at) => `key${at}`);
    const text =
      how === 'in order'
        ? `select ${columns}, ${place} from ${from} where ${wanted} order by ${order(keys)} ${rows}`
        : `with found as materialized (
             select i.number, ${place}, ${keys.map((key, at) => `${key} as key${at}`).join(', ')} from ${from} where ${wanted}
           ), page as materialized (select * from found order by ${order(named)} ${rows})
           select ${columns}, page.place from page join ${items} i using (number) order by ${order(named)}`;
    const found = await this.#pool.query<Product>(text, [...values, ...after]);
    return found.rows;
  }

  async #countPart({ conditions, values: filterValues }: Wanted, { from, where, values }: Part): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      `select count(*) from ${from} where ${[...conditions, ...where].join(' and ')}`,
      [...filterValues, ...values],
    );
    return rows[0]?.count ?? 0;
  }
}
