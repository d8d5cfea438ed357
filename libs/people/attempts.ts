import type { Pool } from '#platform';

/**
 * Registrations are counted separately from logins, so that many registrations from one office do not block its logins.
 */
export type AttemptKind = 'known' | 'password' | 'address' | 'registrations';

export interface Budget {
  readonly kind: AttemptKind;
  readonly value: string;
  readonly attemptsMax: number;
}

/** Of fixed length, and without the hashed text. */
export function attemptKey(kind: string, value: string): string {
  return `${kind} || ' ' || encode(sha256(convert_to(${value}, 'UTF8')), 'hex')`;
}

const givenKey = attemptKey('$1::text', '$2');

/** Counts attempts per time window, in PostgreSQL, because Redis may be flushed. */
export class Attempts {
  readonly #pool: Pool;
  readonly #windowSeconds: number;

  constructor(pool: Pool, windowSeconds: number) {
    this.#pool = pool;
    this.#windowSeconds = windowSeconds;
  }

  /** Counts an attempt; returns 0, or the seconds to wait if it is over the limit. */
  async count({ kind, value, attemptsMax }: Budget): Promise<number> {
    const { rows } = await this.#pool.query<{ attempts: number; seconds: number }>(
      `insert into login_attempts as a (key, attempts, ends_at)
       values (${givenKey}, 1, now() + make_interval(secs => $3))
       on conflict (key) do update set
         attempts = case when a.ends_at > now() then a.attempts + 1 else 1 end,
         ends_at = case when a.ends_at > now() then a.ends_at else excluded.ends_at end
       returning attempts, extract(epoch from ends_at - now())::float8 as seconds`,
      [kind, value, this.#windowSeconds],
    );
    const { attempts, seconds } = rows[0] ?? { attempts: 0, seconds: 0 };
    return attempts > attemptsMax ? Math.max(1, Math.ceil(seconds)) : 0;
  }

  async giveBack({ kind, value }: Budget): Promise<void> {
    await this.#pool.query(
      `update login_attempts set attempts = attempts - 1 where key = ${givenKey} and attempts > 0`,
      [kind, value],
    );
  }
}
