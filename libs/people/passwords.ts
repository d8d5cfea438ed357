import { hash, verify } from '@node-rs/argon2';
import type { AuthMetrics } from './metrics.ts';
import { networkOf } from './network.ts';
import { Turns } from './turns.ts';

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Half of libuv's threads, so that files and names are still to be had while many log in. */
const hashesAtOnceMax = 2;
/** About a second's worth. */
const hashesWaitingMax = 64;
/** A third: an office whose people all come at once shares one address, and has to leave room for the others. */
const hashesPerNetworkMax = 24;

/** Hashes and checks passwords, a few at once; throws TooManyWaiting rather than let a crowd take all the memory. */
export class Passwords {
  readonly #turns = new Turns({
    runningMax: hashesAtOnceMax,
    waitingMax: hashesWaitingMax,
    perPartyMax: hashesPerNetworkMax,
  });
  readonly #metrics: Pick<AuthMetrics, 'passwordSeconds'> | undefined;
  #nobodysHash: Promise<string> | undefined;

  constructor(metrics?: Pick<AuthMetrics, 'passwordSeconds'>) {
    this.#metrics = metrics;
  }

  /** The address is the one that asks for it, if there is any. */
  hash(password: string, address?: string): Promise<string> {
    return this.#measured(() => hash(password, cost), address);
  }

  /** Takes as long for an account that does not exist: time must not tell who has one. */
  async match(password: string, storedHash: string | undefined, address?: string): Promise<boolean> {
    this.#nobodysHash ??= hash('nobody’s', cost);
    const compared = storedHash ?? (await this.#nobodysHash);
    const matches = await this.#measured(() => verify(compared, password), address);
    return storedHash !== undefined && matches;
  }

  async #measured<T>(work: () => Promise<T>, address: string | undefined): Promise<T> {
    const done = this.#metrics?.passwordSeconds.startTimer();
    const result = await this.#turns.take(work, address === undefined ? undefined : networkOf(address));
    done?.();
    return result;
  }
}
