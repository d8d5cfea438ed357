import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '#http/guard';
import type { AnonymousContext, CallerContext } from '../people/contexts.ts';

const anonymousContext = (execution: ExecutionContext): AnonymousContext => ({
  address: execution.switchToHttp().getRequest<FastifyRequest>().ip,
});

/** Whoever asks, with or without a token. */
export const FromAnybody = createParamDecorator((_: unknown, execution: ExecutionContext) =>
  anonymousContext(execution),
);

/** Whom the guard has let in. */
export const FromCaller = createParamDecorator((_: unknown, execution: ExecutionContext): CallerContext => ({
  ...anonymousContext(execution),
  caller: callerOf(execution),
}));
