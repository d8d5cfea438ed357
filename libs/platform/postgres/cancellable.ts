import type { Pool, PoolClient } from 'pg';

/** Cancels the statement in progress on this connection when the signal is aborted, and throws the signal's reason. */
export async function cancellable<T>(
  pool: Pool,
  client: PoolClient,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  let cancelled: Promise<unknown> = Promise.resolve();
  const cancel = (): void => {
    cancelled = pool.query('select pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => undefined);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    signal?.throwIfAborted();
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
    // It must not hit a later statement of the connection.
    await cancelled;
  }
}
