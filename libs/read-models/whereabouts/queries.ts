import { stockOfStream, stockStream, itemStock, type Balance, type CustomerId, type ItemId } from '#domain';
import type { InventoryId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { availabilityProjection } from '../availability/projection.ts';
import { holdOf, shownAs, shownColumns, type Hold, type StoredHold } from '../holds/queries.ts';
import { holdsProjection } from '../holds/projection.ts';
import { inventoriesProjection } from '../inventories/projection.ts';
import { lendColumns, lendOf, type Lend, type StoredLend } from '../lends/queries.ts';
import { lendsProjection } from '../lends/projection.ts';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';

/** How many open lends, and how many open holds, are read of each inventory. */
export const claimsShownMax = 20;

/** The units of an item in one inventory. */
export interface Whereabouts {
  readonly inventoryId: InventoryId;
  readonly balance: Balance;
  /** The open ones, the oldest first, up to a limit. */
  readonly lends: readonly Lend[];
  /** The open ones, the oldest first, up to a limit. */
  readonly holds: readonly Hold[];
  /** Whether there are more open lends or holds. */
  readonly hasMoreClaims: boolean;
}

export interface WhereaboutsOf {
  readonly itemId: ItemId;
  /** Only what is in inventories of this user, unless undefined. */
  readonly ownerId?: CustomerId | undefined;
}

type StoredBalance = Balance & { readonly stock: string };

// The names of an item's stocks are between $1 and $2.
const ofItem = `stock >= $1 and stock < $2`;
const inventoryOf = `nullif(split_part(stock, ':', 3), '')::bigint`;
const ofOwner = `($3::text is null or exists (
  select from ${viewOf(inventoriesProjection)} where id = ${inventoryOf} and owner_id = $3))`;

/** Where the units of an item are. */
export class WhereaboutsQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Whether the user owns an inventory. */
  async isOwner(userId: CustomerId): Promise<boolean> {
    const { rows } = await this.#pool.query({
      name: 'owns-an-inventory',
      text: `select from ${viewOf(inventoriesProjection)} where owner_id = $1 limit 1`,
      values: [userId],
    });
    return rows.length > 0;
  }

  /** In the order of the inventories' numbers. */
  async page(wanted: WhereaboutsOf, now: Date, paging: Paging): Promise<Page<Whereabouts>> {
    const { limit, offset } = rowsToRead(paging);
    const named = valuesOf(wanted);
    const { rows } = await this.#pool.query<StoredBalance>({
      name: 'stocks-of-item',
      text: `select stock, total, taken, held, reserved, lent, available from ${viewOf(availabilityProjection)}
        where ${ofItem} and ${ofOwner} and ${inventoryOf} > $4 order by ${inventoryOf} limit $5 offset $6`,
      values: [...named, 'after' in paging ? paging.after : 0, limit, offset],
    });
    const page = pageOf(rows, paging, 'page' in paging ? await this.#count(named) : null);
    const stocks = page.rows.map(({ stock }) => stock);
    const [lends, holds] = await Promise.all([this.#lends(stocks), this.#holds(stocks, now)]);
    return { ...page, rows: page.rows.map((row) => whereaboutsOf(row, lends, holds)) };
  }

  async #count(named: readonly unknown[]): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>({
      name: 'count-stocks-of-item',
      text: `select count(*) from ${viewOf(availabilityProjection)} where ${ofItem} and ${ofOwner}`,
      values: [...named],
    });
    return rows[0]?.count ?? 0;
  }

  async #lends(stocks: readonly string[]): Promise<Map<string, Lend[]>> {
    const { rows } = await this.#pool.query<StoredLend & { readonly stock: string }>({
      name: 'open-lends-of-stocks',
      text: `select wanted.stock, open.* from unnest($1::text[]) wanted (stock) cross join lateral (
          select ${lendColumns} from ${viewOf(lendsProjection)} lends
          where lends.stock = wanted.stock and returned_at is null order by lend_id limit ${claimsShownMax + 1}
        ) open`,
      values: [stocks],
    });
    return byStock(rows, lendOf);
  }

  async #holds(stocks: readonly string[], now: Date): Promise<Map<string, Hold[]>> {
    const { rows } = await this.#pool.query<StoredHold>({
      name: 'open-holds-of-stocks',
      text: `select open.* from unnest($2::text[]) wanted (stock) cross join lateral (
          select ${shownColumns} from ${viewOf(holdsProjection)} holds
          where holds.stock = wanted.stock and ${shownAs.open} order by hold_id limit ${claimsShownMax + 1}
        ) open`,
      values: [now, stocks],
    });
    return byStock(rows, holdOf);
  }
}

/** The names of the stocks of an item begin with the first, and come before the second: `:` is followed by `;`. */
function valuesOf({ itemId, ownerId }: WhereaboutsOf): readonly unknown[] {
  const prefix = stockStream(itemStock(itemId)).replace(/\d+$/, '');
  return [prefix, prefix.replace(/:$/, ';'), ownerId ?? null];
}

function byStock<Stored extends { readonly stock: string }, Claim>(
  rows: readonly Stored[],
  claimOf: (row: Stored) => Claim,
): Map<string, Claim[]> {
  const grouped = Map.groupBy(rows, ({ stock }) => stock);
  return new Map([...grouped].map(([stock, claims]) => [stock, claims.map(claimOf)]));
}

function whereaboutsOf(
  { stock, ...balance }: StoredBalance,
  lendsOf: ReadonlyMap<string, readonly Lend[]>,
  holdsOf: ReadonlyMap<string, readonly Hold[]>,
): Whereabouts {
  const named = stockOfStream(stock);
  if (named?.kind !== 'item') throw new Error(`${stock} is not the name of a stock of an item`);
  const [lends, holds] = [lendsOf.get(stock) ?? [], holdsOf.get(stock) ?? []];
  return {
    inventoryId: named.inventoryId,
    balance,
    lends: lends.slice(0, claimsShownMax),
    holds: holds.slice(0, claimsShownMax),
    hasMoreClaims: lends.length > claimsShownMax || holds.length > claimsShownMax,
  };
}
