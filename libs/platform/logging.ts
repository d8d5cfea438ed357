import { AsyncLocalStorage } from 'node:async_hooks';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from './config/read-config.ts';

export type { Logger } from 'pino';

/** What is known of the request that is being served, wherever in the code it is asked. */
export interface RequestContext {
  readonly requestId: string;
  /** Of W3C trace context: the caller's, or made here. */
  readonly traceId: string;
  readonly language: string;
}

export const requestContext = new AsyncLocalStorage<RequestContext>();

/** To standard output, unless it is given somewhere else to write. */
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

/** What Node and libraries warn of becomes a line of the log like any other, instead of text on standard error. */
export function logWarnings(log: Logger): void {
  process.removeAllListeners('warning').on('warning', (warning) => log.warn({ err: warning }, 'runtime warning'));
}

/**
 * What went wrong, its causes in the message and the stack, and nothing else that hangs on an error: there clients keep
 * what they sent, and ioredis its password.
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
