import { Redis } from 'ioredis';
import type { Logger } from 'pino';

export type { Redis } from 'ioredis';

const commandTimeoutMs = 1000;
const reconnectMsMax = 1000;

/**
 * A connection that fails fast while Redis is away, since nothing that Holdfast keeps there is the only copy, and comes
 * back by itself.
 */
export function createRedis(url: string, log?: Logger): Redis {
  const redis = new Redis(url, {
    commandTimeout: commandTimeoutMs,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    // What is asked in one turn of the event loop goes out in one write: the dearest part of asking.
    enableAutoPipelining: true,
    retryStrategy: (attempt) => Math.min(attempt * 50, reconnectMsMax),
  });
  let away = false;
  redis.on('error', (error: Error) => {
    if (!away) log?.warn({ err: error }, 'Redis is away');
    away = true;
  });
  redis.on('ready', () => {
    if (away) log?.info('Redis is back');
    away = false;
  });
  return redis;
}

export async function untilConnected(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve) => {
    redis.once('ready', resolve);
  });
}
