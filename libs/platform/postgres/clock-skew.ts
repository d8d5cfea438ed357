import type { Pool } from './pool.ts';

const clockSkewMsMax = 1000;

/**
 * The minimum difference between this clock and that of the database, in milliseconds. The database read its clock at
 * some time between query and answer, so the duration of the query is tolerated.
 */
export async function clockSkewMs(pool: Pool): Promise<number> {
  const askedAt = Date.now();
  const { rows } = await pool.query<{ ms: string }>('select extract(epoch from clock_timestamp()) * 1000 as ms');
  const theirs = Number(rows[0]?.ms);
  return Math.max(askedAt - theirs, 0) + Math.min(Date.now() - theirs, 0);
}

/** Events contain times, so a process with a wrong clock must not record any. */
export async function assertClock(pool: Pool): Promise<void> {
  const skewMs = await clockSkewMs(pool);
  if (Math.abs(skewMs) <= clockSkewMsMax) return;
  throw new Error(`this clock is at least ${Math.abs(skewMs)} ms ${skewMs > 0 ? 'ahead of' : 'behind'} PostgreSQL’s`);
}
