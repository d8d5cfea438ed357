import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Config, Health, Logger, Registry } from '#platform';
import { ProblemFilter, type Translate } from '../errors/problem.filter.ts';
import { restrictDocs } from '../openapi/docs-policy.ts';
import { serveDocs } from '../openapi/serve-docs.ts';
import { ValidationPipe } from '../validation/validation.pipe.ts';
import { WritesTakeNoQuery } from '../validation/writes-take-no-query.ts';
import { AnsweringAdapter, type Answer } from './answering-adapter.ts';
import { parseBodies, resolveAlias, withoutPrefix, type Alias } from './bodies.ts';
import { corsFor } from './cors.ts';
import type { LongBody } from './long-body.ts';
import { serveOperations } from './operations.ts';
import { watchRequests } from './requests.ts';
import { endConnectionsWhileStopping } from './stopping.ts';
import { TimeLimit } from './time-limit.guard.ts';
import { answerUnrouted, rejectUnreadable, rejectUnserved, watchAnswers } from './unparsed.ts';

// Long enough for any id, and for most invalid ids, which get 404 like unknown ones. Longer segments get 414.
const pathSegmentMax = 1024;
const arrivalTimeoutMsDefault = 30_000;

export interface HttpServiceOptions {
  readonly name: string;
  readonly module: DynamicModule;
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly health: Health;
  readonly translate: Translate;
  /** By default, what a handler returns is the answer. */
  readonly answer?: Answer;
  /** Routes that accept a form as well as JSON. */
  readonly formRoutes?: readonly string[];
  /** Routes that accept a body with many entries, larger than other bodies may be. */
  readonly longBodies?: readonly LongBody[];
  readonly aliases?: readonly Alias[];
  /** Time limit of a request after it was received; no limit by default. */
  readonly timeoutMs?: number;
  /** Time limit for receiving a request, from its first byte to its last. */
  readonly arrivalTimeoutMs?: number;
}

/** Creates a Nest application with the HTTP behaviour of all services. It does not listen yet. */
export async function createHttpService(options: HttpServiceOptions): Promise<NestFastifyApplication> {
  const {
    name,
    module,
    config,
    log,
    metrics,
    health,
    translate,
    formRoutes = [],
    longBodies = [],
    aliases = [],
  } = options;
  const { arrivalTimeoutMs = arrivalTimeoutMsDefault, timeoutMs, answer } = options;
  const adapter = new AnsweringAdapter({
    bodyLimit: config.bodyBytesMax,
    requestTimeout: arrivalTimeoutMs,
    // Node checks for late requests only at this interval, and enforces requestTimeout only if headersTimeout is no
    // longer.
    http: {
      headersTimeout: arrivalTimeoutMs,
      connectionsCheckingInterval: arrivalTimeoutMs / 10,
      requireHostHeader: false,
    },
    rewriteUrl: (request: { url?: string | undefined; method?: string | undefined }) =>
      resolveAlias(request, withoutPrefix(request.url ?? '/'), aliases),
    // Trust a hop count: container addresses change.
    trustProxy: (_address: string, hop: number) => hop < config.proxyHops,
    forceCloseConnections: 'idle',
    // Our own error has a code, a request id and Retry-After.
    return503OnClosing: false,
    requestIdHeader: false,
    routerOptions: { maxParamLength: pathSegmentMax },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      answerUnrouted(error, request, reply, config.language),
    clientErrorHandler: rejectUnreadable,
  });
  if (answer !== undefined) adapter.answer = answer;
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    logger: nestLogger(log),
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  parseBodies(fastify, formRoutes, longBodies, config.bodyBytesMax);
  watchRequests(fastify, { config, log, metrics });
  endConnectionsWhileStopping(fastify, health);
  rejectUnserved(fastify);
  watchAnswers(fastify.server);
  serveOperations(fastify, health, metrics);
  if (config.securityHeaders) restrictDocs(fastify);
  if (config.corsOrigins.length > 0) app.enableCors(corsFor(config.corsOrigins));
  // After the guards of the module, which authenticate the caller.
  app.useGlobalGuards(new WritesTakeNoQuery());
  if (timeoutMs !== undefined) app.useGlobalGuards(new TimeLimit(timeoutMs, fastify));
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter(log, translate));
  serveDocs(app, name);
  return app;
}

/** Nest logs its startup in detail, which is useful only for debugging. */
function nestLogger(log: Logger) {
  const debug = (message: unknown): void => log.debug(String(message));
  const error = (message: unknown): void => log.error(String(message));
  return {
    log: debug,
    debug,
    verbose: debug,
    warn: (message: unknown) => log.warn(String(message)),
    error,
    fatal: error,
  };
}
