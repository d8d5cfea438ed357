import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { assertClock, clockSkewMs, type Pool } from '../index.ts';

describe('the clock of this process beside PostgreSQL’s', () => {
  const now = Date.now.bind(Date);

  afterEach(() => void (Date.now = now));

  /** Answers with the time that its own clock shows after so long, and takes as long again to be heard. */
  function slow(ms: number, aheadMs: number): Pool {
    let passed = 0;
    Date.now = () => 1_000_000 + passed;
    const query = async () => {
      passed += ms;
      const rows = [{ ms: String(Date.now() - aheadMs) }];
      passed += ms;
      return { rows };
    };
    return { query } as unknown as Pool;
  }

  it('is not said to be off for as long as PostgreSQL takes to answer', async () => {
    expect(await clockSkewMs(slow(3500, 0))).toBe(0);
    expect(await clockSkewMs(slow(3500, 3500))).toBe(0);
    expect(await clockSkewMs(slow(10, 60_000))).toBe(59_990);
    expect(await clockSkewMs(slow(10, -60_000))).toBe(-59_990);
  });

  it('is rejected when it is off by more than a second, with what it is', async () => {
    await expect(assertClock(slow(0, 1000))).resolves.toBeUndefined();
    await expect(assertClock(slow(0, 1001))).rejects.toThrow('this clock is at least 1001 ms ahead of PostgreSQL’s');
    await expect(assertClock(slow(0, -1001))).rejects.toThrow('this clock is at least 1001 ms behind PostgreSQL’s');
  });

  it('is right on one machine', async () => {
    const database: FreshDatabase = await freshDatabase();
    expect(Math.abs(await clockSkewMs(database.pool))).toBeLessThan(100);
    await database.drop();
  });
});
