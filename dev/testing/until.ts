import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { Answer } from './http-client.ts';

const pauseMs = 10;
/** Less than Jest's own limit, so that a test fails with what was last seen. */
const waitMsMaxDefault = 100_000;
const shown = { depth: 6, maxArrayLength: 20, maxStringLength: 2000 };

/** Looks again and again, with a pause, until what it sees is so; fails with what it last saw. */
export async function until<T>(look: () => T | Promise<T>): Promise<NonNullable<T>>;
export async function until<T>(look: () => T | Promise<T>, isSo: (seen: T) => boolean, waitMsMax?: number): Promise<T>;
export async function until<T>(
  look: () => T | Promise<T>,
  isSo: (seen: T) => boolean = Boolean,
  waitMsMax = waitMsMaxDefault,
): Promise<T> {
  const began = performance.now();
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (performance.now() - began > waitMsMax)
      throw new Error(`not so within ${waitMsMax} ms; last seen: ${inspect(seen, shown)}`);
    await pause(pauseMs);
  }
}

/**
 * The answer to a request that is repeated with its key: for a moment after the first answer was sent, another process
 * may not know yet that there is one.
 */
export function untilAnswered(ask: () => Promise<Answer>): Promise<Answer> {
  return until(ask, ({ body }) => body.code !== 'KEY_IN_FLIGHT');
}

/** Does the check again and again, with a pause, for as long as said. */
export async function throughout(forMs: number, check: () => Promise<void>): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < forMs) {
    await check();
    await pause(pauseMs);
  }
}
