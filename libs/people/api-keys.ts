import { randomBytes } from 'node:crypto';
import { idPrefixes } from '#ids';
import { transaction, type Pool } from '#platform';
import { apiKeyColumns, type ApiKey, type ApiKeyRole } from './api-key.ts';
import type { SessionCache } from './session-cache.ts';
import { endApiKeys } from './session-rows.ts';
import type { SignedSecrets } from './signed-secrets.ts';
import { newUserId } from './users.ts';

export const apiKeysMax = 200;
// An arbitrary number that no other advisory lock in the database uses.
const creationLock = 7_046_029_261;
const idBytes = 8;

export interface NewApiKey {
  readonly name: string;
  readonly role: ApiKeyRole;
  readonly expiresAt: Date | undefined;
}

export interface CreatedApiKey extends ApiKey {
  /** Shown once: only its hash is stored. */
  readonly key: string;
}

/** API keys are rows. One that acts as a user has a user of its own, without a login, who stays when the key is gone. */
export class ApiKeys {
  readonly #pool: Pool;
  readonly #cache: SessionCache;
  readonly #secrets: SignedSecrets;

  constructor(pool: Pool, cache: SessionCache, secrets: SignedSecrets) {
    this.#pool = pool;
    this.#cache = cache;
    this.#secrets = secrets;
  }

  /** Undefined if there are too many. */
  create({ name, role, expiresAt }: NewApiKey): Promise<CreatedApiKey | undefined> {
    const { text: key, hash } = this.#secrets.make();
    const id = `${idPrefixes.apiKey}${randomBytes(idBytes).toString('hex')}`;
    return transaction(this.#pool, async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [creationLock]);
      const { rows: counted } = await client.query<{ count: number }>(
        'select count(*)::integer as count from api_keys',
      );
      if ((counted[0]?.count ?? 0) >= apiKeysMax) return undefined;
      const userId = role === 'service' ? null : newUserId();
      if (userId !== null)
        await client.query('insert into users (id, name, role) values ($1, $2, $3)', [userId, name, role]);
      const { rows } = await client.query<ApiKey>(
        `insert into api_keys (id, name, role, user_id, key_hash, expires_at) values ($1, $2, $3, $4, $5, $6)
         returning ${apiKeyColumns}`,
        [id, name, role, userId, hash, expiresAt ?? null],
      );
      return rows[0] && { ...rows[0], key };
    });
  }

  /** It is worth nothing from here on. Undefined if there is no such key. */
  async revoke(id: string): Promise<ApiKey | undefined> {
    const [revoked] = await endApiKeys(this.#pool, 'one', id);
    if (revoked !== undefined) await this.#cache.end([{ id, userId: id }]);
    return revoked;
  }
}
