const backoffMs = 250;
const backoffMsMax = 8_000;
const jitter = 0.5;

/** How long to wait before the try after this many: what the server says, else ever longer; never all clients at once. */
export function pauseMs(tries: number, retryAfterMs?: number): number {
  if (retryAfterMs !== undefined) return retryAfterMs + Math.random() * Math.max(retryAfterMs * jitter, backoffMs);
  return spread(Math.min(backoffMs * 2 ** (tries - 1), backoffMsMax));
}

export function spread(ms: number): number {
  return ms * (1 - jitter * Math.random());
}

/** A timer that is longer fires at once. */
export const timerMsMax = 2_147_483_647;

export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const slept = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, timerMsMax));
  });
  await untilAborted(slept, signal).finally(() => clearTimeout(timer));
}

/** What many may wait for, until one of them does not want to any more. */
export function untilAborted<Value>(promise: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
