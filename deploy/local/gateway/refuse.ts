import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const retryAfterSeconds = 1;

/** Answers for an upstream that could not: 503 when the request cannot have reached it, else 502. */
export function refuseUnavailable(request: IncomingMessage, response: ServerResponse, status: 502 | 503): void {
  response.setHeader('retry-after', retryAfterSeconds);
  const statusMessage =
    status === 503
      ? 'The service is not reachable'
      : 'The service did not answer; whether it acted on the request is unknown';
  send(request, response, { statusCode: status, statusMessage, code: 'UPSTREAM_UNAVAILABLE', data: null });
}

/** Passed on, such a body would break the connection to the service, and its answer be lost. */
export function refuseTooLarge(request: IncomingMessage, response: ServerResponse, bytesMax: number): void {
  const statusMessage = `The request body is larger than ${bytesMax} bytes`;
  send(request, response, { statusCode: 413, statusMessage, code: 'BODY_TOO_LARGE', data: { bytesMax } });
}

interface Refusal {
  statusCode: number;
  statusMessage: string;
  code: string;
  data: unknown;
}

function send(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  // Of the services' own shape.
  const given = request.headers['x-request-id'];
  const requestId = typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
  const body = JSON.stringify({ ...refusal, requestId });
  response.writeHead(refusal.statusCode, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-request-id': requestId,
  });
  response.end(body);
}
