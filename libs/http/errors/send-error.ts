import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { ErrorEnvelope } from './envelope.ts';

const jsonType = 'application/json';
const problemType = 'application/problem+json';
const pageOfErrors = '/docs/errors';
/** Parsing takes longer than the length grows. A longer header gets JSON. */
const acceptLengthMax = 1000;

/** Sends an error in the format that the client prefers: our envelope, or with it what RFC 9457 specifies. */
export function sendError(request: FastifyRequest, reply: FastifyReply, envelope: ErrorEnvelope): void {
  const isProblem = prefersProblem(request.headers.accept);
  void reply
    .status(envelope.statusCode)
    .header('content-type', `${isProblem ? problemType : jsonType}; charset=utf-8`)
    .send(isProblem ? { ...detailsOf(request, envelope), ...envelope } : envelope);
}

/** The envelope in the body of a stored error, whatever format it was sent in. */
export function storedEnvelope(body: string): ErrorEnvelope {
  const { statusCode, statusMessage, code, data, requestId } = JSON.parse(body) as ErrorEnvelope;
  return { statusCode, statusMessage, code, data, requestId };
}

function prefersProblem(accept: string | undefined): boolean {
  // Most requests do not name it, and need no parsing.
  if (accept === undefined || accept.length > acceptLengthMax || !/problem\+json/i.test(accept)) return false;
  const [preferred] = new Negotiator({ headers: { accept } }).mediaTypes([jsonType, problemType]);
  return preferred === problemType;
}

function detailsOf({ originalUrl }: FastifyRequest, { statusCode, statusMessage, code }: ErrorEnvelope) {
  return {
    // The same on every host, so that a program can compare it.
    type: `${pageOfErrors}#${code}`,
    title: inWords(code),
    status: statusCode,
    detail: statusMessage,
    instance: pathOf(originalUrl),
  };
}

/** INSUFFICIENT_STOCK → Insufficient stock. */
function inWords(code: string): string {
  return `${code.charAt(0)}${code.slice(1).toLowerCase().replaceAll('_', ' ')}`;
}

/** Without the query, and with what a URI may not contain escaped: Node accepts such a path. */
function pathOf(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path.replaceAll(/[^\w\-.~%!$&'()*+,;=:@/]/g, encodeURIComponent);
}
