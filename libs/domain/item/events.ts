export type ItemEvent = ItemCreated;

export interface ItemCreated {
  readonly type: 'ItemCreated';
  readonly itemId: string;
  /** The same item, for those who count. */
  readonly number: number;
  readonly name: string;
  /** In minor units of the one configured currency. */
  readonly price: number;
}
