import type { Response } from './connection.ts';
import type { Claimed, Result } from './outbox.ts';
import { readRetryAfter, retryAt } from './retries.ts';

/** When an attempt began and ended, in milliseconds since 1970, and how long it took on the monotonic clock. */
export interface Timing {
  readonly at: number;
  readonly endedAt: number;
  readonly ms: number;
}

/** What an attempt came to: any answer but 2xx is a failure, and so is a redirect. */
export function judge(delivery: Claimed, response: Response, { at, endedAt, ms }: Timing): Result {
  const { webhookId, eventId, subject, round, failures } = delivery;
  const { status } = response;
  const error = status === null ? response.error : null;
  const facts = { webhookId, eventId, subject, round, failures };
  const attempt = { at: new Date(at).toISOString(), status, error, ms };
  if (status !== null && status >= 200 && status < 300) return { ...facts, attempt, outcome: 'delivered' };
  const retryAfterMs = status === null ? undefined : readRetryAfter(response.retryAfter, endedAt);
  const next = retryAt({ at: endedAt, failures: failures + 1, retryAfterMs });
  return {
    ...facts,
    attempt,
    ...(next === undefined ? { outcome: 'failed' } : { outcome: 'retry', retryAt: new Date(next) }),
    ...(status === 410 ? { isGone: true } : {}),
    ...(retryAfterMs === undefined ? {} : { pausedUntil: new Date(endedAt + retryAfterMs) }),
  };
}
