import { setTimeout } from 'node:timers/promises';
import { Accounts, SessionCache, Users } from '#auth';
import { createPool, createRedis, readConfig, untilConnected, type Redis } from '#platform';

interface People {
  readonly users: Users;
  readonly accounts: Accounts;
  readonly redis: Redis;
}

const redisWaitMs = 1000;

/** Without Redis, too: whoever serves requests hears from PostgreSQL when a session ends. */
export async function withPeople(work: (people: People) => Promise<void>): Promise<void> {
  const config = readConfig(process.env);
  const pool = createPool({ url: config.databaseUrl, connectionsMax: 1, name: 'holdfast-users' });
  const redis = createRedis(config.redisUrl);
  try {
    await Promise.race([untilConnected(redis), setTimeout(redisWaitMs, undefined, { ref: false })]);
    const cache = new SessionCache(redis, config.accessTokenTtlSeconds);
    await work({ users: new Users(pool), accounts: new Accounts(pool, cache), redis });
  } finally {
    redis.disconnect();
    await pool.end();
  }
}
