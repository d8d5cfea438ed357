import helmet from '@fastify/helmet';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Config, Health, Logger, Registry } from '#platform';
import { ProblemFilter, type Translate } from '../errors/problem.filter.ts';
import { AnswerRejections } from '../errors/rejections.interceptor.ts';
import { restrictDocs } from '../openapi/docs-policy.ts';
import { serveDocs } from '../openapi/serve-docs.ts';
import { ValidationPipe } from '../validation/validation.pipe.ts';
import { WritesTakeNoQuery } from '../validation/writes-take-no-query.ts';
import { parseBodies, resolveAlias, withoutPrefix, type Alias } from './bodies.ts';
import { corsFor } from './cors.ts';
import { DeadlineInterceptor } from './deadline.interceptor.ts';
import { serveOperations } from './operations.ts';
import { watchRequests } from './requests.ts';
import { endConnectionsWhileStopping } from './stopping.ts';
import { answerUnrouted, refuseUnreadable, rejectUnserved, watchAnswers } from './unparsed.ts';

// Long enough for any id, and for many that are none: those are 404, like every unknown id. What is longer is 414.
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
  /** Routes that take a form besides JSON. */
  readonly formRoutes?: readonly string[];
  readonly aliases?: readonly Alias[];
  /** How long a request may take, once it has arrived; as long as it likes unless given. */
  readonly timeoutMs?: number;
  /** How long a request may take from its first byte to its last. */
  readonly arrivalTimeoutMs?: number;
}

/** A Nest application that speaks HTTP as every service of Holdfast does. Not listening yet. */
export async function createHttpService(options: HttpServiceOptions): Promise<NestFastifyApplication> {
  const { name, module, config, log, metrics, health, translate, formRoutes = [], aliases = [] } = options;
  const { arrivalTimeoutMs = arrivalTimeoutMsDefault, timeoutMs } = options;
  const adapter = new FastifyAdapter({
    bodyLimit: config.bodyBytesMax,
    requestTimeout: arrivalTimeoutMs,
    // Node looks only so often which requests are late, and finds none unless the headers alone have no longer.
    http: {
      headersTimeout: arrivalTimeoutMs,
      connectionsCheckingInterval: arrivalTimeoutMs / 10,
      requireHostHeader: false,
    },
    rewriteUrl: (request: { url?: string | undefined; method?: string | undefined }) =>
      resolveAlias(request, withoutPrefix(request.url ?? '/'), aliases),
    // So many, and not these or those: the addresses of containers change.
    trustProxy: (_address: string, hop: number) => hop < config.proxyHops,
    forceCloseConnections: 'idle',
    // Our own refusal has a code, a request id and Retry-After.
    return503OnClosing: false,
    requestIdHeader: false,
    routerOptions: { maxParamLength: pathSegmentMax },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      answerUnrouted(error, request, reply, config.language),
    clientErrorHandler: refuseUnreadable,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    logger: nestLogger(log),
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  parseBodies(fastify, formRoutes);
  watchRequests(fastify, { config, log, metrics });
  endConnectionsWhileStopping(fastify, health);
  rejectUnserved(fastify);
  watchAnswers(fastify.server);
  serveOperations(fastify, health, metrics);
  if (config.securityHeaders) {
    await app.register(helmet, { contentSecurityPolicy: false });
    restrictDocs(fastify);
  }
  if (config.corsOrigins.length > 0) app.enableCors(corsFor(config.corsOrigins));
  // After the module's own guards: first it is asked who the caller is.
  app.useGlobalGuards(new WritesTakeNoQuery());
  if (timeoutMs !== undefined) app.useGlobalInterceptors(new DeadlineInterceptor(timeoutMs));
  app.useGlobalInterceptors(new AnswerRejections());
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter(log, translate, config.bodyBytesMax));
  serveDocs(app, name);
  return app;
}

/** Nest tells at length how it starts: that is for debugging. */
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
