import type { Pool } from '#platform';
import type { SessionCache } from './session-cache.ts';
import { endSessions, type EndedSession } from './session-rows.ts';

const idShape = /^[\da-f]{32}$/;

/** Ends one or several sessions of a user; each method returns the ended ones. */
export class UserSessions {
  readonly #pool: Pool;
  readonly #cache: SessionCache;

  constructor(pool: Pool, cache: SessionCache) {
    this.#pool = pool;
    this.#cache = cache;
  }

  async endOne(userId: string, sessionId: string): Promise<readonly EndedSession[]> {
    return idShape.test(sessionId) ? this.#end('one', [sessionId, userId]) : [];
  }

  endOthers(userId: string, sessionId: string): Promise<readonly EndedSession[]> {
    return this.#end('othersOfUser', [userId, sessionId]);
  }

  endAll(userId: string): Promise<readonly EndedSession[]> {
    return this.#end('ofUser', [userId]);
  }

  async #end(which: 'one' | 'othersOfUser' | 'ofUser', values: readonly string[]): Promise<readonly EndedSession[]> {
    const ended = await endSessions(this.#pool, which, values);
    await this.#cache.end(ended);
    return ended;
  }
}
