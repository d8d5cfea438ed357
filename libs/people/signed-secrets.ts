import { createHash, createHmac, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { derivedKey } from '#platform';

const secretBytes = 32;
/** With it, the base64url text has no unused bits. */
const macBytes = 13;

export interface SignedSecret {
  readonly text: string;
  /** What is stored: it does not reveal the secret, which is random and too long to guess. */
  readonly hash: Buffer;
}

/** Random secrets with an HMAC, so that forged ones are rejected without a query. */
export class SignedSecrets {
  readonly #key: KeyObject;
  readonly #prefix: string;
  readonly #shape: RegExp;

  constructor(secret: string, purpose: string, prefix: string) {
    this.#key = derivedKey(secret, purpose);
    this.#prefix = prefix;
    this.#shape = new RegExp(String.raw`^${prefix}[\w-]{60}$`);
  }

  make(): SignedSecret {
    const text = this.#textOf(randomBytes(secretBytes));
    return { text, hash: hashOf(text) };
  }

  /** Undefined if it was not made here. */
  hashOf(text: string): Buffer | undefined {
    if (!this.#shape.test(text)) return undefined;
    const random = Buffer.from(text.slice(this.#prefix.length), 'base64url').subarray(0, secretBytes);
    return timingSafeEqual(Buffer.from(this.#textOf(random)), Buffer.from(text)) ? hashOf(text) : undefined;
  }

  #textOf(random: Buffer): string {
    const mac = createHmac('sha256', this.#key).update(random).digest().subarray(0, macBytes);
    return this.#prefix + Buffer.concat([random, mac]).toString('base64url');
  }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
