import { transaction, type Pool, type PoolClient } from '#platform';
import { forgetAttempts } from './login-throttle.ts';
import type { OpenReset } from './password-resets.ts';
import { Passwords } from './passwords.ts';
import type { SessionCache } from './session-cache.ts';
import { endStandIns, endApiKeys, endSessions, type EndedSession } from './session-rows.ts';
import type { Caller } from './tokens.ts';
import { userColumns, userOf, type Role, type User, type UserRow } from './user.ts';

export interface ProfileChanges {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  /** null removes it. */
  readonly address?: string | null | undefined;
  readonly password?: NewPassword | undefined;
}

interface NewPassword {
  readonly current: string;
  readonly next: string;
  /** The session that the request comes from, if any. */
  readonly ipAddress?: string;
}

export type ProfileChanged =
  | { readonly outcome: 'changed'; readonly user: User }
  | { readonly outcome: 'wrong-password' }
  | { readonly outcome: 'unknown' };

interface Secret {
  readonly version: number;
  readonly hash: string;
}

/** Changes of users that may end sessions, both in one transaction, so that no session keeps outdated rights. */
export class Accounts {
  readonly #pool: Pool;
  readonly #cache: SessionCache;
  readonly #passwords: Passwords;

  constructor(pool: Pool, cache: SessionCache, passwords = new Passwords()) {
    this.#pool = pool;
    this.#cache = cache;
    this.#passwords = passwords;
  }

