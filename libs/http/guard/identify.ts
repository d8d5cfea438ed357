import type { FastifyRequest } from 'fastify';
import { actingSession, isApiKey, isOwnToken, type ApiKeyCallers, type Caller, type Issuers } from '#people';
import type { Tokens } from '#people/tokens';
import { problem, type Problem } from '../errors/problem.ts';

type Headers = FastifyRequest['headers'];

/** Who asks. */
export interface Identified {
  readonly caller: Caller;
  /** Why the request is rejected, once it has passed the checks. */
  readonly rejection?: Problem;
}

const onBehalfHeader = 'on-behalf-of';

/** Finds out who asks: the user of a token or of an API key, or a customer whom a service key acts for. */
export class Callers {
  constructor(
    private readonly tokens: Tokens,
    private readonly apiKeys: ApiKeyCallers,
    /** If missing, only our own tokens are accepted. */
    private readonly issuers?: Issuers,
  ) {}

  /** Throws if nobody can be asking. */
  async identify(headers: Headers): Promise<Identified> {
    const bearer = bearerToken(headers.authorization);
    if (bearer === undefined) throw problem('TOKEN_MISSING');
    const onBehalfOf = headers[onBehalfHeader];
    if (isApiKey(bearer)) return this.#ofKey(bearer, onBehalfOf?.toString());
    const caller = await this.#ofToken(bearer);
    return onBehalfOf === undefined ? { caller } : { caller, rejection: problem('ON_BEHALF_OF_NOT_ALLOWED') };
  }

  /** Who seems to ask for what needs no token, as far as that is known without asking anybody. */
  idAtHand({ authorization }: Headers): string | undefined {
    const bearer = bearerToken(authorization);
    if (bearer === undefined) return undefined;
    if (isApiKey(bearer)) return this.apiKeys.remembered(bearer)?.id;
    const outside = this.#issuersOf(bearer);
    return (outside === undefined ? this.tokens.verify(bearer) : outside.remembered(bearer))?.id;
  }

  /** Until when whoever has been identified may go on, in milliseconds since 1970. */
  expiresAt({ authorization }: Headers): number {
    const bearer = bearerToken(authorization) ?? '';
    return (isApiKey(bearer) ? this.apiKeys.expiresAt(bearer) : this.tokens.expiresAt(bearer)) ?? 0;
  }

  /** Why nobody may act for the customer, who is not live. */
  async whyNotActedFor(customerId: string): Promise<Problem> {
    switch (await this.apiKeys.whyNotActedFor(customerId)) {
      case 'unknown':
        return problem('USER_NOT_FOUND');
      case 'disabled':
        return problem('USER_DISABLED');
      case 'staff':
        return problem('ON_BEHALF_OF_NOT_ALLOWED');
    }
  }

  noteUse({ apiKeyId }: Caller): void {
    if (apiKeyId !== undefined) this.apiKeys.noteUse(apiKeyId);
  }

  async #ofToken(token: string): Promise<Caller> {
    const outside = this.#issuersOf(token);
    const own = outside === undefined ? this.tokens.verify(token) : undefined;
    if (own !== undefined) return own;
    const verified = await outside?.verify(token);
    if (verified?.outcome === 'verified') return verified.caller;
    if (verified?.outcome !== 'unavailable') throw problem('TOKEN_INVALID');
    throw problem('ISSUER_UNAVAILABLE', { retryAfterSeconds: verified.retryAfterSeconds });
  }

  /** Our own tokens are told apart by how they begin. */
  #issuersOf(token: string): Issuers | undefined {
    return isOwnToken(token) ? undefined : this.issuers;
  }

  async #ofKey(text: string, onBehalfOf: string | undefined): Promise<Identified> {
    const key = await this.apiKeys.find(text);
    if (key === undefined) throw problem('TOKEN_INVALID');
    const { id: apiKeyId, role, userId } = key;
    if (role !== 'service') {
      const caller = { id: userId ?? apiKeyId, role, sessionId: apiKeyId, apiKeyId };
      return onBehalfOf === undefined ? { caller } : { caller, rejection: problem('ON_BEHALF_OF_NOT_ALLOWED') };
    }
    const customerId = onBehalfOf === undefined ? undefined : await this.apiKeys.customerNamed(onBehalfOf);
    if (customerId !== undefined)
      return { caller: { id: customerId, role: 'customer', sessionId: actingSession(customerId), apiKeyId } };
    const rejection = problem(onBehalfOf === undefined ? 'ON_BEHALF_OF_MISSING' : 'USER_NOT_FOUND');
    return { caller: { id: apiKeyId, role: 'customer', sessionId: apiKeyId, apiKeyId }, rejection };
  }
}

export function bearerToken(authorization: string | undefined): string | undefined {
  const [scheme, token] = authorization?.split(' ') ?? [];
  return scheme?.toLowerCase() === 'bearer' ? token : undefined;
}
