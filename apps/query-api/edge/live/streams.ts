import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader, ApiProduces } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { FreshRequest } from '../wait-for-writes.guard.ts';
import type { StreamContext } from './followed.ts';

const jsonType = 'application/json';
export const streamType = 'text/event-stream';
/** Parsing takes longer than the length grows. A longer header gets JSON. */
const acceptLengthMax = 1000;

/** Documents that an operation can be followed; its handler returns something to follow when a stream is asked for. */
export function Streams(): MethodDecorator {
  return applyDecorators(
    ApiProduces(jsonType, streamType),
    ApiHeader({
      name: 'Last-Event-ID',
      required: false,
      description: 'Of a stream: the `id` of the last event received; only what changed after it is sent',
    }),
  );
}

/** How the query is asked: whether it has just waited for a write, and whether its answer is to be followed. */
export const Following = createParamDecorator((_none: undefined, execution: ExecutionContext): StreamContext => {
  const request = execution.switchToHttp().getRequest<FastifyRequest & FreshRequest>();
  return { fresh: request.fresh ?? false, isStream: prefersStream(request.headers.accept) };
});

function prefersStream(accept: string | undefined): boolean {
  // Most requests do not name it, and need no parsing.
  if (accept === undefined || accept.length > acceptLengthMax || !/event-stream/i.test(accept)) return false;
  const [preferred] = new Negotiator({ headers: { accept } }).mediaTypes([jsonType, streamType]);
  return preferred === streamType;
}
