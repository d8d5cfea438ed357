import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Agent, type Dispatcher } from 'undici';
import { bodyOf, BodyTooLarge } from './body.ts';
import { endToEndHeaders, forwardedHeaders, type Operations } from './headers.ts';
import type { Reading } from './one-reading.ts';
import { rejectTooLarge, rejectUnavailable } from './reject.ts';

/** Time limit for an upstream that accepted a request and sends nothing. */
const answerTimeoutMs = 60_000;
/** Event streams send a comment more often than this. */
const silenceTimeoutMs = 300_000;
const connectTimeoutMs = 2_000;
/** The connection broke, possibly because the upstream closed it when it was reused. */
const brokenConnection = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

export interface Forwarding extends Reading {
  readonly bodyBytesMax: number;
  readonly upstream: string;
  /** Only requests to the read-only upstream may be retried. */
  readonly mayRepeat: boolean;
}
export type Forward = (request: IncomingMessage, response: ServerResponse, forwarding: Forwarding) => Promise<void>;

/** Forwards requests, streaming both ways. undici does the framing, regardless of what the client sent. */
export function forwarder(operations: Operations): { forward: Forward; close: () => Promise<void> } {
  const agent = new Agent({
    headersTimeout: answerTimeoutMs,
    bodyTimeout: silenceTimeoutMs,
    connect: { timeout: connectTimeoutMs },
  });
  const forward: Forward = async (request, response, forwarding) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const asking: Dispatcher.RequestOptions & { origin: string } = {
      origin: forwarding.upstream,
      method: request.method ?? 'GET',
      path: forwarding.path,
      headers: forwardedHeaders(request, forwarding.host, operations),
      body: forwarding.hasBody ? bodyOf(request, forwarding.bodyBytesMax) : null,
      signal: gone.signal,
    };
    try {
      const answer = await send(agent, asking, forwarding.mayRepeat && !forwarding.hasBody);
      response.writeHead(answer.statusCode, endToEndHeaders(answer.headers));
      response.flushHeaders();
      await pipeline(answer.body, response);
    } catch (error) {
      // An interrupted answer must not look complete to the client.
      if (response.headersSent || response.destroyed) response.destroy();
      else answerFor(error, request, response, forwarding.bodyBytesMax);
    }
  };
  return { forward, close: () => agent.destroy() };
}

async function send(agent: Agent, asking: Parameters<Agent['request']>[0], mayRepeat: boolean) {
  try {
    return await agent.request(asking);
  } catch (error) {
    if (!mayRepeat || !brokenConnection.has(codeOf(error))) throw error;
    return agent.request(asking);
  }
}

function answerFor(error: unknown, request: IncomingMessage, response: ServerResponse, bodyBytesMax: number): void {
  if (error instanceof BodyTooLarge) rejectTooLarge(request, response, bodyBytesMax);
  else rejectUnavailable(request, response, neverConnected(error) ? 503 : 502);
}

function neverConnected(error: unknown): boolean {
  return codeOf(error) === 'UND_ERR_CONNECT_TIMEOUT' || (error as NodeJS.ErrnoException).syscall === 'connect';
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
