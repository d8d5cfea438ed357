import { setTimeout } from 'node:timers/promises';
import { Accounts, addressHash, SecurityLog, SessionCache, SessionList, Users, UserSessions } from '#people';
import { createLogger, createPool, createRedis, readConfig, untilConnected, type Config, type Redis } from '#platform';

interface People {
  readonly config: Config;
  readonly users: Users;
  readonly accounts: Accounts;
  readonly sessionList: SessionList;
  readonly sessions: UserSessions;
  readonly security: SecurityLog;
  readonly redis: Redis;
}

const redisWaitMs = 1000;

/** Redis is optional: services are notified of ended sessions by PostgreSQL. */
export async function withPeople(work: (people: People) => Promise<void>): Promise<void> {
  const config = readConfig(process.env);
  const pool = createPool({ url: config.databaseUrl, connectionsMax: 1, name: 'holdfast-users' });
  const redis = createRedis(config.redisUrl);
  try {
    await Promise.race([untilConnected(redis), setTimeout(redisWaitMs, undefined, { ref: false })]);
    const cache = new SessionCache(redis, config.accessTokenTtlSeconds);
    await work({
      config,
      users: new Users(pool),
      accounts: new Accounts(pool, cache),
      sessionList: new SessionList(pool),
      sessions: new UserSessions(pool, cache),
      security: new SecurityLog(logTo(process.stderr, config), addressHash(config.idSecret)),
      redis,
    });
  } finally {
    redis.disconnect();
    await pool.end();
  }
}

/** Standard output is only for results. */
function logTo(stream: NodeJS.WritableStream, { logLevel }: Config) {
  return createLogger('cli', { logLevel, logFormat: 'json' }, { write: (line) => stream.write(line) });
}
