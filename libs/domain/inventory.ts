import { reject, type Aggregate, type Decision, type Timed } from './aggregate.ts';
import type { CustomerId, InventoryId } from './ids.ts';
import { mainInventory } from './stock/stock.ts';

/** What its owner says of an inventory. */
export interface InventoryDetails {
  readonly name: string;
  readonly description: string;
  /** Whether its units are lent to anybody who asks. */
  readonly lends: boolean;
  /** Whether anybody may provide units to it. */
  readonly takesProvides: boolean;
  /** How long a lend is when nothing is said; null if it then has no due time. */
  readonly defaultLendSeconds: number | null;
  /** How many times a lend can be renewed. */
  readonly renewalsMax: number;
  /** The limits of each borrower in this inventory; null if there is none. */
  readonly openLendsMax: number | null;
  readonly lentUnitsMax: number | null;
  readonly overdueLendsMax: number | null;
}

/** Every event of an inventory contains the whole inventory. What is in it is in its stocks. */
export interface InventoryFacts extends InventoryDetails {
  readonly inventoryId: InventoryId;
  /** Null for the main inventory, which nobody but staff acts for. */
  readonly ownerId: CustomerId | null;
  /** In milliseconds since 1970; null for the main inventory, which was always there. */
  readonly createdAt: number | null;
}

export type InventoryEvent = InventoryOpened | InventoryChanged;

export interface InventoryOpened extends InventoryFacts {
  readonly type: 'InventoryOpened';
}

export interface InventoryChanged extends InventoryFacts {
  readonly type: 'InventoryChanged';
  /** The fields that changed. */
  readonly changed: readonly InventoryField[];
}

const events = { InventoryOpened: [], InventoryChanged: [] } as const;

const changeable = [
  'name',
  'description',
  'lends',
  'takesProvides',
  'defaultLendSeconds',
  'renewalsMax',
  'openLendsMax',
  'lentUnitsMax',
  'overdueLendsMax',
] as const satisfies readonly (keyof InventoryDetails)[];
export type InventoryField = keyof InventoryDetails;

/** A command names its inventory, because the main one exists before its first event. */
export type InventoryCommand =
  | ({
      readonly type: 'OpenInventory';
      readonly inventoryId: InventoryId;
      readonly ownerId: CustomerId;
    } & InventoryDetails)
  | {
      readonly type: 'ChangeInventory';
      readonly inventoryId: InventoryId;
      readonly change: Partial<InventoryDetails>;
    };

export type InventoryRejection =
  { readonly code: 'ID_TAKEN'; readonly id: string } | { readonly code: 'INVENTORY_NOT_FOUND' };

export type Inventory = { readonly status: 'unknown' } | KnownInventory;

export interface KnownInventory {
  readonly status: 'open';
  readonly facts: InventoryFacts;
}

/** The main inventory before its first event. */
export const mainInventoryFacts: InventoryFacts = {
  inventoryId: mainInventory,
  ownerId: null,
  name: 'main',
  description: '',
  lends: false,
  takesProvides: false,
  defaultLendSeconds: null,
  renewalsMax: 0,
  openLendsMax: null,
  lentUnitsMax: null,
  overdueLendsMax: null,
  createdAt: null,
};

/** What an inventory is by the events of its stream. */
export function inventoryOf(inventoryId: InventoryId, recorded: Inventory): Inventory {
  const isMain = inventoryId === mainInventory && recorded.status === 'unknown';
  return isMain ? { status: 'open', facts: mainInventoryFacts } : recorded;
}

type InventoryDecision = Decision<InventoryEvent, InventoryRejection>;
type Command<Type extends InventoryCommand['type']> = Timed<Extract<InventoryCommand, { type: Type }>>;

function decide(command: Timed<InventoryCommand>, recorded: Inventory): InventoryDecision {
  const inventory = inventoryOf(command.inventoryId, recorded);
  switch (command.type) {
    case 'OpenInventory':
      return open(command, inventory);
    case 'ChangeInventory':
      return inventory.status === 'unknown'
        ? reject({ code: 'INVENTORY_NOT_FOUND' })
        : change(command, inventory.facts);
  }
}

function open(command: Command<'OpenInventory'>, inventory: Inventory): InventoryDecision {
  if (inventory.status !== 'unknown') return reject({ code: 'ID_TAKEN', id: String(command.inventoryId) });
  const { at, ...facts } = command;
  return [{ ...facts, type: 'InventoryOpened', createdAt: at }];
}

function change({ change: wanted }: Command<'ChangeInventory'>, facts: InventoryFacts): InventoryDecision {
  const changed = changeable.filter((field) => wanted[field] !== undefined && wanted[field] !== facts[field]);
  return changed.length === 0 ? [] : [{ type: 'InventoryChanged', ...facts, ...wanted, changed }];
}

function evolve(_inventory: Inventory, event: InventoryEvent): Inventory {
  switch (event.type) {
    case 'InventoryOpened':
    case 'InventoryChanged': {
      const { inventoryId, ownerId, name, description, lends, takesProvides, createdAt } = event;
      const { defaultLendSeconds, renewalsMax, openLendsMax, lentUnitsMax, overdueLendsMax } = event;
      const rules = { defaultLendSeconds, renewalsMax, openLendsMax, lentUnitsMax, overdueLendsMax };
      const facts = { inventoryId, ownerId, name, description, lends, takesProvides, ...rules, createdAt };
      return { status: 'open', facts };
    }
  }
}

/** A place that has stock of items: its owner, and on what terms it lends and takes units. */
export const inventoryAggregate = {
  category: 'inventory',
  streamOf: (inventoryId) => `inventory-${inventoryId}`,
  events,
  initial: { status: 'unknown' },
  decide,
  evolve,
} satisfies Aggregate<InventoryId, Inventory, InventoryCommand, InventoryEvent, InventoryRejection>;
