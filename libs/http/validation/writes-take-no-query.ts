import { SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NoQuery } from './no-query.ts';
import { ValidationPipe } from './validation.pipe.ts';

const takesQuery = 'holdfast:takes-query';

/** For a write whose requirement puts its input into the query; its handler validates it. */
export const TakesQuery = (): MethodDecorator => SetMetadata(takesQuery, true);

/**
 * Writes take their input from path and body; ignoring query parameters could execute something other than intended.
 */
export class WritesTakeNoQuery implements CanActivate {
  readonly #pipe = new ValidationPipe();

  canActivate(context: ExecutionContext): boolean {
    const { method, query } = context.switchToHttp().getRequest<FastifyRequest>();
    const mayHaveQuery = method === 'GET' || method === 'HEAD' || Reflect.hasMetadata(takesQuery, context.getHandler());
    if (!mayHaveQuery) this.#pipe.transform(query, { type: 'query', metatype: NoQuery });
    return true;
  }
}
