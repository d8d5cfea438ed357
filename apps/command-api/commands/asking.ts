import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#auth';
import { callerOf } from '#auth/guard';

/** A request that the guard has let in, who sent it, and the reply that it is to have. */
export interface Incoming {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly caller: Caller;
}

/** What every handler of a command needs besides its body. */
export const Asking = createParamDecorator((_: unknown, context: ExecutionContext): Incoming => {
  const http = context.switchToHttp();
  return { request: http.getRequest(), reply: http.getResponse(), caller: callerOf(context) };
});
