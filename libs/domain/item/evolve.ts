import type { ItemEvent, ItemFacts } from './events.ts';

/** What the decisions about an item need to know of it. */
export type Item = { readonly status: 'unknown' } | KnownItem;

export interface KnownItem {
  readonly status: 'on-sale' | 'discontinued';
  readonly facts: ItemFacts;
}

export const unknownItem: Item = { status: 'unknown' };

export function evolveItem(_item: Item, event: ItemEvent): Item {
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
