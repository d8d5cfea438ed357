export type ItemEvent = ItemCreated | ItemChanged | ItemDiscontinued | ItemReinstated;

/** Every event of an item carries the whole item: whoever reads one needs no other. */
export interface ItemFacts {
  readonly itemId: string;
  /** The same item, for those who count. */
  readonly number: number;
  readonly name: string;
  /** In minor units of the one configured currency. */
  readonly price: number;
  /** In milliseconds since 1970; null for an item of the time before this was recorded. */
  readonly createdAt: number | null;
}

export type ItemField = 'name' | 'price';

export interface ItemCreated extends ItemFacts {
  readonly type: 'ItemCreated';
}

export interface ItemChanged extends ItemFacts {
  readonly type: 'ItemChanged';
  /** Which of the facts are new. */
  readonly changed: readonly ItemField[];
  /** A discontinued item can be changed too, and stays so. */
  readonly discontinued: boolean;
}

export interface ItemDiscontinued extends ItemFacts {
  readonly type: 'ItemDiscontinued';
}

export interface ItemReinstated extends ItemFacts {
  readonly type: 'ItemReinstated';
}
