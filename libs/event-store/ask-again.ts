import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from './errors.ts';

const attemptsMax = 4;
const firstPauseMs = 20;
/** A store that keeps its callers waiting longer than this is not asked again. */
const againWithinMs = 500;

/**
 * Asks a question that may be asked twice: a connection that was lost while it lay idle shows itself only when it is
 * used, and a new one is to be had at once.
 */
export async function askAgain<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const began = performance.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const waited = performance.now() - began;
      if (!(error instanceof StoreUnavailable) || attempt === attemptsMax || waited > againWithinMs) throw error;
      await pause(firstPauseMs * 2 ** attempt * (0.5 + Math.random() / 2));
    }
  }
}
