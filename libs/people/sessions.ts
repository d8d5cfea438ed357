import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { isOutage, type Pool } from '#platform';
import type { EndedSessions } from './ended-sessions.ts';
import { makeOutsideUser } from './issuers/make-outside-user.ts';
import type { OutsideIdentity } from './issuers/outside-user.ts';
import type { RefreshToken, RefreshTokens } from './refresh-token.ts';
import type { SessionCache } from './session-cache.ts';
import { endSessions, type EndedSession } from './session-rows.ts';
import type { Caller } from './tokens.ts';
import type { User } from './user.ts';

/** The result of a successful login: a session and its refresh token. */
export interface Begun {
  readonly caller: Caller;
  readonly refreshToken: string;
  /** Time until the session expires; none of its tokens may outlive it. */
  readonly secondsLeft: number;
}

export interface SessionsOptions {
  readonly pool: Pool;
  readonly cache: SessionCache;
  readonly ended: EndedSessions;
  readonly refreshTokens: RefreshTokens;
  readonly refreshTtlSeconds: number;
  /** Maximum lifetime, from the login. */
  readonly lifetimeSeconds: number;
  /** How long the refresh token used last may come again; 0 for never. */
  readonly reuseSeconds: number;
  /** Told of each user of an outside issuer, once. */
  readonly outsideUserMade?: (userId: string) => void;
}

/** What a request depends on: a session, an API key, or a user who is not in a session of ours. */
export type Living = Pick<Caller, 'id' | 'sessionId' | 'outside'> & { readonly kind?: keyof typeof liveRows };

const liveRows = {
  session: 'select from sessions where id = $1 and user_id = $2 and expires_at > now()',
  apiKey: 'select from api_keys where id = $1 and id = $2 and (expires_at is null or expires_at > now())',
  customer: `select from users where $1::text is not null and id = $2 and role = 'customer' and disabled_at is null`,
  outside: 'select from users where $1::text is not null and id = $2 and issuer is not null and disabled_at is null',
} as const;

const idBytes = 16;
const seedBytes = 16;
const perUserMax = 100;
/** For so long, a user of an outside issuer who may not come in is not asked for again. */
const lockedOutMs = 1000;
const lockedOutMax = 10_000;
const refreshed = `json_build_object('id', u.id, 'role', u.role, 'sessionId', s.id) as caller,
  greatest(1, floor(extract(epoch from s.expires_at - now())))::integer as "secondsLeft"`;

