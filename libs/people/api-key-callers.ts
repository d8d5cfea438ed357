import { LRUCache } from 'lru-cache';
import type { Pool } from '#platform';
import type { ApiKeyRole } from './api-key.ts';
import type { SignedSecrets } from './signed-secrets.ts';

/** Facts of a key that never change. Whether it was revoked since is another question (`Sessions.isLive`). */
export interface KnownApiKey {
  readonly id: string;
  readonly role: ApiKeyRole;
  readonly userId: string | null;
}

interface Remembered {
  readonly key: KnownApiKey | undefined;
  readonly expiresAt: number;
}

const rememberedMax = 10_000;
/** For so long, a key that does not exist (any more) is not asked for again. */
const unknownMs = 10_000;
const usesNotedEveryMs = 60_000;
/** Digits alone are a number. */
const idShape = /^(?!\d+$)[\w.-]{1,64}$/;

/** Who asks with an API key. PostgreSQL is asked once for each key and process. */
export class ApiKeyCallers {
  readonly #pool: Pool;
  readonly #secrets: SignedSecrets;
  readonly #known = new LRUCache<string, Remembered>({ max: rememberedMax });
  /** Keys whose last use was noted a short time ago. */
  readonly #noted = new LRUCache<string, true>({ max: rememberedMax, ttl: usesNotedEveryMs });
  /** A number is given to no other user. */
  readonly #ids = new LRUCache<string, string>({ max: rememberedMax });

  constructor(pool: Pool, secrets: SignedSecrets) {
    this.#pool = pool;
    this.#secrets = secrets;
  }

  /** Undefined for a key that is forged, unknown or expired. */
  async find(text: string, now = Date.now()): Promise<KnownApiKey | undefined> {
    const remembered = this.#known.get(text);
    if (remembered !== undefined) return now < remembered.expiresAt ? remembered.key : undefined;
    const hash = this.#secrets.hashOf(text);
    if (hash === undefined) return undefined;
    const { rows } = await this.#pool.query<KnownApiKey & { expiresAt: Date | null }>(
      'select id, role, user_id as "userId", expires_at as "expiresAt" from api_keys where key_hash = $1',
      [hash],
    );
    const found = rows[0];
    if (found === undefined) {
      this.#known.set(text, { key: undefined, expiresAt: 0 }, { ttl: unknownMs });
      return undefined;
    }
    const { id, role, userId } = found;
    const expiresAt = found.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    this.#known.set(text, { key: { id, role, userId }, expiresAt });
    return now < expiresAt ? { id, role, userId } : undefined;
  }

  /** What is remembered of a key, without asking. */
  remembered(text: string): KnownApiKey | undefined {
    return this.#known.peek(text)?.key;
  }

  /** When a remembered key expires, in milliseconds since 1970. */
  expiresAt(text: string): number | undefined {
    return this.#known.peek(text)?.expiresAt;
  }

  /** Not awaited, and at most once a minute for each key. */
  noteUse(id: string): void {
    if (this.#noted.has(id)) return;
    this.#noted.set(id, true);
    const writing = this.#pool.query('update api_keys set last_used_at = now() where id = $1', [id]);
    writing.catch(() => this.#noted.delete(id));
  }

  /** The id of a customer who is named by id or number; undefined if there can be none. */
  async customerNamed(idOrNumber: string): Promise<string | undefined> {
    if (idShape.test(idOrNumber)) return idOrNumber;
    if (!/^\d{1,15}$/.test(idOrNumber)) return undefined;
    const known = this.#ids.get(idOrNumber);
    if (known !== undefined) return known;
    const { rows } = await this.#pool.query<{ id: string }>('select id from users where number = $1', [idOrNumber]);
    if (rows[0] !== undefined) this.#ids.set(idOrNumber, rows[0].id);
    return rows[0]?.id;
  }

  /** Why nobody may act for this user. */
  async whyNotActedFor(userId: string): Promise<'unknown' | 'disabled' | 'staff'> {
    const { rows } = await this.#pool.query<{ isDisabled: boolean }>(
      'select disabled_at is not null as "isDisabled" from users where id = $1',
      [userId],
    );
    if (rows[0] === undefined) return 'unknown';
    return rows[0].isDisabled ? 'disabled' : 'staff';
  }
}
