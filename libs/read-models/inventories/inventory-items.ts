import type { Balance, InventoryId, ItemId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { availabilityProjection, inInventory, itemPart } from '../availability/projection.ts';
import { itemsProjection } from '../items/projection.ts';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';

export interface ItemOfInventory {
  readonly id: ItemId;
  readonly number: number;
  readonly name: string;
  readonly balance: Balance;
}

type Stored = Omit<ItemOfInventory, 'balance'> & Balance;

const inIt = inInventory('$1');

/** Which items an inventory has or ever had. */
export class InventoryItems {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** In the order of their ids. */
  async page(inventoryId: InventoryId, paging: Paging): Promise<Page<ItemOfInventory>> {
    const { limit, offset } = rowsToRead(paging);
    const after = 'after' in paging ? paging.after : '';
    const { rows } = await this.#pool.query<Stored>({
      name: 'items-of-inventory',
      text: `select id, number, name, total, taken, held, reserved, lent, available
        from ${viewOf(availabilityProjection)} join ${viewOf(itemsProjection)} on id = ${itemPart}
        where ${inIt} and ${itemPart} > $2 order by ${itemPart} limit $3 offset $4`,
      values: [String(inventoryId), after, limit, offset],
    });
    const total = 'page' in paging ? await this.#count(inventoryId) : null;
    return pageOf(rows.map(itemOf), paging, total);
  }

  async #count(inventoryId: InventoryId): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>({
      name: 'count-items-of-inventory',
      text: `select count(*) from ${viewOf(availabilityProjection)} where ${inIt}`,
      values: [String(inventoryId)],
    });
    return rows[0]?.count ?? 0;
  }
}

function itemOf({ id, number, name, ...balance }: Stored): ItemOfInventory {
  return { id, number, name, balance };
}
