import { reject, type InventoryFacts, type Rejected } from '#domain';
import type { Caller } from '#people';
import type { InventoryQueries } from '#read-models';

export type NoSuchInventory = Rejected<{ readonly code: 'INVENTORY_NOT_FOUND' }>;

/** The inventory by its number; rejected when there is none. */
export async function knownInventory(
  inventories: InventoryQueries,
  number: string,
): Promise<InventoryFacts | NoSuchInventory> {
  const inventory = /^[1-9]\d{0,8}$/.test(number) ? await inventories.find(Number(number)) : undefined;
  return inventory ?? reject({ code: 'INVENTORY_NOT_FOUND' });
}

/** Whether the caller acts for the inventory: its owner, or staff. */
export function mayActAt({ ownerId }: InventoryFacts, { id, role }: Caller): boolean {
  return role === 'staff' || ownerId === id;
}
