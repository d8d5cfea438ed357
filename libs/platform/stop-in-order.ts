import type { Logger } from 'pino';

export interface StopPart {
  readonly name: string;
  /** Stops the part within the given time; a part that takes much longer is abandoned. */
  readonly stop: (timeoutMs: number) => unknown;
}

/** The rest of the time is left for the process to exit before the time-out of the stop. */
const usableShare = 0.9;
/** Each part gets a share of the remaining time, so that later parts have some. */
const toldShare = 0.5;
const longestShare = 0.75;

/** Stops the parts in order, and continues if one fails or takes too long. */
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
