import type { Pool, PoolClient } from '#platform';
import type { ProjectionName, Row, TableDefinition } from './projection.ts';

/** Where queries read: a view of the generation that is live. */
export function viewOf({ name, schema }: ProjectionName): string {
  return `${name}_v${schema}`;
}

export function tableOf(projection: ProjectionName, generation: number): string {
  return `${viewOf(projection)}_g${generation}`;
}

export async function createTable(
  client: PoolClient,
  table: string,
  definition: TableDefinition,
  kind: 'table' | 'temporary table' = 'table',
): Promise<void> {
  const { key, columns, indexes = [] } = definition;
  const lines = Object.entries({ ...key, ...columns, revision: 'bigint' }).map(
    ([column, type]) => `${column} ${type}${column in key || column === 'revision' ? ' not null' : ''}`,
  );
  await client.query(`create ${kind} ${table} (${lines.join(', ')}, primary key (${Object.keys(key).join(', ')}))`);
  for (const index of kind === 'table' ? indexes : []) await client.query(`create index on ${table} ${index}`);
}

/** One statement for all rows of a page; a row that is newer already stays. */
export async function upsertRows(
  client: PoolClient,
  table: string,
  definition: TableDefinition,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const types = columnTypes(definition);
  const columns = Object.keys(types);
  const others = columns.filter((column) => !(column in definition.key));
  const arrays = Object.values(types).map((type, index) => `$${index + 1}::${bareType(type)}[]`);
  await client.query(
    `insert into ${table} as present (${columns.join(', ')})
     select * from unnest(${arrays.join(', ')})
     on conflict (${Object.keys(definition.key).join(', ')}) do update
     set ${others.map((column) => `${column} = excluded.${column}`).join(', ')}
     where present.revision < excluded.revision`,
    columns.map((column) => rows.map((row) => row[column] ?? null)),
  );
}

export function columnTypes({ key, columns }: TableDefinition): Record<string, string> {
  return { ...key, ...columns, revision: 'bigint' };
}

function bareType(type: string): string {
  return type.replace(/ collate .*| not null.*/, '');
}

/** Throws unless all of them have a live generation: before that there is nothing to serve. */
export async function assertLive(pool: Pool, projections: readonly ProjectionName[]): Promise<void> {
  const views = projections.map(viewOf);
  const { rows } = await pool.query<{ view: string }>(
    'select view from unnest($1::text[]) view where to_regclass(view) is null',
    [views],
  );
  if (rows.length > 0) throw new Error(`not built yet: ${rows.map(({ view }) => view).join(', ')}`);
}
