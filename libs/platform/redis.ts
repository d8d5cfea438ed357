import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { ConfigurationError } from './config/read-config.ts';

export type { Redis } from 'ioredis';

const commandTimeoutMs = 1000;
/** A connection without data for this long is dropped and replaced; commands fail immediately in the meantime. */
const silenceMsMax = 2000;
const reconnectMsMax = 1000;
const closeMsMax = 200;

/**
 * A connection that fails fast while Redis is unavailable, because Redis never holds the only copy, and reconnects
 * automatically.
 */
export function createRedis(url: string, log?: Logger): Redis {
  const redis = new Redis(url, {
    commandTimeout: commandTimeoutMs,
    socketTimeout: silenceMsMax,
    connectTimeout: silenceMsMax,
    // A connection that was closed before is waited for all the same, and keeps the process from its end meanwhile.
    disconnectTimeout: closeMsMax,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    // Commands of one turn of the event loop are sent in one write, the most expensive part of a call.
    enableAutoPipelining: true,
    retryStrategy: (attempt) => Math.min(attempt * 50, reconnectMsMax),
  });
  let away: string | undefined;
  redis.on('error', (error: Error) => {
    if (error.message !== away) log?.warn({ err: error }, 'Redis is unavailable');
    away = error.message;
  });
  redis.on('ready', () => {
    if (away !== undefined) log?.info('Redis is available again');
    away = undefined;
  });
  return redis;
}

export async function untilConnected(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve) => {
    redis.once('ready', resolve);
  });
}

/** The reason is already in the log. */
export async function assertConnected(redis: Redis): Promise<void> {
  if (redis.status !== 'ready') throw new Error('it cannot be reached');
  await redis.ping();
}

const policyTimeoutMs = 2000;

/**
 * Rejects a Redis that evicts keys when memory is short: it would silently lose ended sessions and running requests. A
 * Redis that is unavailable or does not report its policy is accepted.
 */
export async function rejectForgetfulRedis(redis: Redis): Promise<void> {
  const asked = untilConnected(redis).then(() => redis.config('GET', 'maxmemory-policy'));
  const late = AbortSignal.timeout(policyTimeoutMs);
  const tooLate = new Promise<undefined>((resolve) => {
    late.addEventListener('abort', () => resolve(undefined));
  });
  const answer = await Promise.race([asked, tooLate]).catch(() => undefined);
  const policy = Array.isArray(answer) ? String(answer[1]) : 'noeviction';
  if (policy === 'noeviction') return;
  throw new ConfigurationError([
    `Redis has the maxmemory-policy ${policy} and may evict keys that must stay: set it to noeviction`,
  ]);
}
