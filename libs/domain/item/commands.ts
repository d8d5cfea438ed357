import type { ItemFacts, ItemField } from './events.ts';

export type ItemCommand =
  | CreateItem
  | ({ readonly type: 'ChangeItem' } & Partial<Pick<ItemFacts, ItemField>>)
  | { readonly type: 'DiscontinueItem' }
  | { readonly type: 'ReinstateItem' };

export interface CreateItem {
  readonly type: 'CreateItem';
  readonly itemId: string;
  readonly number: number;
  readonly name: string;
  readonly price: number;
}

export type ItemRejection = { readonly code: 'ID_TAKEN'; readonly id: string } | { readonly code: 'ITEM_NOT_FOUND' };
