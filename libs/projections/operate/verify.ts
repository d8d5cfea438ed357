import { comparePositions, type EventStore, type Position } from '#event-store';
import { askWithin, cancellable, rolledBack, type Pool, type PoolClient, type Redis } from '#platform';
import { Generations } from '../run/generations.ts';
import type { Projection, Row } from '../define/projection.ts';
import { keyOf } from '../define/redis-rows.ts';
import { rowsOf } from '../define/rows.ts';
import { columnTypes, createTable, tableOf, viewOf, writeRows } from '../define/tables.ts';
import type { Version } from '../define/version.ts';
import type { Difference } from './difference.ts';
import { CopyComparison, Lagging, type Shadow } from './verify-redis.ts';

export interface Verified {
  readonly checkpoint: Position | undefined;
  readonly rows: number;
  readonly differences: readonly Difference[];
  /**
   * Set if the copy in Redis did not reach the checkpoint in time, so that it was not compared to its end: its position,
   * or null for a copy that is not complete.
   */
  readonly lagsAt?: Position | null;
}

export interface VerifyOptions {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly projection: Projection;
  /** Set if the projection has a copy in Redis. */
  readonly redis?: Redis | undefined;
  /** How long the copy in Redis may take to reach the checkpoint of the table. */
  readonly waitMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: VerifyProgress) => void;
}

export interface VerifyProgress {
  readonly events: number;
  readonly checkpoint: Position;
}

const pageEventsMax = 5000;
const differencesMax = 1000;
const wholeTableMsMax = 3_600_000;
const redisWaitMsDefault = 10_000;

/**
 * Replays the events up to exactly the live checkpoint into a temporary table and compares row by row, in one
 * repeatable-read transaction, so that every reported difference is real.
 */
export async function verify(options: VerifyOptions): Promise<Verified> {
  const { pool, signal } = options;
  return rolledBack(
    pool,
    (client) => cancellable(pool, client, signal, () => compare(client, options)),
    'begin isolation level repeatable read',
  );
}

async function compare(client: PoolClient, options: VerifyOptions): Promise<Verified> {
  const { pool, projection, redis, signal, waitMs = redisWaitMsDefault } = options;
  await client.query('set local statement_timeout = 0');
  const live = await new Generations(pool, projection).find('live', client);
  if (live === undefined) throw new Error(`${viewOf(projection)} is not live yet`);
  const table = `shadow_${viewOf(projection)}`;
  await createTable(client, table, projection.table, 'temporary table');
  const { checkpoint, number: generation, repairs } = live;
  if (checkpoint !== undefined) await replay(client, { ...options, table }, undefined, checkpoint);
  const differences = await compareTables(client, projection, table, tableOf(projection, generation));
  const counted = `select count(*) from ${table}`;
  const { rows } = await askWithin<{ count: number }>(wholeTableMsMax, client, counted);
  const verified = { checkpoint, rows: rows[0]?.count ?? 0 };
  if (redis === undefined) return { ...verified, differences };
  let version: Version = { generation, repairs, checkpoint };
  const shadow: Shadow = {
    client,
    projection,
    table,
    get version() {
      return version;
    },
    bringTo: async (later) => {
      const { checkpoint: upTo } = later;
      if (upTo !== undefined)
        await replay(client, { ...options, onProgress: undefined, table }, version.checkpoint, upTo);
      version = later;
    },
    live: async () => {
      const now = (await new Generations(pool, projection).find('live')) ?? live;
      return { generation: now.number, repairs: now.repairs, checkpoint: now.checkpoint };
    },
  };
  return { ...verified, ...(await compareCopy(new CopyComparison(shadow, redis, { waitMs, signal }), differences)) };
}

async function compareCopy(
  comparison: CopyComparison,
  inTable: readonly Difference[],
): Promise<Pick<Verified, 'differences' | 'lagsAt'>> {
  const differences = [...inTable];
  try {
    for await (const found of comparison.differences()) {
      differences.push(...found);
      if (differences.length >= differencesMax) break;
    }
  } catch (error) {
    if (!(error instanceof Lagging)) throw error;
    return { differences, lagsAt: error.at };
  }
  return { differences: differences.slice(0, differencesMax) };
}

interface Replayed extends Pick<VerifyOptions, 'store' | 'projection' | 'signal'> {
  readonly table: string;
  readonly onProgress?: VerifyOptions['onProgress'] | undefined;
}

/** Applies the events after one position up to exactly another. */
async function replay(
  client: PoolClient,
  { store, projection, table, signal, onProgress }: Replayed,
  after: Position | undefined,
  upTo: Position,
): Promise<void> {
  if (after === upTo) return;
  // Throws if the store does not have this position: the live table belongs to another store.
  await store.countAfter(upTo);
  let events = 0;
  for (let checkpoint = after; checkpoint !== upTo;) {
    const page = await store.readAll(checkpoint, pageEventsMax);
    signal?.throwIfAborted();
    if (page.end === undefined || page.end === checkpoint) break;
    const wanted = page.events.filter(({ position }) => comparePositions(position, upTo) <= 0);
    const left = rowsOf(projection, wanted);
    if (left.poison[0] !== undefined) throw left.poison[0];
    await writeRows(client, table, projection.table, left);
    events += wanted.length;
    onProgress?.({ events, checkpoint: comparePositions(page.end, upTo) < 0 ? page.end : upTo });
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
