import fc from 'fast-check';
import { createRedis, type Redis } from '#platform';
import { freshRedis } from '#dev/testing';
import { LocalRateLimit, SharedRateLimit, type RateLimitRule, type RateLimit } from './index.ts';

const minuteMs = 60_000;
const ruleOf = (requestsMax: number, windowMs = minuteMs): RateLimitRule => ({ name: 'logins', requestsMax, windowMs });

describe('a rate limit', () => {
  let redis: Redis;

  beforeAll(async () => ({ redis } = await freshRedis()));
  afterEach(() => redis.flushdb());
  afterAll(() => redis.disconnect());

  const kinds: readonly [string, (rule: RateLimitRule) => RateLimit][] = [
    ['in one process', (rule) => new LocalRateLimit(rule)],
    ['in Redis', (rule) => new SharedRateLimit({ redis, rule })],
  ];

  describe.each(kinds)('%s', (_, limitOf) => {
    // Sevenths of a minute are no whole milliseconds.
    it.each([1, 3, 7])('lets each sender have %i requests, and says when there is another', async (requestsMax) => {
      const limit = limitOf(ruleOf(requestsMax));
      for (let left = requestsMax - 1; left >= 0; left--) {
        const rate = { requestsMax, left, wholeInMs: expect.any(Number), windowMs: minuteMs };
        expect(await limit.take('ann')).toEqual({ outcome: 'taken', rate });
      }
      const rejected = await limit.take('ann');
      const rate = { requestsMax, left: 0, wholeInMs: minuteMs, windowMs: minuteMs };
      expect(rejected).toEqual({ outcome: 'too-fast', rate, retryAfterMs: expect.any(Number) });
      const retryAfterMs = 'retryAfterMs' in rejected ? rejected.retryAfterMs : 0;
      expect(retryAfterMs).toBeGreaterThan(0);
      expect(retryAfterMs).toBeLessThanOrEqual(Math.ceil(minuteMs / requestsMax));
      expect(await limit.take('bob')).toMatchObject({ outcome: 'taken', rate: { left: requestsMax - 1 } });
    });

    it('of 0 is none', async () => {
      expect(await limitOf(ruleOf(0)).take('ann')).toEqual({ outcome: 'taken', rate: undefined });
    });
  });

  it('in one process lets nobody have more than the limit allows, however they spread their requests', () => {
    const gapsMs = fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), gapsMs, (requestsMax, gaps) => {
        const limit = new LocalRateLimit(ruleOf(requestsMax, 1000));
        let [now, taken, most] = [0, 0, 0];
        const cameTooEarly: number[] = [];
        for (const gap of gaps) {
          now += gap;
          const first = limit.take('ann', now);
          if (first.outcome === 'too-fast') {
            now += first.retryAfterMs;
            if (limit.take('ann', now).outcome === 'too-fast') cameTooEarly.push(now);
          }
          taken += 1;
          most = Math.max(most, taken - (now * requestsMax) / 1000);
        }
        expect(cameTooEarly).toEqual([]);
        // What comes a millisecond too early is let in.
        expect(most).toBeLessThanOrEqual(requestsMax * 1.001 + 1e-6);
      }),
    );
  });

  it('in one process forgets who has been silent longest, and nobody else', () => {
    const limit = new LocalRateLimit(ruleOf(1), 2);
    for (const sender of ['ann', 'bob', 'cy']) limit.take(sender);
    expect(['bob', 'cy', 'ann'].map((sender) => limit.take(sender).outcome)).toEqual(['too-fast', 'too-fast', 'taken']);
  });

  it('in Redis is one for all processes', async () => {
    const outcomes = [];
    for (const limit of [1, 2].map(() => new SharedRateLimit({ redis, rule: ruleOf(1) }))) {
      outcomes.push((await limit.take('ann')).outcome);
    }
    expect(outcomes).toEqual(['taken', 'too-fast']);
  });

  it('in Redis is still one when Redis is away: each process counts for itself', async () => {
    const away = createRedis('redis://127.0.0.1:1');
    const alone = new SharedRateLimit({ redis: away, rule: ruleOf(1) });
    expect(await alone.take('ann')).toMatchObject({ outcome: 'taken', rate: { left: 0 } });
    expect(await alone.take('ann')).toMatchObject({ outcome: 'too-fast' });
    away.disconnect();
  });
});
