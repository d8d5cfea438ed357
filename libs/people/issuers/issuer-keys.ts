import type { Logger } from '#platform';
import { readPublishedKeys, type PublishedKeys } from './published-keys.ts';

export type FoundKeys =
  | { readonly outcome: 'found'; readonly keys: PublishedKeys }
  | { readonly outcome: 'unknown' }
  /** Nobody knows whether there is such a key. */
  | { readonly outcome: 'unavailable'; readonly retryAfterSeconds: number };

export interface IssuerKeysOptions {
  readonly issuer: string;
  readonly fetched?: (outcome: 'succeeded' | 'failed') => void;
  readonly log?: Logger | undefined;
  readonly now?: () => number;
}

interface Held {
  readonly keys: PublishedKeys;
  readonly readAt: number;
  /** Keys that were looked for in vain, or were withdrawn. */
  readonly missing: Set<string>;
}

/** After that, the keys are read again in the background, so that a key that was withdrawn is not trusted for long. */
const freshMs = 600_000;
/** For so long, the last known keys serve while the issuer is unavailable. */
const servedMsMax = 86_400_000;
/** Whoever invents keys does not make us ask the issuer more often. */
const soughtEveryMs = 30_000;
const retryMs = 5000;
const missingMax = 1000;

/**
 * The keys of one issuer. They are read when the first token comes, again when a token names a key that is not known,
 * and when they are no longer fresh. All that wait share one read.
 */
export class IssuerKeys {
  readonly #options: IssuerKeysOptions;
  readonly #now: () => number;
  #held: Held | undefined;
  #reading: Promise<Held | undefined> | undefined;
  #soughtAt = Number.NEGATIVE_INFINITY;
  #failedAt: number | undefined;

  constructor(options: IssuerKeysOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** The keys that serve now, without waiting; they are read again if they are no longer fresh. */
  current(): PublishedKeys | undefined {
    return this.#current()?.keys;
  }

  async find(keyId: string): Promise<FoundKeys> {
    const held = this.#current();
    if (held?.keys.ids.has(keyId) === true) return { outcome: 'found', keys: held.keys };
    const waitMs = this.#reading === undefined ? this.#pauseMs(held) : 0;
    if (waitMs > 0) return held?.missing.has(keyId) === true ? { outcome: 'unknown' } : unavailable(waitMs);
    // The first read is not a search.
    if (held !== undefined) this.#soughtAt = this.#now();
    const read = await this.#read();
    if (read === undefined) return unavailable(retryMs);
    if (read.keys.ids.has(keyId)) return { outcome: 'found', keys: read.keys };
    if (read.missing.size < missingMax) read.missing.add(keyId);
    return { outcome: 'unknown' };
  }

  /** Whether the last read succeeded, or none was needed yet. After a failure, tries again. */
  isReachable(): boolean {
    if (this.#failedAt === undefined) return true;
    if (this.#retryPauseMs() <= 0) void this.#read();
    return false;
  }

  #current(): Held | undefined {
    const held = this.#held;
    if (held === undefined) return undefined;
    const ageMs = this.#now() - held.readAt;
    if (ageMs >= servedMsMax) return undefined;
    if (ageMs >= freshMs && this.#retryPauseMs() <= 0) void this.#read();
    return held;
  }

  #pauseMs(held: Held | undefined): number {
    const searchPauseMs = held === undefined ? 0 : this.#soughtAt + soughtEveryMs - this.#now();
    return Math.max(this.#retryPauseMs(), searchPauseMs);
  }

  #retryPauseMs(): number {
    return this.#failedAt === undefined ? 0 : this.#failedAt + retryMs - this.#now();
  }

  /** Undefined if the issuer is unavailable. */
  #read(): Promise<Held | undefined> {
    this.#reading ??= this.#readNow().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #readNow(): Promise<Held | undefined> {
    const { issuer, fetched, log } = this.#options;
    try {
      const keys = await readPublishedKeys(issuer);
      const { keys: known, missing = [] } = this.#held ?? {};
      this.#held = {
        // The same keys are the same object, so that what was verified with them need not be verified again.
        keys: known?.text === keys.text ? known : keys,
        readAt: this.#now(),
        missing: new Set([...(known?.ids ?? []), ...missing].filter((id) => !keys.ids.has(id)).slice(0, missingMax)),
      };
      if (this.#failedAt !== undefined) log?.info({ issuer }, 'the keys of the issuer can be read again');
      this.#failedAt = undefined;
      fetched?.('succeeded');
      return this.#held;
    } catch (error) {
      if (this.#failedAt === undefined) {
        log?.warn({ err: error, issuer }, 'the keys of the issuer cannot be read: tokens with new keys get 503');
      }
      this.#failedAt = this.#now();
      fetched?.('failed');
      return undefined;
    }
  }
}

function unavailable(waitMs: number): FoundKeys {
  return { outcome: 'unavailable', retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) };
}
