import {
  applyDecorators,
  createParamDecorator,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiBearerAuth } from '@nestjs/swagger';
import { problem } from '#http';
import type { Caller, Tokens } from '../tokens.ts';

type Access = 'everybody' | 'signed-in' | 'staff';
const accessKey = 'holdfast:access';

/** Anybody may, without a token. */
export const ForEverybody = (): MethodDecorator => SetMetadata(accessKey, 'everybody' satisfies Access);
export const ForStaff = (): MethodDecorator =>
  applyDecorators(SetMetadata(accessKey, 'staff' satisfies Access), ApiBearerAuth());

interface Authenticated {
  readonly headers: { readonly authorization?: string };
  caller?: Caller;
}

/** Who asks; only where the guard has let somebody in. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<Authenticated>();
  if (caller === undefined) throw problem('TOKEN_MISSING');
  return caller;
});

/** Everything needs a token, unless it says that it is for everybody. */
export class CallerGuard implements CanActivate {
  readonly #reflector = new Reflector();
  readonly #tokens: Tokens;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  canActivate(context: ExecutionContext): boolean {
    const access = this.#reflector.get<Access | undefined>(accessKey, context.getHandler()) ?? 'signed-in';
    if (access === 'everybody') return true;
    const request = context.switchToHttp().getRequest<Authenticated>();
    const caller = this.#callerOf(request.headers.authorization);
    if (access === 'staff' && caller.role !== 'staff') throw problem('FORBIDDEN');
    request.caller = caller;
    return true;
  }

  #callerOf(authorization: string | undefined): Caller {
    const [scheme, token] = authorization?.split(' ') ?? [];
    if (scheme?.toLowerCase() !== 'bearer' || token === undefined) throw problem('TOKEN_MISSING');
    const caller = this.#tokens.verify(token);
    if (caller === undefined) throw problem('TOKEN_INVALID');
    return caller;
  }
}
