import { createRedis, untilConnected, type Redis } from '#platform';
import { testUrl } from './fresh-database.ts';

const commandTimeoutMs = 30_000;

/** An empty Redis for the test: each worker of the test run has its own logical database. */
export async function freshRedis(): Promise<{ redis: Redis; url: string }> {
  const url = `${testUrl('TEST_REDIS_URL')}/${process.env['JEST_WORKER_ID'] ?? '0'}`;
  const redis = createRedis(url);
  await untilConnected(redis);
  // A test on a busy machine may wait for longer than a service.
  redis.options.commandTimeout = commandTimeoutMs;
  await redis.flushdb();
  return { redis, url };
}
