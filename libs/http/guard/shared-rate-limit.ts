import type { Logger, Redis } from '#platform';
import { LocalRateLimit } from './local-rate-limit.ts';
import type { RateLimitRule, RateLimit, Taken } from './rate-limit.ts';
import { takeScript } from './redis-scripts.ts';

type Scripts = Redis & {
  holdfastTake(key: string, requestsMax: number, windowMs: number): Promise<[left: number, ms: number, over: 0 | 1]>;
};

export interface SharedRateLimitOptions {
  readonly redis: Redis;
  readonly rule: RateLimitRule;
  readonly log?: Logger;
}

/** One count for all processes, in Redis; while Redis is unavailable, each process counts separately. */
export class SharedRateLimit implements RateLimit {
  readonly #options: SharedRateLimitOptions;
  readonly #redis: Scripts;
  readonly #withoutRedis: LocalRateLimit;

  constructor(options: SharedRateLimitOptions) {
    this.#options = options;
    this.#withoutRedis = new LocalRateLimit(options.rule);
    options.redis.defineCommand('holdfastTake', { numberOfKeys: 1, lua: takeScript });
    this.#redis = options.redis as Scripts;
  }

  async take(sender: string): Promise<Taken> {
    const { name, requestsMax, windowMs } = this.#options.rule;
    if (requestsMax === 0) return { outcome: 'taken', rate: undefined };
    try {
      const [left, ms, over] = await this.#redis.holdfastTake(`{${sender}}:rate:${name}`, requestsMax, windowMs);
      return over === 1
        ? { outcome: 'too-fast', rate: { requestsMax, left, wholeInMs: windowMs, windowMs }, retryAfterMs: ms }
        : { outcome: 'taken', rate: { requestsMax, left, wholeInMs: ms, windowMs } };
    } catch (error) {
      this.#options.log?.debug({ err: error }, 'Redis is unavailable: rate limits are counted per process');
      return this.#withoutRedis.take(sender);
    }
  }
}
