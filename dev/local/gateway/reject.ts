import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

const retryAfterSeconds = 1;

interface Rejection {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly code: string;
  readonly data: unknown;
}

const malformed: Rejection = {
  statusCode: 400,
  statusMessage: 'The request is not well-formed HTTP, or is ambiguous',
  code: 'REQUEST_MALFORMED',
  data: null,
};
const late: Rejection = {
  statusCode: 408,
  statusMessage: 'The request was not received in time',
  code: 'REQUEST_TIMEOUT',
  data: null,
};
const methodNotAllowed: Rejection = {
  statusCode: 405,
  statusMessage: 'This method is not allowed',
  code: 'METHOD_NOT_ALLOWED',
  data: null,
};

/** Answers for a failed upstream: 503 if the request cannot have reached it, else 502. */
export function rejectUnavailable(request: IncomingMessage, response: ServerResponse, status: 502 | 503): void {
  response.setHeader('retry-after', retryAfterSeconds);
  const statusMessage =
    status === 503
      ? 'The service is not reachable'
      : 'The service did not answer; whether it acted on the request is unknown';
  send(request, response, { statusCode: status, statusMessage, code: 'UPSTREAM_UNAVAILABLE', data: null });
}

/** If forwarded, such a body would break the connection to the service, and the answer would be lost. */
export function rejectTooLarge(request: IncomingMessage, response: ServerResponse, bytesMax: number): void {
  const statusMessage = `The request body is larger than ${bytesMax} bytes`;
  send(request, response, { statusCode: 413, statusMessage, code: 'BODY_TOO_LARGE', data: { bytesMax } });
}

/** Closes the connection, because the start of the next request is unknown. */
export function rejectMalformed(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close');
  send(request, response, malformed);
}

export function rejectMethod(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close');
  send(request, response, methodNotAllowed);
}

/**
 * For requests that could not be parsed or timed out, written to the socket, because there may be no response object.
 */
export function rejectUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
  const rejection = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? late : malformed;
  const requestId = randomUUID();
  const body = JSON.stringify({ ...rejection, requestId });
  const headers = { ...headersOf(requestId, body), connection: 'close' };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${rejection.statusCode} ${STATUS_CODES[rejection.statusCode]}`;
  socket.end(`${[status, ...head].join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function send(request: IncomingMessage, response: ServerResponse, rejection: Rejection): void {
  // The same envelope as in the services.
  const given = request.headers['x-request-id'];
  const requestId = typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
  const body = JSON.stringify({ ...rejection, requestId });
  response.writeHead(rejection.statusCode, headersOf(requestId, body));
  response.end(body);
}

function headersOf(requestId: string, body: string) {
  return {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-request-id': requestId,
  };
}
