import { AsyncLocalStorage } from 'node:async_hooks';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from './config/read-config.ts';

export type { Logger } from 'pino';

/** The context of the current request, available anywhere in the code. */
export interface RequestContext {
  readonly requestId: string;
  /** The W3C trace id, from the caller or generated. */
  readonly traceId: string;
  readonly language: string;
}

export const requestContext = new AsyncLocalStorage<RequestContext>();

/** Logs to standard output by default. */
export function createLogger(
  service: string,
  config: Pick<Config, 'logLevel' | 'logFormat'>,
  destination?: DestinationStream,
): Logger {
  const pretty = config.logFormat === 'pretty' || (config.logFormat === 'auto' && process.stdout.isTTY);
  const options = {
    level: config.logLevel,
    base: { service },
    redact: ['password', '*.password', 'authorization', '*.authorization', 'token', '*.token'],
    serializers: { err: describeError },
    mixin: () => {
      const request = requestContext.getStore();
      return request === undefined ? {} : { requestId: request.requestId, traceId: request.traceId };
    },
    ...(pretty ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } } : {}),
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Logs warnings of Node and libraries, instead of printing them to standard error. */
export function logWarnings(log: Logger): void {
  process.removeAllListeners('warning').on('warning', (warning) => log.warn({ err: warning }, 'runtime warning'));
}

/**
 * Serialises an error with its message, causes and stack only: other properties may contain sent data or, with ioredis,
 * the password.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = pino.stdSerializers.err(error);
  const { code, errors } = error as Error & { code?: unknown; errors?: unknown };
  return {
    type,
    message,
    stack,
    ...(code === undefined ? {} : { code }),
    ...(Array.isArray(errors) ? { aggregateErrors: errors.map(describeError) } : {}),
  };
}
