import { createHash, createHmac, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { derivedKey } from '#platform';

const familyBytes = 16;
const secretBytes = 32;
const macBytes = 12;
/** Of base64url, without room for a second spelling of the same bytes. */
const shape = /^[\w-]{80}$/;

/** A refresh token as the database knows it: the table tells nobody how to make one. */
export interface RefreshToken {
  readonly text: string;
  /** The same for all tokens of a session, and known to nobody else: whoever shows it has had one of them. */
  readonly familyHash: Buffer;
  readonly secretHash: Buffer;
}

/**
 * Refresh tokens carry a code by which made-up ones are told apart before the database is asked. What makes a token good
 * is still its row: whoever can make codes has no session by that.
 */
export class RefreshTokens {
  readonly #key: KeyObject;

  constructor(secret: string) {
    this.#key = derivedKey(secret, 'refresh tokens');
  }

  make(): RefreshToken {
    return this.#tokenOf(randomBytes(familyBytes), randomBytes(secretBytes));
  }

  /** Undefined for what was not made here. */
  read(text: string): RefreshToken | undefined {
    if (!shape.test(text)) return undefined;
    const bytes = Buffer.from(text, 'base64url');
    const token = this.#tokenOf(bytes.subarray(0, familyBytes), bytes.subarray(familyBytes, -macBytes));
    return timingSafeEqual(Buffer.from(token.text), Buffer.from(text)) ? token : undefined;
  }

  /** The one that takes its place. */
  successorOf({ text }: RefreshToken): RefreshToken {
    return this.#tokenOf(Buffer.from(text, 'base64url').subarray(0, familyBytes), randomBytes(secretBytes));
  }

  #tokenOf(family: Buffer, secret: Buffer): RefreshToken {
    const random = Buffer.concat([family, secret]);
    const mac = createHmac('sha256', this.#key).update(random).digest().subarray(0, macBytes);
    const text = Buffer.concat([random, mac]).toString('base64url');
    return { text, familyHash: sha256(family), secretHash: sha256(secret) };
  }
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
