import { inventoryAnswer, type InventoryAnswer } from '#answers';
import { CommandRuntime } from '#commands';
import { inventoryAggregate, inventoryOf, reject, type KnownInventory, type Rejected } from '#domain';
import type {
  Inventory,
  InventoryCommand,
  InventoryEvent,
  InventoryFacts,
  InventoryId,
  InventoryRejection,
} from '#domain';
import type { Users } from '#people';
import { Streams, type UseCaseContext } from '#use-cases';

type NotFound = Rejected<{ readonly code: 'INVENTORY_NOT_FOUND' }>;

export interface DoesNotLend {
  readonly code: 'INVENTORY_NOT_FOUND' | 'INVENTORY_DOES_NOT_LEND';
}

/** The inventories, by their numbers. */
export class Inventories extends Streams<InventoryId, Inventory, InventoryCommand, InventoryEvent, InventoryRejection> {
  readonly #users: Users;

  constructor(runtime: CommandRuntime, users: Users) {
    super(runtime, inventoryAggregate);
    this.#users = users;
  }

  /** The number that is meant, of an inventory that may or may not exist. */
  idOf(number: string): { readonly id: InventoryId } | NotFound {
    return /^[1-9]\d{0,8}$/.test(number) ? { id: Number(number) } : reject({ code: 'INVENTORY_NOT_FOUND' });
  }

  async find(id: InventoryId): Promise<KnownInventory | NotFound> {
    const inventory = inventoryOf(id, await this.of(id).read());
    return inventory.status === 'unknown' ? reject({ code: 'INVENTORY_NOT_FOUND' }) : inventory;
  }

  async answer(facts: InventoryFacts): Promise<InventoryAnswer> {
    const { ownerId } = facts;
    return inventoryAnswer(facts, ownerId === null ? undefined : await this.#users.numberOf(ownerId));
  }
}

/** Whether the caller acts for the inventory: its owner, or staff. */
export function mayActAt(
  { facts }: KnownInventory,
  { role, userId }: Pick<UseCaseContext, 'role' | 'userId'>,
): boolean {
  return role === 'staff' || facts.ownerId === userId;
}

/** Whoever acts for an inventory may lend from it also when it lends to nobody who asks. */
export function whyNotLending(inventory: KnownInventory, context: UseCaseContext): Rejected<DoesNotLend> | undefined {
  const lends = inventory.facts.lends || mayActAt(inventory, context);
  return lends ? undefined : reject({ code: 'INVENTORY_DOES_NOT_LEND' });
}
