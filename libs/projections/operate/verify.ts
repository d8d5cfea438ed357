import { comparePositions, type EventStore, type Position } from '#event-store';
import { askWithin, rolledBack, type Pool, type PoolClient, type Redis } from '#platform';
import { Generations } from '../run/generations.ts';
import type { Projection, Row } from '../define/projection.ts';
import { decodeRow, keyOf, redisKey } from '../define/redis-rows.ts';
import { rowsOf } from '../define/rows.ts';
import { tablePages } from '../define/table-pages.ts';
import { columnTypes, createTable, tableOf, viewOf, writeRows } from '../define/tables.ts';

/** A row that does not match the events. */
export interface Difference {
  readonly where: 'PostgreSQL' | 'Redis';
  readonly key: string;
  /** The row according to the events; null if there should be none. */
  readonly expected: Row | null;
  readonly found: Row | null;
}

export interface Verified {
  readonly checkpoint: Position | undefined;
  readonly rows: number;
  readonly differences: readonly Difference[];
}

export interface VerifyOptions {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly projection: Projection;
  /** Set if the projection has a copy in Redis. */
  readonly redis?: Redis | undefined;
}

const pageEventsMax = 5000;
const differencesMax = 1000;
const wholeTableMsMax = 3_600_000;

/**
 * Replays the events up to exactly the live checkpoint into a temporary table and compares row by row, in one
 * repeatable-read transaction, so that every reported difference is real.
 */
export async function verify(options: VerifyOptions): Promise<Verified> {
  return rolledBack(options.pool, (client) => compare(client, options), 'begin isolation level repeatable read');
}

async function compare(client: PoolClient, { pool, store, projection, redis }: VerifyOptions): Promise<Verified> {
  await client.query('set local statement_timeout = 0');
  const live = await new Generations(pool, projection).find('live', client);
  if (live === undefined) throw new Error(`${viewOf(projection)} is not live yet`);
  const shadow = `shadow_${viewOf(projection)}`;
  await createTable(client, shadow, projection.table, 'temporary table');
  await replay(client, store, projection, shadow, live.checkpoint);
  const differences = await compareTables(client, projection, shadow, tableOf(projection, live.number));
  const inRedis = redis === undefined ? [] : await compareRedis(client, projection, shadow, redis);
  const counted = `select count(*) from ${shadow}`;
  const { rows } = await askWithin<{ count: number }>(wholeTableMsMax, client, counted);
  return {
    checkpoint: live.checkpoint,
    rows: rows[0]?.count ?? 0,
    differences: [...differences, ...inRedis].slice(0, differencesMax),
  };
}

async function replay(
  client: PoolClient,
  store: EventStore,
  projection: Projection,
  table: string,
  upTo: Position | undefined,
): Promise<void> {
  if (upTo === undefined) return;
  // Throws if the store does not have this position: the live table belongs to another store.
  await store.countAfter(upTo);
  for (let checkpoint: Position | undefined; checkpoint !== upTo;) {
    const page = await store.readAll(checkpoint, pageEventsMax);
    if (page.end === undefined || page.end === checkpoint) break;
    const wanted = page.events.filter(({ position }) => comparePositions(position, upTo) <= 0);
    const left = rowsOf(projection, wanted);
    if (left.poison[0] !== undefined) throw left.poison[0];
    await writeRows(client, table, projection.table, left);
    if (comparePositions(page.end, upTo) >= 0) return;
    checkpoint = page.end;
  }
}

async function compareTables(
  client: PoolClient,
  projection: Projection,
  shadow: string,
  live: string,
): Promise<Difference[]> {
  const keys = Object.keys(projection.table.key);
  const columns = Object.keys(columnTypes(projection.table)).join(', ');
  const { rows } = await askWithin<{ expected: Row | null; found: Row | null }>(
    wholeTableMsMax,
    client,
    `select to_json(e) as expected, to_json(f) as found
     from (select ${columns} from ${shadow}) e full join (select ${columns} from ${live}) f using (${keys.join(', ')})
     where to_jsonb(e) is distinct from to_jsonb(f) limit ${differencesMax}`,
  );
  return rows.map(({ expected, found }) => ({
    where: 'PostgreSQL',
    key: keyOf(projection, expected ?? found ?? {}),
    expected,
    found,
  }));
}

/** Redis is updated in the meantime: a row newer than that of the table is no difference, an older one is. */
async function compareRedis(
  client: PoolClient,
  projection: Projection,
  shadow: string,
  redis: Redis,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  for await (const rows of tablePages(client, projection, shadow)) {
    const values = await redis.hmget(redisKey(projection), ...rows.map((row) => keyOf(projection, row)));
    for (const [index, expected] of rows.entries()) {
      const value = values[index] ?? null;
      const found = value === null ? null : decodeRow<Row>(value);
      if (isSame(expected, found)) continue;
      differences.push({ where: 'Redis', key: keyOf(projection, expected), expected, found });
    }
  }
  return differences;
}

function isSame(expected: Row, found: Row | null): boolean {
  if (found === null) return false;
  const newer = Number(found['revision']) > Number(expected['revision']);
  return newer || Object.keys(expected).every((column) => same(expected[column], found[column]));
}

/** PostgreSQL and JSON format times differently. */
function same(a: unknown, b: unknown): boolean {
  if (a === b || (a == null && b == null)) return true;
  if (typeof a === 'string' && typeof b === 'string') return Date.parse(a) === Date.parse(b);
  return JSON.stringify(a) === JSON.stringify(b);
}
