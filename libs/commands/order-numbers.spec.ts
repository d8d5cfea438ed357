import { randomUUID } from 'node:crypto';
import { createPool, type Pool } from '#platform';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { orderNumberMigrations, OrderNumbers } from './order-numbers.ts';

describe('the number of an order', () => {
  let database: FreshDatabase;
  let otherPool: Pool;
  let numbers: OrderNumbers;
  let others: OrderNumbers;

  beforeEach(async () => {
    database = await freshDatabase(orderNumberMigrations);
    otherPool = createPool({ url: database.url, connectionsMax: 4, name: 'other' });
    numbers = new OrderNumbers(database.pool);
    others = new OrderNumbers(otherPool);
  });

  afterEach(async () => {
    await otherPool.end();
    await database.drop();
  });

  it('counts from 1 each day', async () => {
    expect(await numbers.assign('a', '2026-01-31')).toBe('ORD-20260131-0001');
    expect(await others.assign('b', '2026-01-31')).toBe('ORD-20260131-0002');
    expect(await numbers.assign('c', '2026-02-01')).toBe('ORD-20260201-0001');
    expect(await numbers.assign('d', '2026-01-31')).toBe('ORD-20260131-0003');
  });

  it('is the same when it is asked for again, also on another day and by another process', async () => {
    const number = await numbers.assign('a', '2026-01-31');
    expect(await numbers.assign('a', '2026-01-31')).toBe(number);
    expect(await others.assign('a', '2026-02-01')).toBe(number);
    expect(await others.assign('b', '2026-02-01')).toBe('ORD-20260201-0001');
  });

  it('is nobody else’s, of 200 that are asked for at once by two processes', async () => {
    const ids = Array.from({ length: 200 }, () => randomUUID());
    const assigned = await Promise.all(
      ids.map((id, index) => (index % 2 === 0 ? numbers : others).assign(id, '2026-01-31')),
    );
    const all = Array.from({ length: 200 }, (_, index) => `ORD-20260131-${String(index + 1).padStart(4, '0')}`);
    expect(assigned.toSorted()).toEqual(all);
  });

  it('is one, for many attempts of the same order at once, by two processes and around midnight', async () => {
    const ids = Array.from({ length: 20 }, () => randomUUID());
    const attempts = await Promise.all(
      Array.from({ length: 10 }, (_, attempt) =>
        Promise.all(
          ids.map((id) =>
            (attempt % 2 === 0 ? numbers : others).assign(id, attempt % 3 === 0 ? '2026-02-01' : '2026-01-31'),
          ),
        ),
      ),
    );
    for (const attempt of attempts) expect(attempt).toEqual(attempts[0]);
    expect(new Set(attempts[0]).size).toBe(20);
  });

  it('is wider after 9,999', async () => {
    await database.pool.query(`insert into order_number_days (day, last) values ('2026-01-31', 9998)`);
    expect(await numbers.assign('a', '2026-01-31')).toBe('ORD-20260131-9999');
    expect(await numbers.assign('b', '2026-01-31')).toBe('ORD-20260131-10000');
    expect(await numbers.assign('a', '2026-01-31')).toBe('ORD-20260131-9999');
  });
});
