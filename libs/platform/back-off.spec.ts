import { backOffMs } from './back-off.ts';

describe('the pause after failures', () => {
  it.each([
    [1, 20],
    [2, 40],
    [4, 160],
    [7, 1000],
    [5000, 1000],
  ])('after %d is at most %d ms and at least half of that', (failures, longest) => {
    const pauses = Array.from({ length: 200 }, () => backOffMs(failures, { firstMs: 20, mostMs: 1000 }));
    expect(Math.max(...pauses)).toBeLessThanOrEqual(longest);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(longest / 2);
    expect(new Set(pauses).size).toBeGreaterThan(1);
  });
});
