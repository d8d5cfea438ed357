import type { Pool, Redis } from '#platform';
import type { Projection, Row } from '../define/projection.ts';
import { decodeRow, encodeRow, keyOf, redisKey } from '../define/redis-rows.ts';
import { tablePages } from '../define/table-pages.ts';

export interface Synced {
  readonly key: string;
  readonly was: Row | null;
  readonly is: Row;
}

// Replaces a row that is not newer with that of the table; returns the old row if it differed.
const replaceRow = `
  local present = redis.call('HGET', KEYS[1], ARGV[1])
  if present == ARGV[2] then return {0} end
  if present and string.sub(present, 1, 16) > string.sub(ARGV[2], 1, 16) then return {0} end
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  return {1, present}
`;

/** Makes the rows in Redis equal to those of the table, and returns those that differed. Safe during updates. */
export async function syncRedis(
  pool: Pool,
  redis: Redis,
  projection: Projection,
  wanted: (key: string) => boolean = () => true,
): Promise<Synced[]> {
  const synced: Synced[] = [];
  for await (const rows of tablePages(pool, projection)) {
    for (const row of rows) {
      const key = keyOf(projection, row);
      if (!wanted(key)) continue;
      const value = encodeRow(row);
      const answer = await redis.eval(replaceRow, 1, redisKey(projection), key, value);
      const [replaced, present] = answer as [number, string | null | undefined];
      const was = present == null ? null : decodeRow<Row>(present);
      if (replaced === 1 && !sameFacts(was, row)) synced.push({ key, was, is: row });
    }
  }
  return synced;
}

function sameFacts(was: Row | null, is: Row): boolean {
  return was !== null && Object.keys(is).every((column) => facts(was[column]) === facts(is[column]));
}

function facts(value: unknown): string {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? JSON.stringify(value ?? null) : String(time);
}
