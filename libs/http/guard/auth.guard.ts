import {
  applyDecorators,
  createParamDecorator,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { problem } from '../errors/problem.ts';
import type { Caller, Role, Tokens } from '#people';
import type { Admittable, Doorkeeper } from './doorkeeper.ts';
import type { PublicRateLimit } from './public-rate-limit.ts';

type Access = 'everybody' | 'signed-in' | Role;
const accessKey = 'holdfast:access';
const skipRateLimitKey = 'holdfast:skip-rate-limit';
const skipIdempotencyKey = 'holdfast:skip-idempotency';

/** No token is required; PublicRateLimit applies the rate limit. */
export const Public = (): MethodDecorator => SetMetadata(accessKey, 'everybody' satisfies Access);
export const Roles = (role: Role): MethodDecorator => applyDecorators(SetMetadata(accessKey, role), ApiBearerAuth());

/** The answer depends on the current state: an Idempotency-Key is ignored. */
export const SkipIdempotency = (): MethodDecorator => SetMetadata(skipIdempotencyKey, true);
/**
 * Does not count towards the rate limit, so that a thief who exhausts it cannot prevent the owner from ending
 * sessions.
 */
export const SkipRateLimit = (): MethodDecorator => SetMetadata(skipRateLimitKey, true);

export interface Authenticated extends Admittable {
  caller?: Caller;
}

/** The authenticated caller; only on routes that require a token. */
export function callerOf(context: ExecutionContext): Caller {
  const { caller } = context.switchToHttp().getRequest<Authenticated>();
  if (caller === undefined) throw problem('TOKEN_MISSING');
  return caller;
}

export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => callerOf(context));

/** Every route requires a token of a live session, unless it is declared public. */
export class AuthGuard implements CanActivate {
  readonly #reflector = new Reflector();
  readonly #tokens: Tokens;
  readonly #doorkeeper: Doorkeeper;
  readonly #publicRateLimit: PublicRateLimit;

  constructor(tokens: Tokens, doorkeeper: Doorkeeper, publicRateLimit: PublicRateLimit) {
    this.#tokens = tokens;
    this.#doorkeeper = doorkeeper;
    this.#publicRateLimit = publicRateLimit;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.#reflector.get<Access | undefined>(accessKey, context.getHandler()) ?? 'signed-in';
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<Authenticated>(), http.getResponse<FastifyReply>()];
    const { authorization } = request.headers;
    if (access === 'everybody') {
      const callerIdOf = (): string | undefined => this.#tokens.verify(bearerToken(authorization) ?? '')?.id;
      await this.#publicRateLimit.admit(request, reply, callerIdOf);
      return true;
    }
    const caller = this.#callerOf(authorization);
    request.caller = caller;
    const isForbidden = access !== 'signed-in' && caller.role !== access;
    const skips = (key: string): boolean => this.#reflector.get<true | undefined>(key, context.getHandler()) ?? false;
    // Checked before stored answers are replayed, so that a caller without the role does not get them.
    const isKeyed = !isForbidden && !skips(skipIdempotencyKey);
    const treated = { isKeyed, isPaced: !skips(skipRateLimitKey) };
    await this.#doorkeeper.admit(request, reply, caller, treated);
    if (isForbidden) throw problem('FORBIDDEN');
    return true;
  }

  #callerOf(authorization: string | undefined): Caller {
    const token = bearerToken(authorization);
    if (token === undefined) throw problem('TOKEN_MISSING');
    const caller = this.#tokens.verify(token);
    if (caller === undefined) throw problem('TOKEN_INVALID');
    return caller;
  }
}

export function bearerToken(authorization: string | undefined): string | undefined {
  const [scheme, token] = authorization?.split(' ') ?? [];
  return scheme?.toLowerCase() === 'bearer' ? token : undefined;
}
