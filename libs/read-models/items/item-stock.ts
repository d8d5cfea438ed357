import { itemStock, type InventoryId, type ItemId } from '#domain';
import { isOutage } from '#platform';
import type { AvailabilityQueries } from '../availability/queries.ts';
import type { Availability } from '../availability/reads.ts';
import type { Freshness } from '../freshness.ts';
import type { ItemQueries } from './queries.ts';

export interface StockOfItem {
  readonly itemId: ItemId;
  readonly availability: Availability;
}

/** The stock of an item: the item from the table, the units from Redis. */
export class ItemStock {
  readonly #items: ItemQueries;
  readonly #availability: AvailabilityQueries;

  constructor(items: ItemQueries, availability: AvailabilityQueries) {
    this.#items = items;
    this.#availability = availability;
  }

  /** Undefined when there is no such item. While PostgreSQL is away, Redis still knows stocks by their items' ids. */
  async of(
    idOrNumber: string,
    inventoryId: InventoryId,
    { fresh = false }: Freshness = {},
  ): Promise<StockOfItem | undefined> {
    const item = await this.#items.find(idOrNumber).catch((error: unknown) => {
      if (!fresh && isOutage(error)) return { outage: error };
      throw error;
    });
    if (item === undefined) return undefined;
    if (!('outage' in item)) {
      return { itemId: item.id, availability: await this.#availability.of(itemStock(item.id, inventoryId), { fresh }) };
    }
    const [live] = await this.#availability.live([itemStock(idOrNumber, inventoryId)]).catch(() => []);
    if (live === undefined) throw item.outage;
    return { itemId: idOrNumber, availability: live };
  }
}