  /** A new password ends the other sessions of the caller. */
  async changeProfile(caller: Caller, { password, ...changes }: ProfileChanges): Promise<ProfileChanged> {
    const secret = password && (await this.#newSecret(caller.id, password));
    if (password !== undefined && secret === undefined) return { outcome: 'wrong-password' };
    const user = await this.#endingSessions(async (client) => {
      const changed = await changeRow(client, caller.id, changes, secret);
      const wantsEnd = changed !== undefined && secret !== undefined;
      if (wantsEnd) await forgetReset(client, caller.id);
      return [changed, wantsEnd ? await endSessions(client, 'othersOfUser', [caller.id, caller.sessionId]) : []];
    });
    if (user !== undefined) return { outcome: 'changed', user };
    // The row may exist, with a password that was changed since it was compared.
    return { outcome: secret === undefined ? 'unknown' : 'wrong-password' };
  }

  /**
   * Ends all sessions and API keys, because they contain the role. Returns the number of sessions; undefined if there is
   * no such user.
   */
  changeRole(userId: string, role: Role): Promise<number | undefined> {
    return this.#endingSessions(async (client) => {
      const { rowCount } = await client.query(
        'update users set role = $2, version = version + 1, updated_at = now() where id = $1',
        [userId, role],
      );
      const ended = await endSessions(client, 'ofUser', [userId]);
      return [rowCount === 0 ? undefined : ended.length, [...ended, ...(await endOthers(client, userId))]];
    });
  }

  /**
   * Ends all sessions and API keys, and every login that is under way. Returns the number of sessions; undefined if
   * there is no such user.
   */
  disable(userId: string): Promise<number | undefined> {
    return this.#endingSessions(async (client) => {
      const { rowCount } = await client.query(
        `update users set disabled_at = coalesce(disabled_at, now()), version = version + 1, updated_at = now()
         where id = $1`,
        [userId],
      );
      await forgetReset(client, userId);
      const ended = await endSessions(client, 'ofUser', [userId]);
      return [rowCount === 0 ? undefined : ended.length, [...ended, ...(await endOthers(client, userId))]];
    });
  }

  /** Ends all sessions. Returns their number; undefined if there is no such user. */
  async setPassword(userId: string, password: string): Promise<number | undefined> {
    const hash = await this.#passwords.hash(password);
    return this.#endingSessions(async (client) => {
      const { rowCount } = await client.query(
        'update users set password_hash = $2, version = version + 1, updated_at = now() where id = $1',
        [userId, hash],
      );
      await forgetReset(client, userId);
      const ended = await endSessions(client, 'ofUser', [userId]);
      return [rowCount === 0 ? undefined : ended.length, ended];
    });
  }

  /** Ends all sessions, forgets failed logins, and uses the reset up; returns whether it could be used. */
  async resetPassword({ user, tokenHash }: OpenReset, password: string, ipAddress?: string): Promise<boolean> {
    const hash = await this.#passwords.hash(password, ipAddress);
    return this.#endingSessions(async (client) => {
      // First, as everything else that changes a user does.
      await client.query('select from users where id = $1 for update', [user.id]);
      const { rowCount } = await client.query(
        `with used as (delete from password_resets where user_id = $1 and token_hash = $2 and expires_at > now()
                       returning user_id)
         update users set password_hash = $3, version = version + 1, updated_at = now()
         from used where id = used.user_id and disabled_at is null`,
        [user.id, tokenHash, hash],
      );
      if (rowCount === 0) return [false, []];
      await forgetAttempts(client, user.id);
      return [true, await endSessions(client, 'ofUser', [user.id])];
    });
  }

  /** The user can log in again. Returns whether the user exists. */
  async enable(userId: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      'update users set disabled_at = null, updated_at = now() where id = $1',
      [userId],
    );
    return rowCount === 1;
  }

  /** Deletes all personal data of the user; events keep only the id. Returns whether the user existed. */
  erase(userId: string): Promise<boolean> {
    return this.#endingSessions(async (client) => {
      // First, so that no session starts that the next line does not end.
      await client.query('select from users where id = $1 for update', [userId]);
      const ended = await endSessions(client, 'ofUser', [userId]);
      await forgetAttempts(client, userId);
      const others = await endOthers(client, userId);
      const { rowCount } = await client.query('delete from users where id = $1', [userId]);
      return [rowCount === 1, [...ended, ...others]];
    });
  }

  async #endingSessions<T>(work: (client: PoolClient) => Promise<[T, readonly EndedSession[]]>): Promise<T> {
    const [result, ended] = await transaction(this.#pool, work);
    await this.#cache.end(ended);
    return result;
  }

  /** Undefined if the given current password is wrong. */
  async #newSecret(userId: string, { current, next, ipAddress }: NewPassword): Promise<Secret | undefined> {
    const { rows } = await this.#pool.query<{ version: number; password_hash: string | null }>(
      'select version, password_hash from users where id = $1',
      [userId],
    );
    const matches = await this.#passwords.match(current, rows[0]?.password_hash ?? undefined, ipAddress);
    if (rows[0] === undefined || !matches) return undefined;
    return { version: rows[0].version, hash: await this.#passwords.hash(next, ipAddress) };
  }
}

/** A token that was handed over before would undo what has just been changed. */
async function forgetReset(client: PoolClient, userId: string): Promise<void> {
  await client.query('delete from password_resets where user_id = $1', [userId]);
}

/** What the user can do besides in sessions: by API keys, by services that act for them, by tokens of their issuer. */
async function endOthers(client: PoolClient, userId: string): Promise<EndedSession[]> {
  const keys = await endApiKeys(client, 'ofUser', userId);
  return [...keys.map(({ id }) => ({ id, userId: id })), ...(await endStandIns(client, userId))];
}

async function changeRow(
  client: PoolClient,
  userId: string,
  { name, phone, address }: Omit<ProfileChanges, 'password'>,
  secret: Secret | undefined,
): Promise<User | undefined> {
  const { rows } = await client.query<UserRow>(
    `update users set name = coalesce($2, name), phone = coalesce($3, phone),
       address = case when $7 then null else coalesce($4, address) end,
       password_hash = coalesce($5, password_hash), version = version + ($5::text is not null)::integer,
       updated_at = now()
     where id = $1 and ($6::integer is null or version = $6) returning ${userColumns}`,
    [userId, name, phone, address, secret?.hash, secret?.version, address === null],
  );
  return rows[0] && userOf(rows[0]);
}
