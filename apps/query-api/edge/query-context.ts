import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { QueryContext } from '#use-cases/bus';
import type { FreshRequest } from './wait-for-writes.guard.ts';

/** How the query is asked: whether it has just waited for a write. */
export const Context = createParamDecorator((_none: undefined, execution: ExecutionContext): QueryContext => {
  const { fresh = false } = execution.switchToHttp().getRequest<FreshRequest>();
  return { fresh };
});
