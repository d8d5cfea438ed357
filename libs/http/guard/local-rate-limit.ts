import { LRUCache } from 'lru-cache';
import type { RateLimitRule, RateLimit, Taken } from './rate-limit.ts';

const sendersMaxDefault = 50_000;
/** Sums of fractions of milliseconds are not exact. */
const toleranceMs = 1;

/**
 * The generic cell rate algorithm in memory: one number per sender, the time at which their full limit is available
 * again. Beyond the maximum number of senders, the least recently seen is evicted and starts again with a full limit.
 */
export class LocalRateLimit implements RateLimit {
  readonly #rule: RateLimitRule;
  readonly #wholeAt: LRUCache<string, number>;

  constructor(rule: RateLimitRule, sendersMax = sendersMaxDefault) {
    this.#rule = rule;
    this.#wholeAt = new LRUCache({ max: sendersMax });
  }

  take(sender: string, now = performance.now()): Taken {
    const { requestsMax, windowMs } = this.#rule;
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
