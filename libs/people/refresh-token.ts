import { createHash, createHmac, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { derivedKey } from '#platform';

const familyBytes = 16;
const secretBytes = 32;
const macBytes = 12;
/** Base64url length without unused bits, so that the same bytes have one spelling. */
const shape = /^[\w-]{80}$/;

/** The hash of a refresh token as stored: the table does not reveal tokens. */
export interface RefreshToken {
  readonly text: string;
  /** Secret that all tokens of a session share: it proves that an old token belonged to the session. */
  readonly familyHash: Buffer;
  readonly secretHash: Buffer;
}

/**
 * Refresh tokens carry an HMAC, so that forged ones are rejected without a query. Validity still depends on the row in
 * the database: the key of the HMAC alone does not give access to a session.
 */
export class RefreshTokens {
  readonly #key: KeyObject;
  readonly #successorKey: KeyObject;

  constructor(secret: string) {
    this.#key = derivedKey(secret, 'refresh tokens');
    this.#successorKey = derivedKey(secret, 'successors of refresh tokens');
  }

  make(): RefreshToken {
    return this.#tokenOf(randomBytes(familyBytes), randomBytes(secretBytes));
  }

  /** Undefined if it was not issued here. */
  read(text: string): RefreshToken | undefined {
    if (!shape.test(text)) return undefined;
    const bytes = Buffer.from(text, 'base64url');
    const token = this.#tokenOf(bytes.subarray(0, familyBytes), bytes.subarray(familyBytes, -macBytes));
    return timingSafeEqual(Buffer.from(token.text), Buffer.from(text)) ? token : undefined;
  }

  /**
   * Its successor with this seed: the same each time, so that it need not be stored to be given again. It cannot be
   * computed without the token, the seed and the key.
   */
  successorOf({ text }: RefreshToken, seed: Buffer): RefreshToken {
    const bytes = Buffer.from(text, 'base64url');
    const secret = createHmac('sha256', this.#successorKey).update(seed).update(bytes.subarray(0, -macBytes)).digest();
    return this.#tokenOf(bytes.subarray(0, familyBytes), secret);
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
