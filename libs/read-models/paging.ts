/** A page by number, or the rows after the last key of the previous page. */
export type Paging = { readonly limit: number } & ({ readonly page: number } | { readonly after: string });

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
  /** Total number of rows; not counted when paging by key. */
  readonly total: number | null;
}

/** A page of a list of which not more than so many rows are counted. */
export interface CountedPage<Row> extends Page<Row> {
  /** Whether `total` is the number of rows; otherwise there are more. */
  readonly totalIsExact: boolean;
}

/** More rows of a list that may be long are not counted. */
export const countedMax = 10_000;

export function countedPageOf<Row>(rows: readonly Row[], paging: Paging, count: number | null): CountedPage<Row> {
  const total = count === null ? null : Math.min(count, countedMax);
  return { ...pageOf(rows, paging, total), totalIsExact: count === total };
}

/** Number of rows to read: one more than shown, to detect whether there are more. */
export function rowsToRead(paging: Paging): { limit: number; offset: number } {
  return { limit: paging.limit + 1, offset: 'page' in paging ? (paging.page - 1) * paging.limit : 0 };
}

export function pageOf<Row>(rows: readonly Row[], { limit }: Paging, total: number | null): Page<Row> {
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit, total };
}

/** The key of a row in a list by time, after which the next page starts. */
export function keyByTime(at: Date, id: string): string {
  return `${at.getTime()} ${id}`;
}

export function placeByTime(key: string): readonly [at: Date, id: string] {
  const [at, id = ''] = key.split(' ', 2);
  return [new Date(Number(at)), id];
}
