import type { ReturnedItems } from '#answers';
import { claimsOf, itemStock, type ItemId, type KnownOrder } from '#domain';
import type { ReturnQueries } from '#read-models';
import type { Stocks } from '../stock/stocks.ts';

/** What was given back of orders. */
export class OrderReturns {
  constructor(
    private readonly stocks: Stocks,
    private readonly returns: ReturnQueries,
  ) {}

  /** As the stocks of the order say, and of what they have forgotten, the read model. */
  async of(order: KnownOrder): Promise<ReturnedItems> {
    if (!canBeReturned(order)) return new Map();
    const { orderId } = order;
    const known = new Map<ItemId, number>();
    for (const { stock, returnedQuantity } of await this.returns.lastOf([orderId])) {
      if (stock.kind === 'item') known.set(stock.itemId, returnedQuantity);
    }
    const states = claimsOf(order).map(async ({ itemId }) => {
      const { returns } = await this.stocks.of(itemStock(itemId)).read();
      const returned = returns.get(orderId)?.returnedQuantity;
      if (returned !== undefined) known.set(itemId, returned);
    });
    await Promise.all(states);
    return known;
  }
}

/** Units of an order are the customer’s once it was shipped, or completed without shipping. */
export function canBeReturned({ status }: KnownOrder): boolean {
  return status === 'shipped' || status === 'completed';
}
