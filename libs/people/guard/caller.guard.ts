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
import { problem } from '#http';
import type { Caller, Tokens } from '../tokens.ts';
import type { Admittable, Doorkeeper, Treatment } from './doorkeeper.ts';
import type { PublicRequests } from './public-requests.ts';

type Access = 'everybody' | 'signed-in' | 'staff';
const accessKey = 'holdfast:access';
const treatmentKey = 'holdfast:treatment';

/** No token is required; PublicRequests applies the rate limit. */
export const ForEverybody = (): MethodDecorator => SetMetadata(accessKey, 'everybody' satisfies Access);
export const ForStaff = (): MethodDecorator =>
  applyDecorators(SetMetadata(accessKey, 'staff' satisfies Access), ApiBearerAuth());

/** The answer depends on the current state: an Idempotency-Key is ignored. */
export const NeverReplayed = (): MethodDecorator => SetMetadata(treatmentKey, { isKeyed: false } satisfies Treatment);
/**
 * Does not count towards the rate limit either, so that a thief who exhausts it cannot prevent the owner from ending
 * sessions.
 */
export const AlwaysHeard = (): MethodDecorator =>
  SetMetadata(treatmentKey, { isKeyed: false, isPaced: false } satisfies Treatment);

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
export class CallerGuard implements CanActivate {
  readonly #reflector = new Reflector();
  readonly #tokens: Tokens;
  readonly #doorkeeper: Doorkeeper;
  readonly #publicRequests: PublicRequests;

  constructor(tokens: Tokens, doorkeeper: Doorkeeper, publicRequests: PublicRequests) {
    this.#tokens = tokens;
    this.#doorkeeper = doorkeeper;
    this.#publicRequests = publicRequests;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.#reflector.get<Access | undefined>(accessKey, context.getHandler()) ?? 'signed-in';
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<Authenticated>(), http.getResponse<FastifyReply>()];
    const { authorization } = request.headers;
    if (access === 'everybody') {
      const callerIdOf = (): string | undefined => this.#tokens.verify(bearerToken(authorization) ?? '')?.id;
      await this.#publicRequests.admit(request, reply, callerIdOf);
      return true;
    }
    const caller = this.#callerOf(authorization);
    request.caller = caller;
    const isForbidden = access === 'staff' && caller.role !== 'staff';
    const treatment = this.#reflector.get<Treatment | undefined>(treatmentKey, context.getHandler());
    // Checked before stored answers are replayed, so that a caller without the role does not get them.
    const treated = isForbidden ? { ...treatment, isKeyed: false } : treatment;
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
