import type { Pool, PoolClient } from '#platform';
import type { ProjectionName, Row, TableDefinition } from './projection.ts';

/** Where queries read: a view of the generation that is live. */
export function viewOf({ name, schema }: ProjectionName): string {
  return `${name}_v${schema}`;
}

export function tableOf(projection: ProjectionName, generation: number): string {
  return `${viewOf(projection)}_g${generation}`;
}

const overwrittenFillPercent = 50;
const needsEscape = /["\\]/;

export async function createTable(
  client: PoolClient,
  table: string,
  definition: TableDefinition,
  kind: 'table' | 'temporary table' = 'table',
): Promise<void> {
  const { key, columns, indexes = [], overwritten = false } = definition;
  const lines = Object.entries({ ...key, ...columns, revision: 'bigint' }).map(
    ([column, type]) => `${column} ${type}${column in key || column === 'revision' ? ' not null' : ''}`,
  );
  const room = overwritten ? ` with (fillfactor = ${overwrittenFillPercent})` : '';
  await client.query(
    `create ${kind} ${table} (${lines.join(', ')}, primary key (${Object.keys(key).join(', ')}))${room}`,
  );
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
  await client.query(upsertSql(table, definition), columnValues(definition, rows));
}

/** Its parameters are the columns' values, of which the first is `$<first>`. */
export function upsertSql(table: string, definition: TableDefinition, first = 1, condition = 'true'): string {
  const types = columnTypes(definition);
  const columns = Object.keys(types);
  const others = columns.filter((column) => !(column in definition.key));
  const arrays = Object.values(types).map((type, index) => `$${first + index}::${bareType(type)}[]`);
  return `insert into ${table} as present (${columns.join(', ')})
     select * from unnest(${arrays.join(', ')}) where ${condition}
     on conflict (${Object.keys(definition.key).join(', ')}) do update
     set ${others.map((column) => `${column} = excluded.${column}`).join(', ')}
     where present.revision < excluded.revision`;
}

/** An array for each column, as PostgreSQL reads them: the client would write them at several times the price. */
export function columnValues(definition: TableDefinition, rows: readonly Row[]): string[] {
  return Object.keys(columnTypes(definition)).map((column) => `{${rows.map((row) => element(row[column])).join()}}`);
}

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${needsEscape.test(text) ? text.replace(/["\\]/g, String.raw`\$&`) : text}"`;
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
