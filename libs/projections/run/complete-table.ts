import { askWithin, cancellable, type Pool } from '#platform';
import type { TableDefinition } from '../define/projection.ts';

// An arbitrary number that no other advisory lock in the database uses; with the table, it is a lock of its own.
const completionLock = 704_602;
const completionMsMax = 3_600_000;

/**
 * Creates the indexes that a replay does without, and collects statistics, before a table goes live. What was
 * interrupted is done again; of several callers, one does it.
 */
export async function completeTable(
  pool: Pool,
  table: string,
  { indexesAfterReplay = [] }: TableDefinition,
  signal?: AbortSignal,
): Promise<void> {
  const client = await pool.connect();
  try {
    await cancellable(pool, client, signal, async () => {
      await client.query('set statement_timeout = 0');
      await askWithin(completionMsMax, client, `select pg_advisory_lock(${completionLock}, hashtext('${table}'))`);
      for (const [at, index] of indexesAfterReplay.entries()) {
        signal?.throwIfAborted();
        const name = `${table}_after_replay_${at + 1}`;
        await askWithin(completionMsMax, client, `create index if not exists ${name} on ${table} ${index}`);
      }
      signal?.throwIfAborted();
      // The visibility map lets queries count in an index alone.
      await askWithin(completionMsMax, client, `vacuum (analyze) ${table}`);
    });
  } finally {
    // Ends the lock and the time limit with the connection.
    client.release(true);
  }
}
