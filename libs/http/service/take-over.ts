import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TimedRequest } from './time-limit.guard.ts';

/** What is noted of a request that is answered bit by bit. */
export interface StreamedRequest {
  /** From its first byte to the first of its answer. */
  openedAfterMs?: number;
}

/**
 * Begins an answer that the caller writes and ends: with the headers that every answer has, without a time limit. What the
 * handler returns or throws after this is ignored.
 */
export function takeOver(
  request: FastifyRequest,
  reply: FastifyReply,
  headers: Readonly<Record<string, string>>,
): ServerResponse {
  clearTimeout((request as FastifyRequest & TimedRequest).timer);
  (request as FastifyRequest & StreamedRequest).openedAfterMs = reply.elapsedTime;
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), ...headers });
  raw.flushHeaders();
  return raw;
}