/** Sessions are rows in PostgreSQL. Redis caches their state, and every process is notified when one ends. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #lockedOut = new LRUCache<string, true>({ max: lockedOutMax, ttl: lockedOutMs });

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** Undefined if the password or role of the user has changed since the login was verified, or the user was erased. */
  async begin({ id, role, version }: Pick<User, 'id' | 'role' | 'version'>): Promise<Begun | undefined> {
    const { pool, cache, refreshTokens, refreshTtlSeconds, lifetimeSeconds } = this.#options;
    const secondsLeft = Math.min(refreshTtlSeconds, lifetimeSeconds);
    const sessionId = randomBytes(idBytes).toString('hex');
    const token = refreshTokens.make();
    const { rowCount } = await pool.query(
      // Locked, so that a change that ends all sessions of the user either ends this one too or is visible here.
      `with owner as (select id from users where id = $2 and version = $3 and disabled_at is null for share)
       insert into sessions (id, user_id, refresh_family, refresh_hash, expires_at)
       select $1, id, $4, $5, now() + make_interval(secs => $6) from owner`,
      [sessionId, id, version, token.familyHash, token.secretHash, secondsLeft],
    );
    if (rowCount === 0) return undefined;
    await cache.end(await endSessions(pool, 'beyondNewest', [id, perUserMax]));
    return { caller: { id, role, sessionId }, refreshToken: token.text, secondsLeft };
  }

  /**
   * Exchanges the current refresh token for a new one. For a short time, the one before gives the same new one again,
   * because the answer may have been lost, or another tab may have been faster. Any other token of the session was used
   * before, by its owner or by a thief, so the session is ended. A session past its lifetime is not refreshed.
   */
  async refresh(text: string, reused?: (ended: EndedSession) => void): Promise<Begun | undefined> {
    const { pool, cache, refreshTokens, refreshTtlSeconds, lifetimeSeconds } = this.#options;
    const token = refreshTokens.read(text);
    if (token === undefined) return undefined;
    const seed = randomBytes(seedBytes);
    const next = refreshTokens.successorOf(token, seed);
    const { rows } = await pool.query<{ caller: Caller; secondsLeft: number }>(
      `update sessions s set refresh_hash = $3, refresh_seed = $6, refreshed_at = now(),
         expires_at = least(now() + make_interval(secs => $4), s.created_at + make_interval(secs => $5))
       from users u
       where u.id = s.user_id and s.refresh_family = $1 and s.refresh_hash = $2 and s.expires_at > now()
         and s.created_at + make_interval(secs => $5) > now()
       returning ${refreshed}`,
      [token.familyHash, token.secretHash, next.secretHash, refreshTtlSeconds, lifetimeSeconds, seed],
    );
    if (rows[0] !== undefined) return { ...rows[0], refreshToken: next.text };
    const again = await this.#refreshedJustNow(token);
    if (again !== undefined) return again;
    const ended = await endSessions(pool, 'ofFamily', [token.familyHash, token.secretHash]);
    await cache.end(ended);
    for (const session of ended) reused?.(session);
    return undefined;
  }

  /** What the refresh with this token gave, if that was a short time ago and its new token has not been used yet. */
  async #refreshedJustNow(token: RefreshToken): Promise<Begun | undefined> {
    const { pool, refreshTokens, reuseSeconds } = this.#options;
    const { rows } = await pool.query<{ caller: Caller; secondsLeft: number; hash: Buffer; seed: Buffer }>(
      `select ${refreshed}, s.refresh_hash as hash, s.refresh_seed as seed
       from sessions s join users u on u.id = s.user_id
       where s.refresh_family = $1 and s.refresh_seed is not null and s.expires_at > now()
         and s.refreshed_at > now() - make_interval(secs => $2)`,
      [token.familyHash, reuseSeconds],
    );
    if (rows[0] === undefined) return undefined;
    const { caller, secondsLeft, hash, seed } = rows[0];
    const next = refreshTokens.successorOf(token, seed);
    return next.secretHash.equals(hash) ? { caller, secondsLeft, refreshToken: next.text } : undefined;
  }

  async end({ id, sessionId }: Caller): Promise<void> {
    const { pool, cache } = this.#options;
    await cache.end(await endSessions(pool, 'one', [sessionId, id]));
  }

  /**
   * Redis is trusted only while notifications are received, because it may have been unavailable and returned with old
   * data. `cached` is its state, if the caller has read it already.
   */
  async isLive(living: Living, cached?: boolean): Promise<boolean> {
    const endedLately = this.endedLately(living.sessionId);
    if (endedLately === true) return canBeginAgain(living) && this.isLiveInPostgres(living);
    if (endedLately === undefined) return this.#isLiveUnheard(living, cached);
    if (cached !== undefined) return cached || (canBeginAgain(living) && this.isLiveInPostgres(living));
    const known = await this.#options.cache.read(living);
    // Checked again: its end may have been notified in the meantime.
    if (known !== undefined) return this.isLive(living, known);
    const live = await this.isLiveInPostgres(living);
    if (live) void this.remember(living);
    return live;
  }

  /** Undefined while notifications are interrupted. */
  endedLately(sessionId: string): boolean | undefined {
    return this.#options.ended.has(sessionId);
  }

  /** A user of an outside issuer who is not known yet is made. */
  async isLiveInPostgres(living: Living): Promise<boolean> {
    const { id, outside } = living;
    if (outside === undefined) return this.#hasLiveRow(living);
    if (this.#lockedOut.has(id)) return false;
    if ((await this.#hasLiveRow(living)) || (await this.#makeOutsideUser(id, outside))) return true;
    // Another request may have made the user meanwhile.
    const isLive = await this.#hasLiveRow(living);
    if (!isLive) this.#lockedOut.set(id, true);
    return isLive;
  }

  async #makeOutsideUser(id: string, outside: OutsideIdentity): Promise<boolean> {
    const { pool, outsideUserMade } = this.#options;
    const isMade = await makeOutsideUser(pool, id, outside);
    if (isMade) outsideUserMade?.(id);
    return isMade;
  }

  async #hasLiveRow({ id, sessionId, kind = 'session' }: Living): Promise<boolean> {
    const { rowCount } = await this.#options.pool.query(liveRows[kind], [sessionId, id]);
    return rowCount === 1;
  }

  /** Must be called only after isLiveInPostgres returned true. */
  remember(living: Living): Promise<void> {
    return this.#options.cache.remember(living);
  }

  /**
   * No session can end while PostgreSQL is unavailable, so Redis may answer, because it was told of the last that did.
   */
  async #isLiveUnheard(living: Living, cached: boolean | undefined): Promise<boolean> {
    try {
      return await this.isLiveInPostgres(living);
    } catch (error) {
      const known = isOutage(error) ? (cached ?? (await this.#options.cache.read(living))) : undefined;
      if (known === undefined) throw error;
      return known;
    }
  }
}

/** A user who was disabled may be enabled again. */
function canBeginAgain({ kind }: Living): boolean {
  return kind === 'customer' || kind === 'outside';
}
