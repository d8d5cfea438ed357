import { Agent, request as send, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { endToEndHeaders, forwardedHeaders } from './headers.ts';
import { refuseUnavailable } from './refuse.ts';

/** An upstream that accepts a request but is silent for this long is given up. */
const answerTimeoutMs = 60_000;
/** A stream of events sends a comment more often than this. */
const silenceTimeoutMs = 300_000;
const idleConnectionsMax = 256;

export type Forward = (request: IncomingMessage, response: ServerResponse, upstream: URL) => void;

/** Passes requests on, streaming both ways. */
export function forwarder(): { forward: Forward; close: () => void } {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: idleConnectionsMax });
  return {
    forward: (request, response, upstream) => pass(agent, request, response, upstream),
    close: () => agent.destroy(),
  };
}

function pass(agent: Agent, request: IncomingMessage, response: ServerResponse, upstream: URL, again = false): void {
  const outgoing = send({
    agent,
    host: upstream.hostname,
    port: upstream.port,
    method: request.method,
    path: request.url,
    headers: forwardedHeaders(request),
    timeout: answerTimeoutMs,
  });
  outgoing.on('timeout', () => outgoing.destroy(new Error('the upstream is silent')));
  outgoing.on('response', (answer) => answerWith(answer, outgoing, response));
  outgoing.on('error', (error) => {
    // An answer that has begun ends, or breaks off, by itself.
    if (response.destroyed || response.headersSent) return;
    // A kept connection can close just as it is used again. A read is then sent anew, once; a write never is.
    if (outgoing.reusedSocket && !again && mayRepeat(request)) pass(agent, request, response, upstream, true);
    else refuseUnavailable(request, response, neverConnected(error) ? 503 : 502);
  });
  response.on('close', () => {
    if (!response.writableFinished) outgoing.destroy();
  });
  if (hasBody(request)) request.pipe(outgoing);
  else outgoing.end();
}

function answerWith(answer: IncomingMessage, outgoing: ClientRequest, response: ServerResponse): void {
  outgoing.setTimeout(silenceTimeoutMs);
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', endToEndHeaders(answer));
  response.flushHeaders();
  answer.pipe(response);
  // An answer that breaks off must not look complete to the client.
  answer.on('error', () => {});
  answer.on('close', () => {
    if (!answer.complete) response.destroy();
  });
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}

function mayRepeat(request: IncomingMessage): boolean {
  return (request.method === 'GET' || request.method === 'HEAD') && !hasBody(request);
}

function neverConnected(error: NodeJS.ErrnoException): boolean {
  return error.syscall === 'connect';
}
