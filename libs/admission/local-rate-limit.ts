import { LRUCache } from 'lru-cache';
import type { Pace, RateLimit, Taken } from './rate.ts';

const sendersMaxDefault = 50_000;
/** Sums of parts of milliseconds are not exact. */
const toleranceMs = 1;

/**
 * The generic cell rate algorithm in this process's memory: one number per sender, the time at which their whole pace is
 * there again. Of more senders than are kept, the longest silent is forgotten, and so begins with a whole pace.
 */
export class LocalRateLimit implements RateLimit {
  readonly #pace: Pace;
  readonly #wholeAt: LRUCache<string, number>;

  constructor(pace: Pace, sendersMax = sendersMaxDefault) {
    this.#pace = pace;
    this.#wholeAt = new LRUCache({ max: sendersMax });
  }

  take(sender: string, now = performance.now()): Taken {
    const { requestsMax, windowMs } = this.#pace;
    if (requestsMax === 0) return { outcome: 'taken', rate: undefined };
    const wholeAt = Math.max(this.#wholeAt.get(sender) ?? 0, now) + windowMs / requestsMax;
    const overMs = wholeAt - now - windowMs;
    if (overMs >= toleranceMs) {
      const rate = { requestsMax, left: 0, wholeInMs: windowMs, windowMs };
      return { outcome: 'too-fast', rate, retryAfterMs: Math.ceil(overMs) };
    }
    this.#wholeAt.set(sender, wholeAt);
    const left = Math.max(Math.floor((-overMs * requestsMax) / windowMs + 0.01), 0);
    return { outcome: 'taken', rate: { requestsMax, left, wholeInMs: Math.ceil(wholeAt - now), windowMs } };
  }
}
