import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Steps } from '#domain/aggregate';

const sliceMs = 5;

/** Takes the steps, and lets other work go on after each slice of time. */
export async function inSlices<Result>(steps: Steps<Result>): Promise<Result> {
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < sliceMs) continue;
    await nextTurn();
    since = performance.now();
  }
}
