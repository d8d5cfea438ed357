/** A stock is units of one item in one inventory, or the places of one slot. */
export type StockId =
  | { readonly kind: 'item'; readonly itemId: string; readonly inventoryId: number }
  | { readonly kind: 'slot'; readonly slotId: number };

/** The inventory that sales come from. */
export const mainInventory = 1;

export function itemStock(itemId: string, inventoryId: number = mainInventory): StockId {
  return { kind: 'item', itemId, inventoryId };
}

export function slotStock(slotId: number): StockId {
  return { kind: 'slot', slotId };
}

export function stockStream(stock: StockId): string {
  return stock.kind === 'item' ? `stock-item:${stock.itemId}:${stock.inventoryId}` : `stock-slot:${stock.slotId}`;
}

const stream = /^stock-(?:item:([^:]+):(\d+)|slot:(\d+))$/;

/** The stock whose stream this is; undefined for any other stream. */
export function stockOfStream(name: string): StockId | undefined {
  const [, itemId, inventoryId, slotId] = stream.exec(name) ?? [];
  if (slotId !== undefined) return slotStock(Number(slotId));
  return itemId === undefined ? undefined : itemStock(itemId, Number(inventoryId));
}
