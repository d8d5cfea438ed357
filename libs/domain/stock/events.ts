/** The stock after the event. `available` is what can still be promised to somebody; it is never negative. */
export interface Balance {
  /** Units ever received, less those removed. */
  readonly total: number;
  /** Sold, booked or consumed: they do not come back. */
  readonly taken: number;
  readonly held: number;
  readonly reserved: number;
  readonly lent: number;
  readonly available: number;
}

export type StockEvent = UnitsProvided;

export interface UnitsProvided {
  readonly type: 'UnitsProvided';
  readonly quantity: number;
  readonly balance: Balance;
}
