/** A page by its number, or what comes after the key that the page before ended with. */
export type Paging = { readonly limit: number } & ({ readonly page: number } | { readonly after: string });

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
  /** How many there are in all; not counted when going on from a key. */
  readonly total: number | null;
}

/** How many rows to read: one more than is shown tells whether there are more. */
export function rowsToRead(paging: Paging): { limit: number; offset: number } {
  return { limit: paging.limit + 1, offset: 'page' in paging ? (paging.page - 1) * paging.limit : 0 };
}

export function pageOf<Row>(rows: readonly Row[], { limit }: Paging, total: number | null): Page<Row> {
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit, total };
}
