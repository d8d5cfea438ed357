import { setTimeout as pause } from 'node:timers/promises';
import { backOffMs } from '#platform';
import { StoreUnavailable } from './errors.ts';

const attemptsMax = 4;
const backOff = { firstMs: 40, mostMs: 160 };
/** If the first attempt took longer than this, there is no retry. */
const againWithinMs = 500;

/**
 * Retries a read once: a connection that was lost while idle fails only on use, and a new one is available immediately.
 */
export async function askAgain<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const began = performance.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const waited = performance.now() - began;
      if (!(error instanceof StoreUnavailable) || attempt === attemptsMax || waited > againWithinMs) throw error;
      await pause(backOffMs(attempt, backOff));
    }
  }
}
