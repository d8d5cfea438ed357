import type { Pool, PoolClient } from '#platform';
import type { Projection, Row } from './projection.ts';
import { columnTypes, viewOf } from './tables.ts';

const pageRows = 1000;

/** All rows of a projection as JSON values, page by page in the order of their keys. */
export async function* tablePages(
  client: Pool | PoolClient,
  projection: Projection,
  table: string = viewOf(projection),
): AsyncGenerator<readonly Row[]> {
  const keys = Object.keys(projection.table.key);
  const columns = Object.keys(columnTypes(projection.table));
  const parameters = keys.map((_, index) => `$${index + 1}`);
  let last: unknown[] | undefined;
  for (;;) {
    const after = last === undefined ? '' : `where (${keys.join(', ')}) > (${parameters.join(', ')})`;
    const { rows } = await client.query<{ row: Row }>(
      `select row_to_json(page) as row from
       (select ${columns.join(', ')} from ${table} ${after} order by ${keys.join(', ')} limit ${pageRows}) page`,
      last ?? [],
    );
    if (rows.length > 0) yield rows.map(({ row }) => row);
    if (rows.length < pageRows) return;
    const end = rows.at(-1)?.row ?? {};
    last = keys.map((key) => end[key]);
  }
}
