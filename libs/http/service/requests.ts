import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Histogram, LineLimit, requestContext } from '#platform';
import type { Config, Logger, Registry, RequestContext } from '#platform';
import { preferredLanguage, type Language } from '../messages/languages.ts';
import { securityHeaders } from './security-headers.ts';
import type { StreamedRequest } from './take-over.ts';

const requestIdShape = /^[\w.-]{1,64}$/;
const traceparentShape = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/;

export interface RequestsOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Registry;
}

/** What the guard notes. */
type WithCaller = FastifyRequest & { readonly caller?: { readonly id: string; readonly apiKeyId?: string } };

/** Assigns each request an id, a trace and a language; logs and measures it at the end. */
export function watchRequests(fastify: FastifyInstance, { config, log, metrics }: RequestsOptions): void {
  const seconds = new Histogram({
    name: 'holdfast_http_request_seconds',
    help: 'Time from the first byte of a request to the last byte of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [metrics],
  });
  const lineLimit = new LineLimit();
  // No answer is cached unless its handler sets a header.
  const constant = { 'cache-control': 'no-store', ...(config.securityHeaders ? securityHeaders : {}) };
  fastify.addHook('onRequest', (request, reply, done) => {
    const context = contextOf(request, config.language);
    void reply.headers(constant).header('x-request-id', context.requestId);
    requestContext.run(context, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const status = reply.statusCode;
    // A stream is open for as long as its client likes.
    const { openedAfterMs = reply.elapsedTime } = request as FastifyRequest & StreamedRequest;
    seconds.observe({ method: request.method, route, status }, openedAfterMs / 1000);
    const { id: userId, apiKeyId } = (request as WithCaller).caller ?? {};
    const line = {
      method: request.method,
      route,
      status,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      userId,
      apiKeyId,
    };
    log[status >= 500 ? lineLimit.levelOf(`${status} ${route}`, 'warn') : 'debug'](line, 'request');
    done();
  });
}

/** The id, the trace and the language of a request, according to its headers. */
export function contextOf(request: FastifyRequest, unlessSaid: Language): RequestContext {
  const language = preferredLanguage(request.headers['accept-language'], unlessSaid);
  return { requestId: requestIdOf(request), traceId: traceIdOf(request), language };
}

function requestIdOf(request: FastifyRequest): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && requestIdShape.test(given) ? given : randomUUID();
}

function traceIdOf(request: FastifyRequest): string {
  const given = request.headers['traceparent'];
  const traceId = typeof given === 'string' ? traceparentShape.exec(given)?.[1] : undefined;
  // Not from randomBytes, which is a system call each time; Node caches random bytes for UUIDs.
  return traceId ?? randomUUID().replaceAll('-', '');
}
