import type { Pool } from './pool.ts';

/** How far this process's clock is ahead of the database's, in milliseconds; off by half the round trip at most. */
export async function clockSkewMs(pool: Pool): Promise<number> {
  const sentAt = Date.now();
  const { rows } = await pool.query<{ ms: string }>('select extract(epoch from clock_timestamp()) * 1000 as ms');
  const middle = (sentAt + Date.now()) / 2;
  return middle - Number(rows[0]?.ms);
}
