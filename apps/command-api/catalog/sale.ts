import {
  isRejected,
  itemStock,
  type ItemRejection,
  type KnownItem,
  type Rejected,
  type StockRejection,
  type ItemId,
} from '#domain';
import { withNewId, type UseCaseContext, type Write } from '#use-cases';
import type { Stocks } from '../stock/stocks.ts';
import type { Items } from './items.ts';

/** Whether an item is on sale is said by the catalog, and kept to by the item's stock. */
export class Sale {
  constructor(
    private readonly items: Items,
    private readonly stocks: Stocks,
  ) {}

  /** Another request may have changed the catalog meanwhile: repeated until the stock is on sale exactly when the item is. */
  async asListed(
    itemId: ItemId,
    context: UseCaseContext,
  ): Promise<
    { readonly item: KnownItem; readonly write: Write | undefined } | Rejected<ItemRejection | StockRejection>
  > {
    let write: Write | undefined;
    for (let sells: KnownItem['status'] | undefined; ;) {
      const found = await this.items.find(itemId);
      if (isRejected(found)) return found;
      if (found.item.status === sells) return { item: found.item, write };
      sells = found.item.status;
      const type = sells === 'discontinued' ? 'Discontinue' : 'Reinstate';
      const set = await this.stocks.of(itemStock(itemId)).execute({ type }, withNewId(context));
      if (isRejected(set)) return set;
      write = set.write ?? write;
    }
  }
}
