import { readRetryAfter, retryAt } from './retries.ts';

const seconds = 1000;
const hours = 3_600_000;
const now = Date.UTC(2026, 0, 1);

describe('a failed attempt', () => {
  const without = { at: now, retryAfterMs: undefined };

  it('is followed by another after a delay that depends on how many failed, and by none after the tenth', () => {
    const delays = Array.from({ length: 10 }, (_, before) => {
      const at = retryAt({ ...without, failures: before + 1 }, () => 0);
      return at === undefined ? undefined : (at - now) / seconds;
    });
    expect(delays).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, undefined]);
  });

  it('is followed by another up to a tenth later, by chance', () => {
    expect(retryAt({ ...without, failures: 2 }, () => 0.999)).toBeGreaterThan(now + 329 * seconds);
    expect(retryAt({ ...without, failures: 2 }, () => 0.999)).toBeLessThan(now + 330 * seconds);
  });

  it('is not followed by another before the time that the receiver asked for', () => {
    const asked = (retryAfterMs: number, failures: number): number | undefined =>
      retryAt({ at: now, failures, retryAfterMs }, () => 0);
    expect(asked(60 * seconds, 1)).toBe(now + 60 * seconds);
    expect(asked(60 * seconds, 2)).toBe(now + 300 * seconds);
    expect(asked(60 * seconds, 10)).toBeUndefined();
  });
});

describe('a Retry-After', () => {
  it.each([
    ['120', 120 * seconds],
    ['Thu, 01 Jan 2026 00:02:00 GMT', 120 * seconds],
    ['999999999', 24 * hours],
    ['Thu, 01 Jan 2099 00:00:00 GMT', 24 * hours],
    ['0', undefined],
    ['Wed, 31 Dec 2025 00:00:00 GMT', undefined],
    ['-5', undefined],
    ['soon', undefined],
    [undefined, undefined],
  ])('of %s means %s ms', (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms);
  });
});
