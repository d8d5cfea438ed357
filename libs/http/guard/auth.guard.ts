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
import type { Caller, Role } from '#people';
import { problem, type Problem } from '../errors/problem.ts';
import { enforceChecks } from './enforce-checks.ts';
import type { GuardedRequest } from './guarded-request.ts';
import type { Callers } from './identify.ts';
import type { IdempotencyKeys } from './idempotency-keys.ts';
import type { PublicRateLimit } from './public-rate-limit.ts';
import type { RequestChecks } from './request-checks.ts';

type Access = 'everybody' | 'signed-in' | Role;

interface StaffOnly {
  readonly parameter: string;
  readonly value: string;
}

const accessKey = 'holdfast:access';
const limitBySessionKey = 'holdfast:limit-by-session';
const staffOnlyKey = 'holdfast:staff-only';
const skipIdempotencyKey = 'holdfast:skip-idempotency';

/** No token is required; PublicRateLimit applies the rate limit. */
export const Public = (): MethodDecorator => SetMetadata(accessKey, 'everybody' satisfies Access);
/** A public route that only staff may ask for more, by this value of a query parameter; for others it is forbidden. */
export const StaffMayAsk = (parameter: string, value: string): MethodDecorator =>
  SetMetadata(staffOnlyKey, { parameter, value } satisfies StaffOnly);
export const Roles = (role: Role): MethodDecorator => applyDecorators(SetMetadata(accessKey, role), ApiBearerAuth());

/** The answer depends on the current state: an Idempotency-Key is ignored. */
export const SkipIdempotency = (): MethodDecorator => SetMetadata(skipIdempotencyKey, true);
/**
 * Counts towards a rate limit of the session instead of that of the caller, so that a thief with another session cannot
 * prevent the owner from ending sessions.
 */
export const LimitBySession = (): MethodDecorator => SetMetadata(limitBySessionKey, true);

/** The authenticated caller; only on routes that require a token. */
export function callerOf(context: ExecutionContext): Caller {
  const { caller } = context.switchToHttp().getRequest<GuardedRequest>();
  if (caller === undefined) throw problem('TOKEN_MISSING');
  return caller;
}

export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => callerOf(context));

export interface AuthGuardOptions {
  readonly callers: Callers;
  readonly checks: RequestChecks;
  readonly publicRateLimit: PublicRateLimit;
  /** If missing, Idempotency-Keys are ignored. */
  readonly keys?: IdempotencyKeys;
  /** Time limit of a request. */
  readonly timeoutMs: number;
}

interface Checked {
  readonly result: Parameters<typeof enforceChecks>[0];
  readonly rejection: Problem | undefined;
}

/** Every route requires a token of a live session or an API key, unless it is declared public. */
export class AuthGuard implements CanActivate {
  readonly #reflector = new Reflector();
  readonly #options: AuthGuardOptions;

  constructor(options: AuthGuardOptions) {
    this.#options = options;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<GuardedRequest>(), http.getResponse<FastifyReply>()];
    const access = this.#accessTo(context, request);
    if (access === 'everybody') {
      const { callers, publicRateLimit } = this.#options;
      await publicRateLimit.take(request, reply, () => callers.idAtHand(request.headers));
      return true;
    }
    request.startedAt = Date.now();
    request.deadline = request.startedAt + this.#options.timeoutMs;
    const { result, rejection } = await this.#inTime(this.#check(context, request, access));
    enforceChecks(result, request, reply);
    if (rejection !== undefined) throw rejection;
    return true;
  }

  async #check(context: ExecutionContext, request: GuardedRequest, access: Access): Promise<Checked> {
    const { callers, checks, keys } = this.#options;
    const { caller, rejection } = await callers.identify(request.headers);
    request.caller = caller;
    const isForbidden = access !== 'signed-in' && caller.role !== access;
    const has = (key: string): boolean => this.#reflector.get<true | undefined>(key, context.getHandler()) ?? false;
    // Checked before stored answers are replayed, so that a caller without the role does not get them.
    const skipsKey = rejection !== undefined || isForbidden || has(skipIdempotencyKey);
    const key = skipsKey ? undefined : keys?.keyOf(request);
    const limitedBy = has(limitBySessionKey) ? 'session' : 'caller';
    const result = await checks.check({ caller, key, limitedBy });
    if (result.outcome === 'customer-ended') throw await callers.whyNotActedFor(caller.id);
    if (result.outcome === 'go-on') callers.noteUse(caller);
    return { result, rejection: rejection ?? (isForbidden ? problem('FORBIDDEN') : undefined) };
  }

  #accessTo(context: ExecutionContext, { query, headers }: GuardedRequest): Access {
    const handler = context.getHandler();
    const access = this.#reflector.get<Access | undefined>(accessKey, handler) ?? 'signed-in';
    const staffOnly = this.#reflector.get<StaffOnly | undefined>(staffOnlyKey, handler);
    if (staffOnly === undefined) return access;
    if ((query as Record<string, unknown>)[staffOnly.parameter] !== staffOnly.value) return access;
    if (headers.authorization === undefined) throw problem('FORBIDDEN');
    return 'staff';
  }

  /** The checks must finish before the time limit of the request; nothing has been recorded for it by then. */
  async #inTime(checking: Promise<Checked>): Promise<Checked> {
    const { timeoutMs } = this.#options;
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => resolve(undefined), timeoutMs);
    const checked = await Promise.race([checking, late]).finally(() => clearTimeout(timer));
    if (checked !== undefined) return checked;
    checking.then(forgetClaim, () => undefined);
    const cause = new Error(`the checks of the request did not finish within ${timeoutMs} ms`);
    throw problem('OVERLOADED', null, { cause });
  }
}

function forgetClaim({ result }: Checked): void {
  if (result.outcome === 'go-on') result.claim?.free();
}
