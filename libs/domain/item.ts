import { reject, type Aggregate, type Decision, type Timed } from './aggregate.ts';

/** Every event of an item contains the whole item, so that a reader needs only one event. */
export interface ItemFacts {
  readonly itemId: string;
  /** Its sequential number. */
  readonly number: number;
  readonly name: string;
  /** In minor units of the one configured currency. */
  readonly price: number;
  /** In milliseconds since 1970; null for items created before this was recorded. */
  readonly createdAt: number | null;
}

export type ItemEvent = ItemCreated | ItemChanged | ItemDiscontinued | ItemReinstated;

export interface ItemCreated extends ItemFacts {
  readonly type: 'ItemCreated';
}

export interface ItemChanged extends ItemFacts {
  readonly type: 'ItemChanged';
  /** The fields that changed. */
  readonly changed: readonly ItemField[];
  /** A discontinued item can be changed too, and stays discontinued. */
  readonly discontinued: boolean;
}

export interface ItemDiscontinued extends ItemFacts {
  readonly type: 'ItemDiscontinued';
}

export interface ItemReinstated extends ItemFacts {
  readonly type: 'ItemReinstated';
}

const events = {
  // The time of creation was only in the metadata of the event, which upcasters cannot read.
  ItemCreated: [(data: Record<string, unknown>) => ({ ...data, createdAt: null })],
  ItemChanged: [],
  ItemDiscontinued: [],
  ItemReinstated: [],
} as const;

const changeable = ['name', 'price'] as const;
export type ItemField = (typeof changeable)[number];

export type ItemCommand =
  | ({ readonly type: 'CreateItem' } & Omit<ItemFacts, 'createdAt'>)
  | ({ readonly type: 'ChangeItem' } & Partial<Pick<ItemFacts, ItemField>>)
  | { readonly type: 'DiscontinueItem' }
  | { readonly type: 'ReinstateItem' };

export type ItemRejection = { readonly code: 'ID_TAKEN'; readonly id: string } | { readonly code: 'ITEM_NOT_FOUND' };

export type Item = { readonly status: 'unknown' } | KnownItem;

export interface KnownItem {
  readonly status: 'on-sale' | 'discontinued';
  readonly facts: ItemFacts;
}

type ItemDecision = Decision<ItemEvent, ItemRejection>;
type Command<Type extends ItemCommand['type']> = Timed<Extract<ItemCommand, { type: Type }>>;

function decide(command: Timed<ItemCommand>, item: Item): ItemDecision {
  if (command.type === 'CreateItem') return create(command, item);
  if (item.status === 'unknown') return reject({ code: 'ITEM_NOT_FOUND' });
  switch (command.type) {
    case 'ChangeItem':
      return change(command, item);
    case 'DiscontinueItem':
      return item.status === 'discontinued' ? [] : [{ type: 'ItemDiscontinued', ...item.facts }];
    case 'ReinstateItem':
      return item.status === 'on-sale' ? [] : [{ type: 'ItemReinstated', ...item.facts }];
  }
}

function create({ itemId, number, name, price, at }: Command<'CreateItem'>, item: Item): ItemDecision {
  if (item.status !== 'unknown') return reject({ code: 'ID_TAKEN', id: itemId });
  return [{ type: 'ItemCreated', itemId, number, name, price, createdAt: at }];
}

function change(command: Command<'ChangeItem'>, { status, facts }: KnownItem): ItemDecision {
  const { name = facts.name, price = facts.price } = command;
  const wanted = { ...facts, name, price };
  const changed = changeable.filter((field) => wanted[field] !== facts[field]);
  if (changed.length === 0) return [];
  return [{ type: 'ItemChanged', ...wanted, changed, discontinued: status === 'discontinued' }];
}

function evolve(_item: Item, event: ItemEvent): Item {
  switch (event.type) {
    case 'ItemCreated':
    case 'ItemReinstated':
      return { status: 'on-sale', facts: factsOf(event) };
    case 'ItemChanged':
      return { status: event.discontinued ? 'discontinued' : 'on-sale', facts: factsOf(event) };
    case 'ItemDiscontinued':
      return { status: 'discontinued', facts: factsOf(event) };
  }
}

function factsOf({ itemId, number, name, price, createdAt }: ItemFacts): ItemFacts {
  return { itemId, number, name, price, createdAt };
}

/** A catalog entry: name, price, and whether it is on sale. */
export const itemAggregate = {
  category: 'catalog',
  streamOf: (itemId) => `catalog-${itemId}`,
  events,
  initial: { status: 'unknown' },
  decide,
  evolve,
} satisfies Aggregate<string, Item, ItemCommand, ItemEvent, ItemRejection>;
