import type { Pool, PoolClient } from '#platform';
import { networkOf } from './network.ts';
import { spelledLogin } from './spelling.ts';

export interface ThrottleOptions {
  readonly windowSeconds: number;
  readonly perAccountMax: number;
  readonly perAddressMax: number;
}

/** Who guesses, and at what. Whether there is such an account makes no difference. */
export interface Guess {
  /** What somebody logs in with. */
  readonly account?: string;
  /** The id of somebody who is logged in and changes their password: what others log in with does not count for it. */
  readonly passwordOf?: string;
  readonly address?: string;
}

export type Guessed<T> =
  | { readonly outcome: 'right'; readonly value: T }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number };

/** Registrations are counted beside logins: an office where many register must not find itself unable to log in. */
type Kind = 'account' | 'password' | 'address' | 'registrations';

type Key = readonly [kind: Kind, value: string];

/** As the index of users compares them, and no longer than a hash. */
function keyOf(kind: string, value: string): string {
  return `${kind} || ' ' || encode(sha256(convert_to(lower(${value}), 'UTF8')), 'hex')`;
}

const givenKey = keyOf('$1::text', '$2');

/** Bounds how often somebody may be wrong, or register, in PostgreSQL, since Redis may be flushed. */
export class LoginThrottle {
  readonly #pool: Pool;
  readonly #options: ThrottleOptions;

  constructor(pool: Pool, options: ThrottleOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  /** The work answers undefined for a wrong guess. A guess counts before it is made: many at once are many. */
  async guess<T>({ account, passwordOf, address }: Guess, work: () => Promise<T | undefined>): Promise<Guessed<T>> {
    const keys: Key[] = [];
    // The address first: what is refused for it makes no rows for accounts.
    if (address !== undefined) keys.push(['address', networkOf(address)]);
    if (account !== undefined) keys.push(['account', spelledLogin(account)]);
    if (passwordOf !== undefined) keys.push(['password', passwordOf]);
    return this.#counted(keys, work, (value) => value === undefined);
  }

  /** Counts who is new, too: otherwise one address makes as many accounts as it likes. */
  register<T>(address: string, work: () => Promise<T | undefined>): Promise<Guessed<T>> {
    return this.#counted([['registrations', networkOf(address)]], work, () => true);
  }

  /** What fails is given back: it could not be tried. */
  async #counted<T>(
    keys: readonly Key[],
    work: () => Promise<T | undefined>,
    counts: (value: T | undefined) => boolean,
  ): Promise<Guessed<T>> {
    for (const key of keys) {
      const { attempts, seconds } = await this.#count(key);
      if (attempts > this.#maxOf(key)) {
        return { outcome: 'throttled', retryAfterSeconds: Math.max(1, Math.ceil(seconds)) };
      }
    }
    let kept = false;
    try {
      const value = await work();
      kept = counts(value);
      return value === undefined ? { outcome: 'wrong' } : { outcome: 'right', value };
    } finally {
      if (!kept) for (const key of keys) await this.#giveBack(key);
    }
  }

  #maxOf([kind]: Key): number {
    const { perAddressMax, perAccountMax } = this.#options;
    return kind === 'account' || kind === 'password' ? perAccountMax : perAddressMax;
  }

  async #count([kind, value]: Key): Promise<{ attempts: number; seconds: number }> {
    const { rows } = await this.#pool.query<{ attempts: number; seconds: number }>(
      `insert into login_attempts as a (key, attempts, ends_at)
       values (${givenKey}, 1, now() + make_interval(secs => $3))
       on conflict (key) do update set
         attempts = case when a.ends_at > now() then a.attempts + 1 else 1 end,
         ends_at = case when a.ends_at > now() then a.ends_at else excluded.ends_at end
       returning attempts, extract(epoch from ends_at - now())::float8 as seconds`,
      [kind, value, this.#options.windowSeconds],
    );
    return rows[0] ?? { attempts: 0, seconds: 0 };
  }

  async #giveBack([kind, value]: Key): Promise<void> {
    await this.#pool.query(
      `update login_attempts set attempts = attempts - 1 where key = ${givenKey} and attempts > 0`,
      [kind, value],
    );
  }
}

/** What was counted of somebody who is to be erased: the hash of an address still tells whose it is. */
export async function forgetAttempts(client: PoolClient, userId: string): Promise<void> {
  await client.query(
    `delete from login_attempts a
     using users u, lateral (values ('account', u.email), ('account', u.user_name), ('account', u.id), ('password', u.id))
       as counted (kind, value)
     where u.id = $1 and a.key = ${keyOf('counted.kind', 'counted.value')}`,
    [userId],
  );
}
