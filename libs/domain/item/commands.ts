export type ItemCommand = CreateItem;

export interface CreateItem {
  readonly type: 'CreateItem';
  readonly itemId: string;
  readonly number: number;
  readonly name: string;
  readonly price: number;
}

export type ItemRejection = { readonly code: 'ID_TAKEN'; readonly id: string };
