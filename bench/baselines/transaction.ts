import { Pool, type PoolClient } from 'pg';

/** A pool whose connections are open already. */
export async function openPool(url: string, connections: number): Promise<Pool> {
  const pool = new Pool({ connectionString: url, min: connections, max: connections });
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
  for (const client of clients) client.release();
  return pool;
}

/** Commits what was done, unless the result is undefined. */
export async function inTransaction<Row>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Row | undefined>,
): Promise<Row | undefined> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const row = await work(client);
    await client.query(row === undefined ? 'rollback' : 'commit');
    return row;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
