export type StockCommand = Provide;

export interface Provide {
  readonly type: 'Provide';
  readonly quantity: number;
}

export type StockRejection = { readonly code: 'TOO_MANY_UNITS'; readonly unitsMax: number };

/** The most units that one stock may have in all, and so the most that any sum in it can come to. */
export const unitsMax = 1_000_000_000;
