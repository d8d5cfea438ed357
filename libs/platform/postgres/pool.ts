import { Pool, type PoolClient } from 'pg';
import type { Logger } from 'pino';

export type { Pool, PoolClient } from 'pg';

export interface PoolOptions {
  readonly url: string;
  readonly connectionsMax: number;
  readonly name: string;
  readonly log?: Logger;
}

const connectTimeoutMs = 3000;
const statementTimeoutMs = 30_000;

export function createPool({ url, connectionsMax, name, log }: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    max: connectionsMax,
    application_name: name,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    keepAlive: true,
  });
  // Without listeners, a connection that the server closes would end the process: idle, or lent out between two queries.
  const onLoss = (error: Error): void => log?.warn({ err: error }, 'a PostgreSQL connection was lost');
  pool.on('error', onLoss);
  pool.on('connect', (client) => client.on('error', onLoss));
  return pool;
}

/** Runs the work in one transaction; a connection that cannot even roll back is thrown away. */
export async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}
