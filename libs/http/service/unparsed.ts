import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import { requestContext } from '#platform';
import { envelopeOf, type ErrorEnvelope } from '../errors/envelope.ts';
import { problem } from '../errors/problem.ts';

/** A request that could not even be read has no headers to take a language or an id from. */
function malformed(): ErrorEnvelope {
  const request = { requestId: randomUUID(), traceId: '', language: 'en' };
  return requestContext.run(request, () => envelopeOf(problem('REQUEST_MALFORMED')));
}

export function answerUnparsed(reply: FastifyReply): void {
  const envelope = malformed();
  void reply.status(envelope.statusCode).header('x-request-id', envelope.requestId).send(envelope);
}

/** What is not HTTP at all is answered on the bare socket, which is closed then. */
export function refuseUnreadable(_error: unknown, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(malformed());
  const head = ['HTTP/1.1 400 Bad Request', 'content-type: application/json; charset=utf-8', 'connection: close'];
  socket.end(`${head.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
