import {
  categoryAggregate,
  inventoryAggregate,
  itemAggregate,
  orderAggregate,
  requestAggregate,
  slotAggregate,
  stockAggregate,
  stockOfStream,
  transferAggregate,
} from '#domain';

/** What a stream is about. */
export const subjectKinds = ['item', 'category', 'slot', 'order', 'inventory', 'transfer', 'request'] as const;

export type SubjectKind = (typeof subjectKinds)[number];

export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

const storedAggregates = [
  categoryAggregate,
  inventoryAggregate,
  itemAggregate,
  orderAggregate,
  requestAggregate,
  slotAggregate,
  stockAggregate,
  transferAggregate,
] as const;

/** The categories of all streams that the system writes; an event store may have others, of other applications. */
export const storedCategories: readonly string[] = storedAggregates.map(({ category }) => category);

/** The types of all events that are stored, in alphabetical order. */
export const storedEventTypes: readonly string[] = storedAggregates
  .flatMap(({ events }) => Object.keys(events))
  .toSorted();

const kindOf: Readonly<Record<string, SubjectKind>> = {
  [categoryAggregate.category]: 'category',
  [inventoryAggregate.category]: 'inventory',
  [itemAggregate.category]: 'item',
  [orderAggregate.category]: 'order',
  [requestAggregate.category]: 'request',
  [slotAggregate.category]: 'slot',
  [transferAggregate.category]: 'transfer',
};

/** What the stream is about: of a stock, its item or its slot. */
export function subjectOf(stream: string): Subject | undefined {
  const stock = stockOfStream(stream);
  if (stock !== undefined) {
    return stock.kind === 'item' ? { kind: 'item', id: stock.itemId } : { kind: 'slot', id: String(stock.slotId) };
  }
  const dash = stream.indexOf('-');
  const kind = kindOf[stream.slice(0, dash)];
  return dash < 0 || kind === undefined ? undefined : { kind, id: stream.slice(dash + 1) };
}
