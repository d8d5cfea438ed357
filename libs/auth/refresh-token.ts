import { createHash, randomBytes } from 'node:crypto';

const familyBytes = 16;
const secretBytes = 32;
const shape = /^[\w-]{64}$/;

/** A refresh token as the database knows it: the table tells nobody how to make one. */
export interface RefreshToken {
  readonly text: string;
  /** The same for all tokens of a session, and known to nobody else: whoever shows it has had one of them. */
  readonly familyHash: Buffer;
  readonly secretHash: Buffer;
}

export function newRefreshToken(): RefreshToken {
  return tokenOf(randomBytes(familyBytes), randomBytes(secretBytes));
}

/** Undefined for what cannot be one, such as an access token. */
export function readRefreshToken(text: string): RefreshToken | undefined {
  if (!shape.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return tokenOf(bytes.subarray(0, familyBytes), bytes.subarray(familyBytes));
}

/** The one that takes its place. */
export function successorOf({ text }: RefreshToken): RefreshToken {
  return tokenOf(Buffer.from(text, 'base64url').subarray(0, familyBytes), randomBytes(secretBytes));
}

function tokenOf(family: Buffer, secret: Buffer): RefreshToken {
  const text = Buffer.concat([family, secret]).toString('base64url');
  return { text, familyHash: sha256(family), secretHash: sha256(secret) };
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
