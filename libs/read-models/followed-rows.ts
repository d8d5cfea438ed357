/** A row of a list that streams follow. */
export interface FollowedRow<Value> {
  readonly key: string;
  /** The values of the key columns in the first projection of its list. */
  readonly columns: readonly string[];
  readonly value: Value;
  /** Never smaller in a later row of the same key. */
  readonly version: number;
  /** Of its last change in each projection of its list; empty if there is none. */
  readonly positions: readonly string[];
}

/** A list shows so many rows at most. */
export const followedRowsMax = 5000;
/** More rows that have left a list are not told. */
export const leftRowsMax = 1000;
