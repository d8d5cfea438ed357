import { AsyncLocalStorage } from 'node:async_hooks';
import { pino, type Logger } from 'pino';
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

export function createLogger(service: string, config: Pick<Config, 'logLevel' | 'logFormat'>): Logger {
  const pretty = config.logFormat === 'pretty' || (config.logFormat === 'auto' && process.stdout.isTTY);
  return pino({
    level: config.logLevel,
    base: { service },
    redact: ['password', '*.password', 'authorization', '*.authorization', 'token', '*.token'],
    mixin: () => {
      const request = requestContext.getStore();
      return request === undefined ? {} : { requestId: request.requestId, traceId: request.traceId };
    },
    ...(pretty ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } } : {}),
  });
}
