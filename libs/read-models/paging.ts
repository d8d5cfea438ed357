/** A page by number, or the rows after the last key of the previous page. */
export type Paging = { readonly limit: number } & ({ readonly page: number } | { readonly after: string });

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
  /** Total number of rows; not counted when paging by key. */
  readonly total: number | null;
}

/** Number of rows to read: one more than shown, to detect whether there are more. */
export function rowsToRead(paging: Paging): { limit: number; offset: number } {
  return { limit: paging.limit + 1, offset: 'page' in paging ? (paging.page - 1) * paging.limit : 0 };
}

export function pageOf<Row>(rows: readonly Row[], { limit }: Paging, total: number | null): Page<Row> {
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit, total };
}
