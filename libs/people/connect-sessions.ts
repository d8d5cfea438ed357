import type { Config, Logger, Pool, Redis } from '#platform';
import { addressHash } from './address-hash.ts';
import { EndedSessions } from './ended-sessions.ts';
import { RefreshTokens } from './refresh-token.ts';
import { SecurityLog } from './security-log.ts';
import { SessionCache } from './session-cache.ts';
import { Sessions } from './sessions.ts';

export interface ConnectedSessions {
  readonly sessions: Sessions;
  readonly cache: SessionCache;
  close(): Promise<void>;
}

type SessionSettings = Pick<
  Config,
  | 'databaseUrl'
  | 'idSecret'
  | 'accessTokenTtlSeconds'
  | 'refreshTokenTtlSeconds'
  | 'sessionLifetimeSeconds'
  | 'refreshReuseSeconds'
>;

/** The sessions of a service process, which is notified when a session ends. */
export function connectSessions(config: SessionSettings, pool: Pool, redis: Redis, log?: Logger): ConnectedSessions {
  const {
    databaseUrl: url,
    idSecret,
    accessTokenTtlSeconds: cacheTtlSeconds,
    refreshTokenTtlSeconds: refreshTtlSeconds,
    sessionLifetimeSeconds: lifetimeSeconds,
    refreshReuseSeconds: reuseSeconds,
  } = config;
  const cache = new SessionCache(redis, cacheTtlSeconds, log);
  const ended = new EndedSessions({ url, pool, cacheTtlSeconds, ...(log === undefined ? {} : { log }) });
  const security = log && new SecurityLog(log, addressHash(idSecret));
  return {
    sessions: new Sessions({
      pool,
      cache,
      ended,
      refreshTokens: new RefreshTokens(idSecret),
      refreshTtlSeconds,
      lifetimeSeconds,
      reuseSeconds,
      outsideUserMade: (userId) => security?.record('user.admitted', { userId }),
    }),
    cache,
    close: () => ended.close(),
  };
}
