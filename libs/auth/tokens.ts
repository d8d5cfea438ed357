import { createSecretKey, randomUUID, type KeyObject } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { Role, User } from './users.ts';

/** Who asks, as an access token says it. */
export interface Caller {
  readonly id: string;
  readonly role: Role;
}

const issuer = 'holdfast';
const algorithm = 'HS256';

export class Tokens {
  readonly #key: KeyObject;
  readonly #ttlSeconds: number;

  constructor(secret: string, ttlSeconds: number) {
    // A KeyObject, made once: from a string the library derives a key at every call, forty times slower.
    this.#key = createSecretKey(Buffer.from(secret));
    this.#ttlSeconds = ttlSeconds;
  }

  get ttlSeconds(): number {
    return this.#ttlSeconds;
  }

  sign({ id, role }: Pick<User, 'id' | 'role'>): string {
    const options = { algorithm, issuer, subject: id, expiresIn: this.#ttlSeconds, jwtid: randomUUID() } as const;
    return jsonwebtoken.sign({ role }, this.#key, options);
  }

  /** Undefined for a token that is not ours, is broken, or has expired. */
  verify(token: string): Caller | undefined {
    try {
      const claims = jsonwebtoken.verify(token, this.#key, { algorithms: [algorithm], issuer });
      if (typeof claims === 'string' || claims.sub === undefined) return undefined;
      const role: unknown = claims['role'];
      return role === 'customer' || role === 'staff' ? { id: claims.sub, role } : undefined;
    } catch {
      return undefined;
    }
  }
}
