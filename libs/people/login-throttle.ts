import type { Pool, PoolClient } from '#platform';
import type { HashAddress } from './address-hash.ts';
import { attemptKey, Attempts, type Budget } from './attempts.ts';
import { KnownNetworks } from './known-networks.ts';
import { accountHash, LoginQueues } from './login-queues.ts';

export interface ThrottleOptions {
  readonly windowSeconds: number;
  readonly perAccountMax: number;
  readonly perAddressMax: number;
}

export interface LoginTry {
  /** The name that is used to log in. For an unknown network, it makes no difference whether the account exists. */
  readonly account: string;
  readonly address: string;
}

/** The user whose login was tried, for the log. */
export type Guessed<T> =
  | { readonly outcome: 'right'; readonly value: T }
  | { readonly outcome: 'wrong'; readonly userId?: string | undefined }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number; readonly userId?: string | undefined };

/** Counted before the attempt, so that concurrent attempts are all counted. */
interface Spending {
  /** Answers 0, or the seconds to wait. */
  spend(): Promise<number>;
  /** After a successful attempt. */
  giveBack(): Promise<void>;
  /** For an attempt that was not made. */
  undo(): Promise<void>;
}

/**
 * Limits failed logins and registrations. A network that a user has logged in from has its own budget for that user, so
 * that attempts from elsewhere cannot lock its owner out. All other networks share the queue of the account.
 */
export class LoginThrottle {
  readonly #options: ThrottleOptions;
  readonly #hash: HashAddress;
  readonly #attempts: Attempts;
  readonly #known: KnownNetworks;
  readonly #queues: LoginQueues;

  constructor(pool: Pool, hash: HashAddress, options: ThrottleOptions) {
    this.#options = options;
    this.#hash = hash;
    this.#attempts = new Attempts(pool, options.windowSeconds);
    this.#known = new KnownNetworks(pool);
    const bounds = { attemptsMax: options.perAccountMax, windowMs: options.windowSeconds * 1000 };
    this.#queues = new LoginQueues(pool, bounds);
  }

  /** `work` returns undefined for a wrong password. */
  async login<T>({ account, address }: LoginTry, work: () => Promise<T | undefined>): Promise<Guessed<T>> {
    const network = this.#hash(address);
    const { userId, isKnown } = await this.#known.find(account, network);
    const { perAccountMax, perAddressMax } = this.#options;
    const spendings = isKnown
      ? [this.#counted({ kind: 'known', value: `${userId} ${network}`, attemptsMax: perAccountMax })]
      : // The address first: attempts rejected because of it create no rows for accounts.
        [
          this.#counted({ kind: 'address', value: network, attemptsMax: perAddressMax }),
          this.#queued(account, network),
        ];
    const guessed = await attempt(spendings, work, (value) => value === undefined);
    return guessed.outcome === 'right' ? guessed : { ...guessed, userId };
  }

  /** For a logged-in user: counted separately from logins. */
  changePassword<T>(userId: string, work: () => Promise<T | undefined>): Promise<Guessed<T>> {
    const { perAccountMax: attemptsMax } = this.#options;
    const budget = { kind: 'password', value: userId, attemptsMax } as const;
    return attempt([this.#counted(budget)], work, (value) => value === undefined);
  }

  /** Successful registrations count too: otherwise one address could create any number of accounts. */
  register<T>(address: string, work: () => Promise<T | undefined>): Promise<Guessed<T>> {
    const { perAddressMax: attemptsMax } = this.#options;
    const budget = { kind: 'registrations', value: this.#hash(address), attemptsMax } as const;
    return attempt([this.#counted(budget)], work, () => true);
  }

  /** Must be called after a successful login. */
  remember(userId: string, address: string): Promise<void> {
    return this.#known.remember(userId, this.#hash(address));
  }

  #counted(budget: Budget): Spending {
    const giveBack = () => this.#attempts.giveBack(budget);
    return { spend: () => this.#attempts.count(budget), giveBack, undo: giveBack };
  }

  #queued(account: string, network: string): Spending {
    return {
      spend: () => this.#queues.enter(account, network),
      giveBack: () => this.#queues.giveBack(account),
      undo: () => this.#queues.keepPlace(account, network),
    };
  }
}

async function attempt<T>(
  spendings: readonly Spending[],
  work: () => Promise<T | undefined>,
  counts: (value: T | undefined) => boolean,
): Promise<Guessed<T>> {
  for (const spending of spendings) {
    const retryAfterSeconds = await spending.spend();
    if (retryAfterSeconds > 0) return { outcome: 'throttled', retryAfterSeconds };
  }
  let value: T | undefined;
  try {
    value = await work();
  } catch (error) {
    for (const spending of spendings) await spending.undo();
    throw error;
  }
  if (!counts(value)) for (const spending of spendings) await spending.giveBack();
  return value === undefined ? { outcome: 'wrong' } : { outcome: 'right', value };
}

/** Deletes the counts of a user to be erased: the hash of a login still identifies them. */
export async function forgetAttempts(client: PoolClient, userId: string): Promise<void> {
  await client.query(
    `delete from login_attempts a
     using (
       select 'password' as kind, $1::text as value
       union all select 'known', user_id || ' ' || network from known_networks where user_id = $1
     ) counted where a.key = ${attemptKey('counted.kind', 'counted.value')}`,
    [userId],
  );
  await client.query(
    `delete from login_queues q using users u, lateral (values (u.email), (u.user_name), (u.id)) as login (text)
     where u.id = $1 and q.account = ${accountHash('login.text')}`,
    [userId],
  );
}
