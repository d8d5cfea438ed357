import type { Pool } from './pool.ts';

const clockSkewMsMax = 1000;

/**
 * How far this process's clock is ahead of the database's at least, in milliseconds: the database looked at its own at
 * some moment between question and answer, and whatever can be explained by that is not the clock's fault.
 */
export async function clockSkewMs(pool: Pool): Promise<number> {
  const askedAt = Date.now();
  const { rows } = await pool.query<{ ms: string }>('select extract(epoch from clock_timestamp()) * 1000 as ms');
  const theirs = Number(rows[0]?.ms);
  return Math.max(askedAt - theirs, 0) + Math.min(Date.now() - theirs, 0);
}

/** Times are facts of events: a replica whose clock is off must not record any. */
export async function assertClock(pool: Pool): Promise<void> {
  const skewMs = await clockSkewMs(pool);
  if (Math.abs(skewMs) <= clockSkewMsMax) return;
  throw new Error(`this clock is at least ${Math.abs(skewMs)} ms ${skewMs > 0 ? 'ahead of' : 'behind'} PostgreSQL’s`);
}
