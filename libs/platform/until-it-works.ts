import { setTimeout as pause } from 'node:timers/promises';
import { ConfigurationError } from './config/read-config.ts';
import type { Logger } from './logging.ts';

export interface WaitOptions {
  readonly log: Logger;
  readonly signal: AbortSignal;
}

const askEveryMs = 500;

/**
 * Retries until it works, and logs each change of the reason. A configuration error is thrown, because it does not go
 * away.
 */
export async function untilItWorks<T>(what: string, attempt: () => Promise<T>, options: WaitOptions): Promise<T> {
  const { log, signal } = options;
  let reason: string | undefined;
  for (;;) {
    try {
      const result = await attempt();
      if (reason !== undefined) log.info(`no longer waiting for ${what}`);
      return result;
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
      const now = reasonOf(error);
      if (now !== reason) log.info(`waiting for ${what}: ${now}`);
      reason = now;
    }
    await pause(askEveryMs, undefined, { signal });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node's error for a host with several addresses has no message.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return error.message === '' && first !== undefined ? reasonOf(first) : error.message;
}
