import type { Pool, PoolClient } from '#platform';
import type { ProjectionName, Row, TableDefinition } from './projection.ts';
import type { PageRows } from './rows.ts';

/** The view that queries read; it selects the live generation. */
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
  const lines = Object.entries(columnTypes(definition)).map(
    ([column, type]) => `${column} ${type}${column in columns ? '' : ' not null'}`,
  );
  const room = overwritten ? ` with (fillfactor = ${overwrittenFillPercent})` : '';
  await client.query(
    `create ${kind} ${table} (${lines.join(', ')}, primary key (${Object.keys(key).join(', ')}))${room}`,
  );
  for (const index of kind === 'table' ? indexes : []) await client.query(`create index on ${table} ${index}`);
}

/** One statement for all rows of a page, and one for deleted rows; a newer row is kept. */
export async function writeRows(
  client: PoolClient,
  table: string,
  definition: TableDefinition,
  { rows, deleted }: Pick<PageRows, 'rows' | 'deleted'>,
): Promise<void> {
  if (rows.length > 0) await client.query(upsertSql(table, definition), columnValues(definition, rows));
  if (deleted.length > 0) await client.query(deleteSql(table, definition), keyValues(definition, deleted));
}

/** The parameters are arrays of the columns, starting with `$<first>`. */
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

/** The parameters are arrays of keys and revisions, starting with `$<first>`. */
export function deleteSql(table: string, definition: TableDefinition, first = 1, condition = 'true'): string {
  const types = { ...definition.key, revision: 'bigint' };
  const columns = Object.keys(types);
  const arrays = Object.values(types).map((type, index) => `$${first + index}::${bareType(type)}[]`);
  const same = Object.keys(definition.key).map((column) => `present.${column} = gone.${column}`);
  return `delete from ${table} present using unnest(${arrays.join(', ')}) gone (${columns.join(', ')})
     where ${condition} and ${same.join(' and ')} and present.revision < gone.revision`;
}

/** The rows with these keys, as JSON values. */
export async function readRows(
  client: Pool | PoolClient,
  table: string,
  definition: TableDefinition,
  keys: readonly Row[],
): Promise<Row[]> {
  const names = Object.keys(definition.key);
  const arrays = Object.values(definition.key).map((type, index) => `$${index + 1}::${bareType(type)}[]`);
  const { rows } = await client.query<{ row: Row }>(
    `select row_to_json(wanted) as row from (
       select ${Object.keys(columnTypes(definition)).join(', ')} from ${table}
       join unnest(${arrays.join(', ')}) keys (${names.join(', ')}) using (${names.join(', ')})
     ) wanted`,
    arraysOf(names, keys),
  );
  return rows.map(({ row }) => row);
}

export function keyValues({ key }: TableDefinition, rows: readonly Row[]): string[] {
  return arraysOf([...Object.keys(key), 'revision'], rows);
}

/** Array literals per column; the driver's own serialisation would cost several times as much. */
export function columnValues(definition: TableDefinition, rows: readonly Row[]): string[] {
  return arraysOf(Object.keys(columnTypes(definition)), rows);
}

function arraysOf(columns: readonly string[], rows: readonly Row[]): string[] {
  return columns.map((column) => `{${rows.map((row) => element(row[column])).join()}}`);
}

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${needsEscape.test(text) ? text.replace(/["\\]/g, String.raw`\$&`) : text}"`;
}

export function columnTypes({ key, columns }: TableDefinition): Record<string, string> {
  return { ...key, ...columns, revision: 'bigint', position: 'text collate "C"' };
}

function bareType(type: string): string {
  return type.replace(/ collate .*| not null.*/, '');
}

/** Throws unless all projections have a live generation. */
export async function assertLive(pool: Pool, projections: readonly ProjectionName[]): Promise<void> {
  const views = projections.map(viewOf);
  const { rows } = await pool.query<{ view: string }>(
    'select view from unnest($1::text[]) view where to_regclass(view) is null',
    [views],
  );
  if (rows.length > 0) throw new Error(`read models not built yet: ${rows.map(({ view }) => view).join(', ')}`);
}
