import type { ItemEvent } from './events.ts';

/** What the decisions about an item need to know of it. */
export type Item = { readonly status: 'unknown' } | { readonly status: 'on-sale'; readonly number: number };

export const unknownItem: Item = { status: 'unknown' };

export function evolveItem(_item: Item, event: ItemEvent): Item {
  switch (event.type) {
    case 'ItemCreated':
      return { status: 'on-sale', number: event.number };
  }
}
