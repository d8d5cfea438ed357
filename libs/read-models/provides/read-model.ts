import { stockAggregate, stockEventGroups, stockOfStream, type UnitsProvided } from '#domain';
import type { CustomerId, InventoryId, ItemId } from '#domain';
import type { Pool } from '#platform';
import { defineProjection, eventsOf, ignored, viewOf, type Row, type Seen } from '#projections';
import { itemsProjection } from '../items/projection.ts';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';

const { holds, orders, lends, transfers, settings } = stockEventGroups;

/** What users provided to inventories. */
export const providesProjection = defineProjection({
  name: 'provides',
  schema: 1,
  table: {
    key: { provide_id: 'bigint' },
    columns: {
      user_id: 'text collate "C"',
      item_id: 'text collate "C"',
      inventory_id: 'bigint',
      quantity: 'bigint',
      at: 'timestamptz',
    },
    // Serve the lists, the newest first: of all, of a user, of an inventory, and of an item.
    indexes: [
      '(at, provide_id)',
      '(user_id, at, provide_id)',
      '(inventory_id, at, provide_id)',
      '(item_id, at, provide_id)',
    ],
  },
  from: [
    eventsOf(stockAggregate, {
      ...ignored(holds, orders, lends, transfers, settings),
      UnitsProvided: (event) => rowsOf(event),
      StockAdjusted: 'ignored',
      UnitsPurchased: 'ignored',
      UnitsGivenBack: 'ignored',
    }),
  ],
});

/** None for units that staff added directly. */
function rowsOf({ provideId, providerId, quantity, recorded }: Seen<UnitsProvided>): readonly Row[] {
  const stock = stockOfStream(recorded.stream);
  if (provideId === null || stock?.kind !== 'item') return [];
  return [
    {
      provide_id: provideId,
      user_id: providerId,
      item_id: stock.itemId,
      inventory_id: stock.inventoryId,
      quantity,
      at: new Date(recorded.metadata.at).toISOString(),
    },
  ];
}

export interface Provide {
  readonly provideId: number;
  /** Null where it was not recorded. */
  readonly userId: CustomerId | null;
  readonly itemNumber: number;
  readonly inventoryId: InventoryId;
  readonly quantity: number;
  readonly at: Date;
}

/** Every condition that is given must hold. */
export interface ProvideFilter {
  readonly userId?: CustomerId | undefined;
  readonly itemId?: ItemId | undefined;
  readonly inventoryId?: InventoryId | undefined;
  /** Provided at this time or later. */
  readonly from?: Date | undefined;
  /** Provided before this time. */
  readonly to?: Date | undefined;
}

const provides = viewOf(providesProjection);

export class ProvideQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The newest first. The key after which a page goes on is the time and the number of its last row. */
  async page(filter: ProvideFilter, paging: Paging): Promise<Page<Provide>> {
    const { limit, offset } = rowsToRead(paging);
    const { where, values } = conditionsOf(filter);
    const [at, provideId] = 'after' in paging ? paging.after.split(' ', 2) : [null, null];
    const place = values.length;
    const { rows } = await this.#pool.query<Provide>(
      `select provide_id as "provideId", user_id as "userId", items.number as "itemNumber",
          inventory_id as "inventoryId", quantity, at
        from ${provides} join ${viewOf(itemsProjection)} items on items.id = item_id
        where ${where} and ($${place + 1}::timestamptz is null or (at, provide_id) < ($${place + 1}, $${place + 2}::bigint))
        order by at desc, provide_id desc limit $${place + 3} offset $${place + 4}`,
      [...values, at, provideId, limit, offset],
    );
    return pageOf(rows, paging, 'page' in paging ? await this.#count(filter) : null);
  }

  async #count(filter: ProvideFilter): Promise<number> {
    const { where, values } = conditionsOf(filter);
    const { rows } = await this.#pool.query<{ count: number }>(
      `select count(*) from ${provides} where ${where}`,
      values,
    );
    return rows[0]?.count ?? 0;
  }
}

function conditionsOf({ userId, itemId, inventoryId, from, to }: ProvideFilter) {
  const values: unknown[] = [];
  const conditions = ['true'];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  add(userId, (parameter) => `user_id = ${parameter}`);
  add(itemId, (parameter) => `item_id = ${parameter}`);
  add(inventoryId, (parameter) => `inventory_id = ${parameter}`);
  add(from, (parameter) => `at >= ${parameter}::timestamptz`);
  add(to, (parameter) => `at < ${parameter}::timestamptz`);
  return { where: conditions.join(' and '), values };
}
