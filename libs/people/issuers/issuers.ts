import { hash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { HealthCheck, IssuerSettings, Logger, Registry } from '#platform';
import type { Caller } from '../tokens.ts';
import { readClaims } from './claims.ts';
import { IssuerKeys } from './issuer-keys.ts';
import { issuerFetches } from './metrics.ts';
import { outsideSession, outsideUserId } from './outside-user.ts';
import type { PublishedKeys } from './published-keys.ts';

export type VerifiedOutside =
  | { readonly outcome: 'verified'; readonly caller: Caller }
  | { readonly outcome: 'invalid' }
  | { readonly outcome: 'unavailable'; readonly retryAfterSeconds: number };

export interface IssuersOptions {
  readonly issuers: readonly IssuerSettings[];
  readonly registry?: Registry;
  readonly log?: Logger;
  readonly now?: () => number;
}

interface Issuer {
  readonly settings: IssuerSettings;
  readonly keys: IssuerKeys;
}

interface Remembered {
  readonly caller: Caller;
  readonly expiresAt: number;
  readonly issuer: Issuer;
  readonly verifiedWith: PublishedKeys;
}

const tokenLengthMax = 8192;
const keyIdLengthMax = 200;
const rememberedMax = 10_000;
/** How far the clock of an issuer may differ. */
const toleranceSeconds = 30;
/** Other types of JWT have other purposes. */
const types = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];
const invalid = { outcome: 'invalid' } as const;
/** How our own tokens begin: `{"alg":"HS256",`. With such a token, whoever knows a public key could have made it. */
const ownBeginning = 'eyJhbGciOiJIUzI1NiIs';

/** Issuers never sign like this, so our tokens need not be read twice. */
export function isOwnToken(token: string): boolean {
  return token.startsWith(ownBeginning);
}

/** Tokens of outside issuers. What a token says of its issuer only chooses the keys that it must be signed with. */
export class Issuers {
  readonly #issuers: ReadonlyMap<string, Issuer>;
  /** By hash, because a token may be long. */
  readonly #verified = new LRUCache<string, Remembered>({ max: rememberedMax });
  readonly #now: () => number;

  constructor({ issuers, registry, log, now }: IssuersOptions) {
    const fetches = registry && issuerFetches(registry);
    this.#now = now ?? Date.now;
    this.#issuers = new Map(
      issuers.map((settings) => {
        const { issuer } = settings;
        const fetched = (outcome: string): void => fetches?.inc({ issuer, outcome });
        return [
          issuer,
          { settings, keys: new IssuerKeys({ issuer, fetched, log, ...(now === undefined ? {} : { now }) }) },
        ];
      }),
    );
  }

  /** The caller of a token that was verified before. */
  remembered(token: string): Caller | undefined {
    return token.length > tokenLengthMax ? undefined : this.#remembered(digestOf(token));
  }

  async verify(token: string): Promise<VerifiedOutside> {
    if (token.length > tokenLengthMax) return invalid;
    const digest = digestOf(token);
    const known = this.#remembered(digest);
    if (known !== undefined) return { outcome: 'verified', caller: known };
    const named = this.#namedBy(token);
    if (named === undefined) return invalid;
    const { issuer, keyId } = named;
    const found = await issuer.keys.find(keyId);
    if (found.outcome === 'unavailable') return found;
    const verified = found.outcome === 'found' ? await this.#verify(token, issuer, found.keys) : undefined;
    if (verified === undefined) return invalid;
    this.#verified.set(digest, verified);
    return { outcome: 'verified', caller: verified.caller };
  }

  /** Whether the keys of all issuers could be read lately, or were not needed yet. */
  get health(): HealthCheck {
    const check = async (): Promise<void> => {
      const away = [...this.#issuers.values()].filter(({ keys }) => !keys.isReachable());
      if (away.length > 0) throw new Error(`${away.length} issuers cannot be reached`);
    };
    return { name: 'issuers', essential: false, check };
  }

  /** Not with keys that the issuer has changed since. */
  #remembered(digest: string): Caller | undefined {
    const known = this.#verified.get(digest);
    if (known === undefined || known.expiresAt <= this.#now()) return undefined;
    return known.issuer.keys.current() === known.verifiedWith ? known.caller : undefined;
  }

  #namedBy(token: string): { readonly issuer: Issuer; readonly keyId: string } | undefined {
    try {
      const { alg, kid, typ } = decodeProtectedHeader(token);
      const { iss = '' } = decodeJwt(token);
      const issuer = this.#issuers.get(iss);
      if (issuer === undefined || !issuer.settings.algorithms.some((algorithm) => algorithm === alg)) return undefined;
      if (typeof kid !== 'string' || kid.length > keyIdLengthMax || !types.includes(typ?.toLowerCase()))
        return undefined;
      return { issuer, keyId: kid };
    } catch {
      return undefined;
    }
  }

  async #verify(token: string, issuer: Issuer, verifiedWith: PublishedKeys): Promise<Remembered | undefined> {
    const { settings } = issuer;
    try {
      const { payload } = await jwtVerify(token, verifiedWith.find, {
        algorithms: [...settings.algorithms],
        issuer: settings.issuer,
        audience: [...settings.audiences],
        requiredClaims: ['exp'],
        clockTolerance: toleranceSeconds,
        currentDate: new Date(this.#now()),
      });
      const claims = readClaims(payload, settings);
      if (claims === undefined) return undefined;
      const { role, identity: outside } = claims;
      const id = outsideUserId(outside);
      const expiresAt = ((payload.exp ?? 0) + toleranceSeconds) * 1000;
      return { caller: { id, role, sessionId: outsideSession(id), outside }, expiresAt, issuer, verifiedWith };
    } catch {
      return undefined;
    }
  }
}

/** Undefined if no issuer is trusted besides Holdfast itself. */
export function connectIssuers(
  issuers: readonly IssuerSettings[],
  registry: Registry,
  log: Logger,
): Issuers | undefined {
  return issuers.length === 0 ? undefined : new Issuers({ issuers, registry, log });
}

function digestOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
