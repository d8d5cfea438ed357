import type { Pool } from 'pg';

/** Throws while PostgreSQL is a standby or read-only. */
export async function assertWritable(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ readonly: string }>(
    `select current_setting('transaction_read_only') as readonly`,
  );
  if (rows[0]?.readonly !== 'off') throw new Error('PostgreSQL is read-only');
}
