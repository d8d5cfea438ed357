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

/** A pool that ends in bounded time, though the server should hang and never say goodbye. */
export interface EventPool {
  readonly pool: pg.Pool;
  readonly end: () => Promise<void>;
}

export function openAppendPool(url: string, timeouts: StoreTimeouts): EventPool {
  return openPool(url, 'holdfast-append', appendConnections, timeouts, {
    lock_timeout: Math.round(timeouts.answerMs * serverShare),
    // An append whose client has gone must not go on waiting for its lock.
    options: '-c client_connection_check_interval=1000',
  });
}

export function openReadPool(url: string, timeouts: StoreTimeouts): EventPool {
  return openPool(url, 'holdfast-events', readConnectionsMax, timeouts, {});
}

function openPool(url: string, name: string, max: number, timeouts: StoreTimeouts, options: pg.PoolConfig): EventPool {
  const pool = new pg.Pool({
    ...connectionOptions(url, name, timeouts),
    max,
    statement_timeout: Math.round(timeouts.answerMs * serverShare),
    query_timeout: timeouts.answerMs,
    ...options,
  });
  const clients = new Set<pg.ClientBase>();
  // Without a listener, a connection that is lost would end the process: while it is idle by way of its pool, and while
  // it is taken on its own. Whoever uses it hears of the loss from the query.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    clients.add(client);
  });
  pool.on('remove', (client) => clients.delete(client));
  return { pool, end: () => within(timeouts.connectMs, pool.end(), () => clients.forEach(hangUp)) };
}

/** Gives something the time to end by itself, and then makes an end of it. */
export async function within(ms: number, ending: Promise<void>, makeAnEnd: () => void): Promise<void> {
  const late = setTimeout(makeAnEnd, ms);
  await ending.finally(() => clearTimeout(late));
}

/** Without a goodbye, for which the server would have to listen. */
export function hangUp(client: pg.ClientBase): void {
  (client as pg.Client).connection.stream.destroy();
}
