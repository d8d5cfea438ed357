import { createHash, createSecretKey, randomUUID, type KeyObject } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { LRUCache } from 'lru-cache';
import type { OutsideIdentity } from './issuers/outside-user.ts';
import type { Role } from './user.ts';

/** The caller, as stated by an access token, an API key or the token of an outside issuer. */
export interface Caller {
  readonly id: string;
  readonly role: Role;
  /** Of an API key, what stands for a session: the key, or `actingSession` of the customer it acts for. */
  readonly sessionId: string;
  readonly apiKeyId?: string;
  /** Of the token of an outside issuer. */
  readonly outside?: OutsideIdentity;
}

interface Key {
  readonly id: string;
  readonly object: KeyObject;
}

const issuer = 'holdfast';
/** The audience of tokens. Tokens of earlier releases have none. */
const audience = 'holdfast';
const algorithm = 'HS256';
const keyIdLength = 11;
const rememberedMax = 10_000;

interface Claims {
  readonly sub?: string;
  readonly aud?: string | string[];
  readonly exp?: number;
  readonly role?: unknown;
  readonly sid?: unknown;
}

interface Verified {
  readonly caller: Caller;
  readonly expiresAt: number;
}

/** Access tokens, signed with the current key; those signed with previous keys remain valid until they expire. */
export class Tokens {
  readonly #jwt: JwtService;
  readonly #ttlSeconds: number;
  /** Cache of verified tokens until they expire, because a client sends the same token repeatedly. */
  readonly #verified = new LRUCache<string, Verified>({ max: rememberedMax });

  constructor(secret: string, ttlSeconds: number, earlierSecrets: readonly string[] = []) {
    const signing = keyOf(secret);
    const verifying = new Map([signing, ...earlierSecrets.map(keyOf)].map(({ id, object }) => [id, object]));
    this.#jwt = new JwtService({
      signOptions: { algorithm, issuer, audience, keyid: signing.id },
      verifyOptions: { algorithms: [algorithm], issuer },
      // What is verified is a token, and what is signed are its claims.
      secretOrKeyProvider: (_, signed) => (typeof signed === 'string' ? keyNamedBy(signed, verifying) : signing.object),
    });
    this.#ttlSeconds = ttlSeconds;
  }

  get ttlSeconds(): number {
    return this.#ttlSeconds;
  }

  sign({ id, role, sessionId }: Caller, expiresIn = this.#ttlSeconds): string {
    return this.#jwt.sign({ role, sid: sessionId }, { subject: id, expiresIn, jwtid: randomUUID() });
  }

  /** Undefined for a token that is foreign, malformed or expired. */
  verify(token: string, now = Date.now()): Caller | undefined {
    const known = this.#verified.get(token);
    if (known !== undefined && now < known.expiresAt) return known.caller;
    const verified = this.#verify(token, now);
    if (verified !== undefined) this.#verified.set(token, verified);
    return verified?.caller;
  }

  /** When a token expires, in milliseconds since 1970; undefined if it is no valid token. */
  expiresAt(token: string, now = Date.now()): number | undefined {
    return this.verify(token, now) && this.#verified.get(token)?.expiresAt;
  }

  #verify(token: string, now: number): Verified | undefined {
    try {
      const claims = this.#jwt.verify<Claims>(token, { clockTimestamp: now / 1000 });
      const { sub: id, aud = audience, exp = 0, role, sid: sessionId } = claims;
      if (id === undefined || aud !== audience) return undefined;
      if ((role !== 'customer' && role !== 'staff') || typeof sessionId !== 'string') return undefined;
      return { caller: { id, role, sessionId }, expiresAt: exp * 1000 };
    } catch {
      return undefined;
    }
  }
}

/** The key id is a hash of the secret, so that keys need no names; the hash of a random secret reveals nothing. */
function keyOf(secret: string): Key {
  const id = createHash('sha256').update(secret).digest('base64url').slice(0, keyIdLength);
  // A KeyObject, created once: from a string the library derives a key on every call, which is forty times slower.
  return { id, object: createSecretKey(Buffer.from(secret)) };
}

/** Throws for a token that names none of them. */
function keyNamedBy(token: string, keys: ReadonlyMap<string, KeyObject>): KeyObject {
  const [head = ''] = token.split('.', 1);
  const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { readonly kid?: string };
  const key = keys.get(kid ?? '');
  if (key === undefined) throw new Error('the token names no key of ours');
  return key;
}
