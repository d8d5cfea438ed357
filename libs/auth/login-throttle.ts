import { isIP } from 'node:net';
import type { Pool } from '#platform';

export interface ThrottleOptions {
  readonly windowSeconds: number;
  readonly perAccountMax: number;
  readonly perAddressMax: number;
}

/** Who guesses, and at what. Whether there is such an account makes no difference. */
export interface Guess {
  readonly account?: string;
  readonly address?: string;
}

export type Guessed<T> =
  | { readonly outcome: 'right'; readonly value: T }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number };

type Key = readonly [kind: keyof typeof keyOf, value: string];

/** As the index of users compares them, and no longer than a hash; an IPv6 address stands for its network. */
const keyOf = {
  account: `'account ' || encode(sha256(convert_to(lower($1), 'UTF8')), 'hex')`,
  address: `'address ' || encode(sha256(convert_to(host(case family($1::inet)
    when 6 then network(set_masklen($1::inet, 64)) else $1::inet end), 'UTF8')), 'hex')`,
} as const;

/** Bounds how often somebody may be wrong, in PostgreSQL, since Redis may be flushed. */
export class LoginThrottle {
  readonly #pool: Pool;
  readonly #options: ThrottleOptions;

  constructor(pool: Pool, options: ThrottleOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  /** The work answers undefined for a wrong guess. A guess counts before it is made: many at once are many. */
  async guess<T>({ account, address }: Guess, work: () => Promise<T | undefined>): Promise<Guessed<T>> {
    const { perAddressMax, perAccountMax } = this.#options;
    const keys: Key[] = [];
    // The address first: what is refused for it makes no rows for accounts.
    if (address !== undefined) keys.push(['address', readable(address)]);
    if (account !== undefined) keys.push(['account', account]);
    for (const key of keys) {
      const { attempts, seconds } = await this.#count(key);
      const max = key[0] === 'address' ? perAddressMax : perAccountMax;
      if (attempts > max) return { outcome: 'throttled', retryAfterSeconds: Math.max(1, Math.ceil(seconds)) };
    }
    let wrong = false;
    try {
      const value = await work();
      wrong = value === undefined;
      return value === undefined ? { outcome: 'wrong' } : { outcome: 'right', value };
    } finally {
      if (!wrong) for (const key of keys) await this.#giveBack(key);
    }
  }

  async #count([kind, value]: Key): Promise<{ attempts: number; seconds: number }> {
    const { rows } = await this.#pool.query<{ attempts: number; seconds: number }>(
      `insert into login_attempts as a (key, attempts, ends_at)
       values (${keyOf[kind]}, 1, now() + make_interval(secs => $2))
       on conflict (key) do update set
         attempts = case when a.ends_at > now() then a.attempts + 1 else 1 end,
         ends_at = case when a.ends_at > now() then a.ends_at else excluded.ends_at end
       returning attempts, extract(epoch from ends_at - now())::float8 as seconds`,
      [value, this.#options.windowSeconds],
    );
    return rows[0] ?? { attempts: 0, seconds: 0 };
  }

  async #giveBack([kind, value]: Key): Promise<void> {
    await this.#pool.query(
      `update login_attempts set attempts = attempts - 1 where key = ${keyOf[kind]} and attempts > 0`,
      [value],
    );
  }
}

/** A proxy may send anything for an address: all that is none counts as one. */
function readable(address: string): string {
  const bare = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(bare) === 0 ? '0.0.0.0' : bare;
}
