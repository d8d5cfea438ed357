import type { Pool } from '#platform';
import { SignedSecrets } from './signed-secrets.ts';
import { userColumns, userOf, type User, type UserRow } from './user.ts';

export interface PasswordReset {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Names a reset that may still be used. */
export interface OpenReset {
  readonly user: User;
  readonly tokenHash: Buffer;
}

/** Tokens with which a user sets a new password, once. Each user has one at most: the newest. */
export class PasswordResets {
  readonly #pool: Pool;
  readonly #secrets: SignedSecrets;
  readonly #ttlSeconds: number;

  constructor(pool: Pool, secret: string, ttlSeconds: number) {
    this.#pool = pool;
    this.#secrets = new SignedSecrets(secret, 'password resets', '');
    this.#ttlSeconds = ttlSeconds;
  }

  /** Undefined if there is no such user, or they cannot log in. */
  async make(userId: string): Promise<PasswordReset | undefined> {
    const { text: token, hash } = this.#secrets.make();
    const { rows } = await this.#pool.query<{ expiresAt: Date }>(
      `insert into password_resets (user_id, token_hash, expires_at)
       select id, $2, now() + make_interval(secs => $3) from users
       where id = $1 and disabled_at is null and (email is not null or user_name is not null) for key share
       on conflict (user_id) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at
       returning expires_at as "expiresAt"`,
      [userId, hash, this.#ttlSeconds],
    );
    return rows[0] && { token, expiresAt: rows[0].expiresAt };
  }

  /** Undefined for a token that is forged, used, replaced or expired. */
  async find(token: string): Promise<OpenReset | undefined> {
    const tokenHash = this.#secrets.hashOf(token);
    if (tokenHash === undefined) return undefined;
    const { rows } = await this.#pool.query<UserRow>(
      `select ${userColumns} from users where id = (
         select user_id from password_resets where token_hash = $1 and expires_at > now())`,
      [tokenHash],
    );
    return rows[0] && { user: userOf(rows[0]), tokenHash };
  }
}
