import { hash, verify } from '@node-rs/argon2';
import { Turns } from '#platform';
import type { AuthMetrics } from './metrics.ts';
import { networkOf } from './network.ts';

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Half of libuv's threads, so that file access and name resolution still work while many users log in. */
const hashesAtOnceMax = 2;
/** About one second of work. */
const hashesWaitingMax = 64;
/** A third: an office whose users all log in at once shares one address, and must leave room for others. */
const hashesPerNetworkMax = 24;

/** More is waiting than can be done in time. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
}

/** Hashes and verifies passwords, a few at a time; throws TooManyWaiting if the queue is full, to limit memory. */
export class Passwords {
  readonly #turns = new Turns({
    runningMax: hashesAtOnceMax,
    waitingMax: hashesWaitingMax,
    perPartyMax: hashesPerNetworkMax,
    rejection: TooManyWaiting,
  });
  readonly #metrics: Pick<AuthMetrics, 'passwordSeconds'> | undefined;
  #nobodysHash: Promise<string> | undefined;

  constructor(metrics?: Pick<AuthMetrics, 'passwordSeconds'>) {
    this.#metrics = metrics;
  }

  /** The address of the client, if known. */
  hash(password: string, address?: string): Promise<string> {
    return this.#measured(() => hash(password, cost), address);
  }

  /** Takes the same time for an account that does not exist, so that timing does not reveal accounts. */
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
