import pg from 'pg';
import type { StoreTimeouts } from '../timeouts.ts';

export const appendConnections = 2;
const readConnectionsMax = 6;
const keepAliveAfterMs = 10_000;
// Shorter than the client's patience, so that the server's definite answer comes first whenever it can.
const serverShare = 0.8;

/** What every connection to the store has in common, the doorbell's too. */
export function connectionOptions(url: string, name: string, { connectMs }: StoreTimeouts): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
  };
}

export function openAppendPool(url: string, timeouts: StoreTimeouts): pg.Pool {
  return openPool(url, 'holdfast-append', appendConnections, timeouts, {
    lock_timeout: Math.round(timeouts.answerMs * serverShare),
    // An append whose client has gone must not go on waiting for its lock.
    options: '-c client_connection_check_interval=1000',
  });
}

export function openReadPool(url: string, timeouts: StoreTimeouts): pg.Pool {
  return openPool(url, 'holdfast-events', readConnectionsMax, timeouts, {});
}

function openPool(url: string, name: string, max: number, timeouts: StoreTimeouts, options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOptions(url, name, timeouts),
    max,
    statement_timeout: Math.round(timeouts.answerMs * serverShare),
    query_timeout: timeouts.answerMs,
    ...options,
  });
  // Without a listener, a connection that is lost would end the process: while it is idle by way of its pool, and while
  // it is taken on its own. Whoever uses it hears of the loss from the query.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
