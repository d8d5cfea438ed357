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

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return untilAborted(
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => clearTimeout(timer), { once: true });
    }),
    signal,
  );
}

/** What many may wait for, until one of them does not want to any more. */
export async function untilAborted<Value>(promise: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
