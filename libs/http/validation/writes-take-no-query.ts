import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NoQuery } from './no-query.ts';
import { ValidationPipe } from './validation.pipe.ts';

/**
 * Writes take their input from path and body; ignoring query parameters could execute something other than intended.
 */
export class WritesTakeNoQuery implements CanActivate {
  readonly #pipe = new ValidationPipe();

  canActivate(context: ExecutionContext): boolean {
    const { method, query } = context.switchToHttp().getRequest<FastifyRequest>();
    if (method !== 'GET' && method !== 'HEAD') this.#pipe.transform(query, { type: 'query', metatype: NoQuery });
    return true;
  }
}
