import type { Logger, Redis } from '#platform';
import type { Caller } from './tokens.ts';
import type { EndedSession } from './session-rows.ts';

const live = '1';
const ended = '0';

/** One hash tag for all that is kept of a user. */
export function sessionKey(userId: string, sessionId: string): string {
  return `{${userId}}:session:${sessionId}`;
}

/** What Redis knows of sessions: a copy, which may be lost or old. */
export class SessionCache {
  readonly #redis: Redis;
  readonly #ttlSeconds: number;
  readonly #log: Logger | undefined;

  /** For as long as an access token lives: no longer does anybody ask for the session without refreshing it. */
  constructor(redis: Redis, ttlSeconds: number, log?: Logger) {
    this.#redis = redis;
    this.#ttlSeconds = ttlSeconds;
    this.#log = log;
  }

  /** Whether the session is live; undefined when that is not known here. */
  async read({ id, sessionId }: Caller): Promise<boolean | undefined> {
    try {
      const known = await this.#redis.get(sessionKey(id, sessionId));
      return known === null ? undefined : known === live;
    } catch {
      return undefined;
    }
  }

  /** Only where nothing is known: the session may have ended since PostgreSQL was asked. */
  async remember({ id, sessionId }: Caller): Promise<void> {
    try {
      await this.#redis.set(sessionKey(id, sessionId), live, 'EX', this.#ttlSeconds, 'NX');
    } catch {
      // The next request asks PostgreSQL again.
    }
  }

  /** Redis may be away: whoever asks it when it is back has heard of the end from PostgreSQL. */
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
