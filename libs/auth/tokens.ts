import { createHash, createSecretKey, randomUUID, type KeyObject } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { Role } from './user.ts';

/** Who asks, as an access token says it. */
export interface Caller {
  readonly id: string;
  readonly role: Role;
  readonly sessionId: string;
}

interface Key {
  readonly id: string;
  readonly object: KeyObject;
}

const issuer = 'holdfast';
/** Whom a token is for. Those signed before there was one have none. */
const audience = 'holdfast';
const algorithm = 'HS256';
const keyIdLength = 11;
const rememberedMax = 10_000;

interface Verified {
  readonly caller: Caller;
  readonly expiresAt: number;
}

/** Access tokens, signed with one key; those signed with earlier keys are good until they expire. */
export class Tokens {
  readonly #signing: Key;
  /** By a token's first part, which is the same in all that a key signed. */
  readonly #verifying: ReadonlyMap<string, KeyObject>;
  readonly #ttlSeconds: number;
  /** What was verified stays so until it expires: a client sends the same token again and again. */
  readonly #verified = new Map<string, Verified>();

  constructor(secret: string, ttlSeconds: number, earlierSecrets: readonly string[] = []) {
    const keys = [secret, ...earlierSecrets].map(keyOf);
    this.#signing = keys[0] as Key;
    this.#verifying = new Map(keys.map((key) => [headOf(key), key.object]));
    this.#ttlSeconds = ttlSeconds;
  }

  get ttlSeconds(): number {
    return this.#ttlSeconds;
  }

  sign({ id, role, sessionId }: Caller, expiresIn = this.#ttlSeconds): string {
    const { id: keyid, object } = this.#signing;
    const options = { algorithm, keyid, issuer, audience, subject: id, expiresIn, jwtid: randomUUID() } as const;
    return jsonwebtoken.sign({ role, sid: sessionId }, object, options);
  }

  /** Undefined for a token that is not ours, is broken, or has expired. */
  verify(token: string, now = Date.now()): Caller | undefined {
    const known = this.#verified.get(token);
    if (known !== undefined && now < known.expiresAt) return known.caller;
    const verified = this.#verify(token, now);
    if (verified !== undefined) this.#remember(token, verified);
    return verified?.caller;
  }

  #verify(token: string, now: number): Verified | undefined {
    const key = this.#verifying.get(token.slice(0, token.indexOf('.')));
    if (key === undefined) return undefined;
    try {
      const claims = jsonwebtoken.verify(token, key, { algorithms: [algorithm], issuer, clockTimestamp: now / 1000 });
      if (typeof claims === 'string' || claims.sub === undefined) return undefined;
      if (claims.aud !== undefined && claims.aud !== audience) return undefined;
      const { role, sid: sessionId } = claims as { role?: unknown; sid?: unknown };
      if ((role !== 'customer' && role !== 'staff') || typeof sessionId !== 'string') return undefined;
      return { caller: { id: claims.sub, role, sessionId }, expiresAt: (claims.exp ?? 0) * 1000 };
    } catch {
      return undefined;
    }
  }

  /** The oldest of them makes room. */
  #remember(token: string, verified: Verified): void {
    this.#verified.delete(token);
    this.#verified.set(token, verified);
    const [oldest] = this.#verified.keys();
    if (this.#verified.size > rememberedMax && oldest !== undefined) this.#verified.delete(oldest);
  }
}

/** A key is known by what it is, so that nobody has to name keys; the hash of a random secret gives nothing away. */
function keyOf(secret: string): Key {
  const id = createHash('sha256').update(secret).digest('base64url').slice(0, keyIdLength);
  // A KeyObject, made once: from a string the library derives a key at every call, forty times slower.
  return { id, object: createSecretKey(Buffer.from(secret)) };
}

function headOf({ id, object }: Key): string {
  return jsonwebtoken.sign({}, object, { algorithm, keyid: id }).split('.')[0] ?? '';
}
