import type { Logger, Pool } from '#platform';
import { knownDaysMax } from './known-networks.ts';

const sweepEveryMs = 600_000;
const rowsMax = 10_000;

/** Longer than Redis, or a process without notifications, can consider an ended session live. */
const endedKeptHours = 48;

/** So that it can be seen why a key stopped working. */
const expiredKeysKeptDays = 30;

const old = {
  login_attempts: 'ends_at < now()',
  login_queues: 'ends_at < now()',
  known_networks: `used_at < now() - interval '${knownDaysMax} days'`,
  sessions: 'expires_at < now()',
  password_resets: 'expires_at < now()',
  api_keys: `expires_at < now() - interval '${expiredKeysKeptDays} days'`,
  ended_sessions: `ended_at < now() - interval '${endedKeptHours} hours'`,
} as const;

/** Deletes expired rows in small batches, so that no other query waits for it; returns their number. */
export async function sweepAuth(pool: Pool): Promise<number> {
  let deleted = 0;
  for (const [table, isOld] of Object.entries(old)) {
    let count = rowsMax;
    while (count === rowsMax) {
      const some = `select ctid from ${table} where ${isOld} limit ${rowsMax} for update skip locked`;
      count = (await pool.query(`delete from ${table} where ctid in (${some})`)).rowCount ?? 0;
      deleted += count;
    }
  }
  return deleted;
}

/** Sweeps periodically; returns a function that stops it. */
export function keepSwept(pool: Pool, log: Logger): () => void {
  const timer = setInterval(() => {
    sweepAuth(pool).catch((error: unknown) =>
      log.warn({ err: error }, 'deleting expired sessions, keys and login attempts failed'),
    );
  }, sweepEveryMs).unref();
  return () => clearInterval(timer);
}
