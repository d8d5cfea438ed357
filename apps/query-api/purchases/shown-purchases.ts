import type { ItemQueries, Purchase, ReturnQueries } from '#read-models';

export interface ShownPurchase extends Purchase {
  /** Units of them that were given back. */
  readonly returnedQuantity: number;
  /** Of the item, as it is now; null while it is unknown. */
  readonly itemNumber: number | null;
  readonly itemName: string | null;
}

/** The purchases, with what was given back of them, and what their items are called. */
export async function shownPurchases(
  purchases: readonly Purchase[],
  returns: ReturnQueries,
  items: ItemQueries,
): Promise<ShownPurchase[]> {
  const [returned, found] = await Promise.all([
    returns.quantitiesOf(purchases.map(({ purchaseId }) => purchaseId)),
    // Those of one turn of the event loop are read together, each once.
    Promise.all(purchases.map(async ({ stock }) => (stock.kind === 'item' ? items.find(stock.itemId) : undefined))),
  ]);
  return purchases.map((purchase, index) => ({
    ...purchase,
    returnedQuantity: returned.of(purchase.purchaseId),
    itemNumber: found[index]?.number ?? null,
    itemName: found[index]?.name ?? null,
  }));
}
