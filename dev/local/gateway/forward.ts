import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Agent, type Dispatcher } from 'undici';
import { Body, BodyTooLarge } from './body.ts';
import { connectionOptions, endToEndHeaders, forwardedHeaders, type Operations } from './headers.ts';
import type { Reading } from './one-reading.ts';
import { neverConnected, type Processes } from './processes.ts';
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
  readonly processes: Processes;
  /** The stock of a write: all its writes go to one process, which decides them in batches. */
  readonly stock: string | undefined;
  /** Only requests to the read-only upstream may be retried. */
  readonly mayRepeat: boolean;
}
type Answer = Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'> & { readonly body: Readable };
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
    const body = forwarding.hasBody ? new Body(request, forwarding.bodyBytesMax) : undefined;
    const ask = async (origin: string): Promise<Dispatcher.ResponseData<unknown>> =>
      send(
        agent,
        {
          origin,
          method: request.method ?? 'GET',
          path: forwarding.path,
          headers: forwardedHeaders(request, forwarding.host, operations),
          body: body?.stream() ?? null,
          signal: gone.signal,
        },
        forwarding.mayRepeat && !forwarding.hasBody,
      );
    try {
      const answer = await askOneOf(forwarding, ask);
      if (answer === undefined) return rejectUnavailable(request, response, 503);
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

/**
 * The answer of the first process that takes the request. One that accepts no connection has not been sent it, and one
 * that says that it is stopping has not acted on it.
 */
async function askOneOf(
  { processes, stock }: Forwarding,
  ask: (origin: string) => Promise<Dispatcher.ResponseData<unknown>>,
): Promise<Answer | undefined> {
  let rejected: Answer | undefined;
  for (const origin of processes.inOrder(stock)) {
    try {
      const answer = await ask(origin);
      if (!connectionOptions(String(answer.headers['connection'] ?? '')).includes('close')) return answer;
      processes.suspect(origin);
      if (answer.statusCode !== 503) return answer;
      const text = await answer.body.text();
      rejected = { ...answer, body: Readable.from([text]) };
      if (!text.includes('"code":"STOPPING"')) return rejected;
    } catch (error) {
      if (!neverConnected(error)) {
        if (brokenConnection.has(codeOf(error))) processes.suspect(origin);
        throw error;
      }
      processes.missed(origin);
    }
  }
  return rejected;
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
  else rejectUnavailable(request, response, 502);
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
