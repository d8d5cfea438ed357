import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NoQuery } from './no-query.ts';
import { ValidationPipe } from './validation.pipe.ts';

/** What a write is about stands in its path and body: to ignore the rest would be to do something else than was meant. */
export class WritesTakeNoQuery implements CanActivate {
  readonly #pipe = new ValidationPipe();

  canActivate(context: ExecutionContext): boolean {
    const { method, query } = context.switchToHttp().getRequest<FastifyRequest>();
    if (method !== 'GET' && method !== 'HEAD') this.#pipe.transform(query, { type: 'query', metatype: NoQuery });
    return true;
  }
}
