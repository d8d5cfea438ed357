import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requestContext } from '#platform';
import { envelopeOf, retryAfterSeconds, type ErrorEnvelope } from '../errors/envelope.ts';
import { problem, type Problem } from '../errors/problem.ts';
import { sendError } from '../errors/send-error.ts';
import type { Language } from '../messages/languages.ts';
import { contextOf } from './requests.ts';

/**
 * Answers requests that the router rejects before any hook: a path that is not valid UTF-8, or has a segment that is
 * too long.
 */
export function answerUnrouted(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  language: Language,
): void {
  const found = problem(error.statusCode === 414 ? 'URL_TOO_LONG' : 'REQUEST_MALFORMED');
  const context = contextOf(request, language);
  const envelope = requestContext.run(context, () => envelopeOf(found));
  const { requestId } = context;
  void reply.headers({ 'x-request-id': requestId, 'content-language': context.language, 'cache-control': 'no-store' });
  sendError(request, reply, envelope);
}

/**
 * Answers requests that Node would reject without a body: an Expect other than 100-continue, and HTTP/1.1 without a
 * Host. The server must be created with `requireHostHeader: false`.
 */
export function rejectUnserved(fastify: FastifyInstance): void {
  fastify.server.on('checkExpectation', (request, response) => fastify.server.emit('request', request, response));
  fastify.addHook('onRequest', ({ raw, headers }, reply, done) => {
    if (isExpectationUnknown(headers.expect)) {
      // The client may or may not send the body.
      void reply.header('connection', 'close');
      done(problem('EXPECTATION_FAILED'));
    } else if (raw.httpVersion === '1.1' && headers.host === undefined) done(problem('REQUEST_MALFORMED'));
    else done();
  });
}

function isExpectationUnknown(expect: string | undefined): boolean {
  return expect !== undefined && expect.toLowerCase() !== '100-continue';
}

/** A request that cannot be parsed has no headers with a language or an id. */
function envelopeOfNone(found: Problem): ErrorEnvelope {
  const request = { requestId: randomUUID(), traceId: '', language: 'en' };
  return requestContext.run(request, () => envelopeOf(found));
}

/** The last answer on each connection, which may be finished. */
const lastAnswers = new WeakMap<Socket, ServerResponse>();

/** Notes which connections have an answer under way, for what cannot be read after a request that could. */
export function watchAnswers(server: Server): void {
  server.on('request', ({ socket }, response) => lastAnswers.set(socket, response));
}

/** What is not HTTP at all, or does not come in time, is answered on the bare socket, which is closed then. */
export function rejectUnreadable(error: ConnectionError, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const last = lastAnswers.get(socket);
  if (last?.closed === false && last.req.complete) {
    // The client would take this answer for the one to the request before it.
    last.once('close', () => socket.destroy());
    return;
  }
  // The client may keep its half of the connection open indefinitely.
  endWith(problem(codeOf(error)), socket, () => socket.destroy());
}

/** Ends a connection with an answer for which there is no request that could be read. */
export function endWith(found: Problem, socket: Socket, ended?: () => void): void {
  const envelope = envelopeOfNone(found);
  const { statusCode } = envelope;
  const body = JSON.stringify(envelope);
  const retryAfter = retryAfterSeconds(found);
  const head = [
    `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}`,
    'content-type: application/json; charset=utf-8',
    'connection: close',
    ...(retryAfter === undefined ? [] : [`retry-after: ${retryAfter}`]),
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, ended);
}

function codeOf({ code }: ConnectionError) {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'REQUEST_TIMEOUT';
    case 'HPE_HEADER_OVERFLOW':
      return 'HEADERS_TOO_LARGE';
    default:
      return 'REQUEST_MALFORMED';
  }
}
