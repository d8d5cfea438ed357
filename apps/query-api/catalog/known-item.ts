import { reject, type Rejected } from '#domain';
import { canBeId } from '#ids';
import type { Item, ItemQueries } from '#read-models';

export type NoSuchItem = Rejected<{ readonly code: 'ITEM_NOT_FOUND' }>;

/** The item by its id or number; rejected when there is none. */
export async function knownItem(items: ItemQueries, idOrNumber: string): Promise<Item | NoSuchItem> {
  const item = canBeId(idOrNumber) ? await items.find(idOrNumber) : undefined;
  return item ?? reject({ code: 'ITEM_NOT_FOUND' });
}
