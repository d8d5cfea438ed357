import { NotInTime, settledAfter } from '#commands';

// Leaves time to answer that the work is not finished yet.
const answerMs = 250;

/** How work of several commands ended, or why it is not waited for any more. */
export interface CarriedOut {
  /** Undefined if the work is done. */
  readonly failure: unknown;
  /** Resolves when the outcome of every command that was sent is known. */
  readonly settled: Promise<void>;
}

/**
 * Work that a process goes on with if it fails, or takes longer than its caller waits: what is under way goes on, but
 * sends no command that would be answered after `deadline`.
 */
export async function carryOut(work: (deadline: number) => Promise<void>, callerDeadline: number): Promise<CarriedOut> {
  const deadline = callerDeadline - answerMs;
  const steps = work(deadline);
  const settled = steps.catch(settledAfter);
  // Not every caller waits for it.
  settled.catch(() => undefined);
  try {
    await before(deadline, steps);
    return { failure: undefined, settled };
  } catch (failure) {
    return { failure, settled };
  }
}

/** Fails at the deadline with NotInTime; what is waited for goes on. */
async function before(deadline: number, work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const waitMs = Math.max(0, deadline - Date.now());
  const timer = setTimeout(() => late.reject(new NotInTime('it was not finished in time')), waitMs);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
