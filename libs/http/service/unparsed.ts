import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyReply } from 'fastify';
import { requestContext } from '#platform';
import { envelopeOf, type ErrorEnvelope } from '../errors/envelope.ts';
import { problem, type Problem } from '../errors/problem.ts';

/** A request that could not even be read has no headers to take a language or an id from. */
function envelopeOfNone(found: Problem): ErrorEnvelope {
  const request = { requestId: randomUUID(), traceId: '', language: 'en' };
  return requestContext.run(request, () => envelopeOf(found));
}

export function answerUnparsed(reply: FastifyReply): void {
  const envelope = envelopeOfNone(problem('REQUEST_MALFORMED'));
  void reply.status(envelope.statusCode).header('x-request-id', envelope.requestId).send(envelope);
}

/** What is not HTTP at all, or does not come in time, is answered on the bare socket, which is closed then. */
export function refuseUnreadable(error: ConnectionError, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const envelope = envelopeOfNone(problem(isLate(error) ? 'REQUEST_TIMEOUT' : 'REQUEST_MALFORMED'));
  const { statusCode } = envelope;
  const body = JSON.stringify(envelope);
  const head = [
    `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}`,
    'content-type: application/json; charset=utf-8',
    'connection: close',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  // The client may keep its half of the connection open for ever.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function isLate({ code }: ConnectionError): boolean {
  return code === 'ERR_HTTP_REQUEST_TIMEOUT';
}
