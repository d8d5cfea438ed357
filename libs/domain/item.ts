import { reject, type Aggregate, type Decision, type Timed } from './aggregate.ts';
import { afterReservation, type NotRecordedInTime, type Reserved } from './reserved.ts';
import type { CategoryId, ItemId } from './ids.ts';

/** What staff says of an item. */
export interface ItemDetails {
  readonly name: string;
  /** In minor units of the one configured currency. */
  readonly price: number;
  readonly originalPrice: number | null;
  readonly description: string;
  readonly shortDescription: string;
  readonly images: readonly string[];
  readonly thumbnail: string | null;
  readonly categoryId: CategoryId | null;
  readonly sku: string | null;
  readonly tags: readonly string[];
  readonly specifications: Readonly<Record<string, string>>;
  readonly featured: boolean;
  /** Days from the purchase in which a customer can give it back; 0 for not at all. */
  readonly returnDays: number;
}

/** Every event of an item contains the whole item, so that a reader needs only one event. */
export interface ItemFacts extends ItemDetails {
  readonly itemId: ItemId;
  /** Its sequential number. */
  readonly number: number;
  /** In milliseconds since 1970; null for items created before this was recorded. */
  readonly createdAt: number | null;
  /** In milliseconds since 1970; null for events recorded before this was. */
  readonly updatedAt: number | null;
}

export type ItemEvent = ItemCreated | ItemChanged | ItemDiscontinued | ItemReinstated | ItemTimeNoted;

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

/** Nothing of the item changed; commands that had to be recorded before this time are rejected from now on. */
export interface ItemTimeNoted {
  readonly type: 'ItemTimeNoted';
}

/** The details of an item that has only a name and a price. */
const plainDetails: Omit<ItemDetails, 'name' | 'price'> = {
  originalPrice: null,
  description: '',
  shortDescription: '',
  images: [],
  thumbnail: null,
  categoryId: null,
  sku: null,
  tags: [],
  specifications: {},
  featured: false,
  returnDays: 0,
};

/** Items had only a name and a price at first. */
const withDetails = (data: Record<string, unknown>) => ({ ...data, ...plainDetails, updatedAt: null });

/** Nothing could be given back at first. */
const withoutReturns = (data: Record<string, unknown>) => ({ ...data, returnDays: 0 });

const events = {
  ItemCreated: [
    // The time of creation was only in the metadata of the event, which upcasters cannot read.
    (data: Record<string, unknown>) => ({ ...data, createdAt: null }),
    withDetails,
    withoutReturns,
  ],
  ItemChanged: [withDetails, withoutReturns],
  ItemDiscontinued: [withDetails, withoutReturns],
  ItemReinstated: [withDetails, withoutReturns],
  ItemTimeNoted: [],
} as const;

export type ItemField = keyof ItemDetails;
const changeable = ['name', 'price', ...(Object.keys(plainDetails) as Exclude<ItemField, 'name' | 'price'>[])] as const;

/** What is not given is as in `plainDetails`. */
export type NewItem = Pick<ItemFacts, 'itemId' | 'number' | 'name' | 'price'> & Partial<ItemDetails>;

export type ItemCommand =
  | ({ readonly type: 'CreateItem' } & NewItem & Reserved)
  | ({ readonly type: 'ChangeItem'; readonly change: Partial<ItemDetails>; readonly ofSku?: string } & Reserved)
  | { readonly type: 'DiscontinueItem' }
  | { readonly type: 'ReinstateItem' }
  | { readonly type: 'NoteTime' };

export type ItemRejection =
  { readonly code: 'ID_TAKEN'; readonly id: string } | { readonly code: 'ITEM_NOT_FOUND' } | NotRecordedInTime;

export type Item = { readonly status: 'unknown' } | KnownItem;

export interface KnownItem {
  readonly status: 'on-sale' | 'discontinued';
  readonly facts: ItemFacts;
}

type ItemDecision = Decision<ItemEvent, ItemRejection>;
type Command<Type extends ItemCommand['type']> = Timed<Extract<ItemCommand, { type: Type }>>;

function decide(command: Timed<ItemCommand>, item: Item): ItemDecision {
  if (command.type === 'NoteTime') return [{ type: 'ItemTimeNoted' }];
  if (command.type === 'CreateItem') return create(command, item);
  if (item.status === 'unknown') return reject({ code: 'ITEM_NOT_FOUND' });
  const facts = { ...item.facts, updatedAt: command.at };
  switch (command.type) {
    case 'ChangeItem':
      return change(command, item);
    case 'DiscontinueItem':
      return item.status === 'discontinued' ? [] : [{ type: 'ItemDiscontinued', ...facts }];
    case 'ReinstateItem':
      return item.status === 'on-sale' ? [] : [{ type: 'ItemReinstated', ...facts }];
  }
}

function create(command: Command<'CreateItem'>, item: Item): ItemDecision {
  const { itemId, number, at } = command;
  if (item.status !== 'unknown') return reject({ code: 'ID_TAKEN', id: itemId });
  const details = { ...plainDetails, name: command.name, price: command.price, ...detailsOf(command) };
  return (
    afterReservation(command) ?? [{ type: 'ItemCreated', itemId, number, ...details, createdAt: at, updatedAt: at }]
  );
}

function change(command: Command<'ChangeItem'>, { status, facts }: KnownItem): ItemDecision {
  // The item that had this SKU when it was looked up may have another by now.
  if (command.ofSku !== undefined && command.ofSku !== facts.sku) return reject({ code: 'ITEM_NOT_FOUND' });
  const wanted = detailsOf(command.change);
  const changed = changeable.filter((field) => field in wanted && !isEqual(wanted[field], facts[field]));
  if (changed.length === 0) return [];
  const now = { ...facts, ...wanted, updatedAt: command.at };
  return (
    afterReservation(command) ?? [{ type: 'ItemChanged', ...now, changed, discontinued: status === 'discontinued' }]
  );
}

/** Details are plain data; the order of specifications counts, since it is the order in which they are shown. */
function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function evolve(item: Item, event: ItemEvent): Item {
  switch (event.type) {
    case 'ItemCreated':
    case 'ItemReinstated':
      return { status: 'on-sale', facts: factsOf(event) };
    case 'ItemChanged':
      return { status: event.discontinued ? 'discontinued' : 'on-sale', facts: factsOf(event) };
    case 'ItemDiscontinued':
      return { status: 'discontinued', facts: factsOf(event) };
    case 'ItemTimeNoted':
      return item;
  }
}

function factsOf(event: ItemFacts): ItemFacts {
  const { itemId, number, name, price, createdAt, updatedAt } = event;
  return { ...plainDetails, ...detailsOf(event), itemId, number, name, price, createdAt, updatedAt };
}

/** The details that are given. */
function detailsOf(given: Partial<ItemDetails>): Partial<ItemDetails> {
  return Object.fromEntries(changeable.flatMap((field) => (given[field] === undefined ? [] : [[field, given[field]]])));
}

/** A catalog entry: what is said of it, and whether it is on sale. */
export const itemAggregate = {
  category: 'catalog',
  streamOf: (itemId) => `catalog-${itemId}`,
  events,
  initial: { status: 'unknown' },
  decide,
  evolve,
  noteTime: { type: 'NoteTime' },
} satisfies Aggregate<ItemId, Item, ItemCommand, ItemEvent, ItemRejection>;
