import { createPool, type Pool } from '#platform';
import type { StoreTimeouts } from '../timeouts.ts';

export const appendConnections = 2;
const readConnectionsMax = 6;
// Shorter than the statement time-out, so that the error names the lock.
const lockShare = 0.75;
// Positions are bigints for the code too.
const bigints = 'text';

export function openAppendPool(url: string, timeouts: StoreTimeouts): Pool {
  return createPool({
    url,
    name: 'holdfast-append',
    connectionsMax: appendConnections,
    timeouts,
    bigints,
    session: {
      lock_timeout: Math.round(timeouts.answerMs * lockShare),
      // An append whose client disconnected must not keep waiting for its lock.
      options: '-c client_connection_check_interval=1000',
    },
  });
}

export function openReadPool(url: string, timeouts: StoreTimeouts): Pool {
  return createPool({ url, name: 'holdfast-events', connectionsMax: readConnectionsMax, timeouts, bigints });
}
