import type { Pool } from '#platform';

export interface UserSession {
  readonly id: string;
  readonly createdAt: Date;
  /** null if never refreshed. */
  readonly refreshedAt: Date | null;
  readonly expiresAt: Date;
}

/** The live sessions of a user; few enough for one answer. */
export class SessionList {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The newest first. */
  async of(userId: string): Promise<UserSession[]> {
    const { rows } = await this.#pool.query<UserSession>(
      `select id, created_at as "createdAt", refreshed_at as "refreshedAt", expires_at as "expiresAt"
       from sessions where user_id = $1 and expires_at > now() order by created_at desc, id`,
      [userId],
    );
    return rows;
  }
}
