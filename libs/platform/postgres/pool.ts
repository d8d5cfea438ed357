import type { ClientConfig, Pool, PoolClient } from 'pg';
import type { Logger } from 'pino';
import { CheckedPool } from './checked-pool.ts';
import { bigintsAsNumbers } from './integers.ts';
import { isUnanswered, lineConfig, lineTimeouts, statementMsOf, type LineTimeouts } from './line.ts';

export type { Pool, PoolClient } from 'pg';

export interface PoolOptions {
  readonly url: string;
  readonly connectionsMax: number;
  readonly name: string;
  readonly log?: Logger;
  readonly timeouts?: LineTimeouts;
  /** Parsed to numbers by default; callers that need the whole range of bigint ask for text. */
  readonly bigints?: 'numbers' | 'text';
  readonly session?: Pick<ClientConfig, 'lock_timeout' | 'options'>;
}

export function createPool(options: PoolOptions): Pool {
  const { url, connectionsMax, name, log, timeouts = lineTimeouts, bigints = 'numbers', session = {} } = options;
  const { options: sessionOptions, ...sessionLimits } = session;
  const pool = new CheckedPool({
    ...lineConfig(url, name, timeouts, sessionOptions),
    connectionTimeoutMillis: timeouts.connectMs,
    max: connectionsMax,
    statement_timeout: statementMsOf(timeouts),
    ...(bigints === 'numbers' && { types: bigintsAsNumbers }),
    ...sessionLimits,
  });
  // Without listeners, a connection closed by the server while idle or between two queries would end the process.
  const onLoss = (error: Error): void => log?.warn({ err: error }, 'a PostgreSQL connection was lost');
  pool.on('error', onLoss);
  pool.on('connect', (client) => client.on('error', onLoss));
  return pool;
}

type Work<T> = (client: PoolClient) => Promise<T>;

/** Runs the work in one transaction. */
export function transaction<T>(pool: Pool, work: Work<T>): Promise<T> {
  return within(pool, 'begin', 'commit', work);
}

/** Runs the work in a transaction that is always rolled back. */
export function rolledBack<T>(pool: Pool, work: Work<T>, begin = 'begin'): Promise<T> {
  return within(pool, begin, 'rollback', work);
}

/** A connection that cannot roll back is discarded, and so is one whose answer may still arrive. */
async function within<T>(pool: Pool, begin: string, end: string, work: Work<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query(end);
    return result;
  } catch (error) {
    if (isUnanswered(error)) broken = error as Error;
    else await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}
