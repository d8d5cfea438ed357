import { problem } from '#http';
import { canBeId } from '#ids';
import type { Item, ItemQueries } from '#read-models';

/** The item by its id or number; refused when there is none. */
export async function knownItem(items: ItemQueries, idOrNumber: string): Promise<Item> {
  const item = canBeId(idOrNumber) ? await items.find(idOrNumber) : undefined;
  if (item === undefined) throw problem('ITEM_NOT_FOUND');
  return item;
}
