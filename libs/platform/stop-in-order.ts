import type { Logger } from 'pino';

export interface StopPart {
  readonly name: string;
  /** Told how long it may take; one that takes much longer is left to itself. */
  readonly stop: (timeoutMs: number) => unknown;
}

/** The rest is for the process to exit by itself, before the time-out of the whole stop ends it. */
const usableShare = 0.9;
/** Of the time that is left: however long a part takes, those after it have some. */
const toldShare = 0.5;
const longestShare = 0.75;

/** Stops one part after the other; the ones after a part that fails or takes too long are stopped all the same. */
export async function stopInOrder(
  parts: readonly StopPart[],
  { timeoutMs, log }: { readonly timeoutMs: number; readonly log: Logger },
): Promise<void> {
  const deadline = performance.now() + timeoutMs * usableShare;
  for (const { name, stop } of parts) {
    const leftMs = Math.max(0, deadline - performance.now());
    try {
      await within(Math.round(leftMs * longestShare), async () => stop(Math.round(leftMs * toldShare)));
    } catch (error) {
      log.warn({ err: error, part: name }, 'a part did not stop cleanly; stopping the others');
    }
  }
}

async function within(timeoutMs: number, run: () => Promise<unknown>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`it took more than ${timeoutMs} ms`)), timeoutMs);
  await Promise.race([run(), late]).finally(() => clearTimeout(timer));
}
