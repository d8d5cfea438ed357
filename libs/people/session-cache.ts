import type { Logger, Redis } from '#platform';
import type { Caller } from './tokens.ts';
import type { EndedSession } from './session-rows.ts';

type Stored = Pick<Caller, 'id' | 'sessionId'>;

const live = '1';
const ended = '0';

/** One hash tag for everything stored about a user. */
export function sessionKey(userId: string, sessionId: string): string {
  return `{${userId}}:session:${sessionId}`;
}

/** Sessions in Redis: a copy, which may be missing or outdated. */
export class SessionCache {
  readonly #redis: Redis;
  readonly #ttlSeconds: number;
  readonly #log: Logger | undefined;

  /** The lifetime of an access token: after that, no request uses the session without a refresh. */
  constructor(redis: Redis, ttlSeconds: number, log?: Logger) {
    this.#redis = redis;
    this.#ttlSeconds = ttlSeconds;
    this.#log = log;
  }

  /** Whether the session is live; undefined if unknown. */
  async read({ id, sessionId }: Stored): Promise<boolean | undefined> {
    try {
      const known = await this.#redis.get(sessionKey(id, sessionId));
      return known === null ? undefined : known === live;
    } catch {
      return undefined;
    }
  }

  /** Only if nothing is stored: the session may have ended since PostgreSQL was read. */
  async remember({ id, sessionId }: Stored): Promise<void> {
    try {
      await this.#redis.set(sessionKey(id, sessionId), live, 'EX', this.#ttlSeconds, 'NX');
    } catch {
      // The next request asks PostgreSQL again.
    }
  }

  /** Redis may be unavailable: its readers are notified of the end by PostgreSQL. */
  async end(sessions: readonly EndedSession[]): Promise<void> {
    const writes = sessions.map(({ id, userId }) =>
      this.#redis.set(sessionKey(userId, id), ended, 'EX', this.#ttlSeconds),
    );
    for (const { reason } of (await Promise.allSettled(writes)).filter(({ status }) => status === 'rejected') as {
      reason: unknown;
    }[]) {
      this.#log?.warn({ err: reason }, 'the end of a session could not be written to Redis');
    }
  }
}
