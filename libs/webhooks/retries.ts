const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** The delay after each failure, counted from it; after one failure more, the delivery has failed. */
const retryDelaysMs = [
  5 * seconds,
  5 * minutes,
  30 * minutes,
  2 * hours,
  5 * hours,
  10 * hours,
  14 * hours,
  20 * hours,
  24 * hours,
] as const;

/** Deliveries that failed together are not all retried together. */
const jitterShare = 0.1;
const retryAfterMsMax = 24 * hours;

/** What is known of an attempt that failed. */
export interface Failure {
  /** When it failed, in milliseconds since 1970. */
  readonly at: number;
  /** Failures of the delivery, with this one. */
  readonly failures: number;
  /** What the receiver asked for. */
  readonly retryAfterMs: number | undefined;
}

/** When to retry; undefined after the last attempt. Never before the time that the receiver asked for. */
export function retryAt({ at, failures, retryAfterMs = 0 }: Failure, random = Math.random): number | undefined {
  const delayMs = retryDelaysMs[failures - 1];
  if (delayMs === undefined) return undefined;
  return Math.round(at + Math.max(delayMs * (1 + random() * jitterShare), retryAfterMs));
}

/** The time that a Retry-After header names, from `now` on; undefined if it names none. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * seconds : Date.parse(header) - now;
  return ms > 0 ? Math.min(ms, retryAfterMsMax) : undefined;
}
