import { itemStock, slotStock, stockAggregate, stockStream } from '#domain';
import type { Labels, StockCommand, StockId } from '#domain';
import { projectionOf, balanceOf, lendOf, startProjected, type Projected } from '#dev/testing';
import { DueList, LendQueries, lendsProjection, type LendFilter } from '../index.ts';

describe('lends', () => {
  const drill = itemStock('drill', 2);
  const saw = itemStock('saw', 2);
  const elsewhere = itemStock('drill', 3);
  const labels = { reference: 'loan-7', metadata: { desk: 'north' } };
  const start = Date.UTC(2026, 0, 1);
  let projected: Projected;
  let queries: LendQueries;
  let due: DueList;

  beforeAll(async () => {
    projected = await startProjected([{ projection: lendsProjection, inRedis: false }]);
    queries = new LendQueries(projected.pool);
    due = new DueList(projected.pool, 'lends');
    for (const stock of [drill, saw, elsewhere]) await at(0, stock, { type: 'Provide', quantity: 50, provideId: null });
    await lend(1, drill, 1, 'ann', null);
    await lend(2, saw, 2, 'ann', 100);
    await lend(3, elsewhere, 3, 'bob', 50);
    await lend(4, drill, 4, 'bob', 60, { reference: 'loan-7' });
    await lend(4, drill, 5, 'ann', 70, labels);
    await at(5, drill, { type: 'Hold', holdId: 'h1', customerId: 'cid', quantity: 2, ttlMs: 60_000, labels });
    await at(6, drill, { type: 'LendHeld', lendId: 6, holdId: 'h1', customerId: 'cid', dueAt: time(20).getTime() });
    await giveBack(7, drill, 1);
    await giveBack(8, saw, 2, 1);
    await at(9, drill, { ...ofLend(5), type: 'RenewLend', dueAt: time(90).getTime(), renewalsMax: 1 });
    await at(21, drill, { type: 'MarkOverdue' });
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  async function at(seconds: number, stock: StockId, command: StockCommand): Promise<void> {
    projected.now = time(seconds).getTime();
    await projected.execute(stockAggregate, stockStream(stock), command);
  }

  function lend(
    seconds: number,
    stock: StockId,
    lendId: number,
    borrowerId: string,
    dueAfter: number | null,
    noted?: Labels,
  ) {
    const dueAt = dueAfter === null ? null : time(dueAfter).getTime();
    return at(seconds, stock, { type: 'Lend', lendId, borrowerId, quantity: 3, dueAt, labels: noted });
  }

  function ofLend(lendId: number) {
    return { lendId, borrowerId: null };
  }

  function giveBack(seconds: number, stock: StockId, lendId: number, quantity?: number): Promise<void> {
    const part = quantity === undefined ? {} : { quantity };
    return at(seconds, stock, { type: 'Return', ...ofLend(lendId), ...part, condition: 'ok', note: null });
  }

  function time(seconds: number): Date {
    return new Date(start + seconds * 1000);
  }

  async function ids(filter: LendFilter, now = 30): Promise<number[]> {
    const { rows } = await queries.page(filter, time(now), { limit: 50, page: 1 });
    return rows.map(({ lendId }) => lendId);
  }

  it('are found by their numbers, as they are now', async () => {
    expect(await queries.find(2)).toEqual({
      lendId: 2,
      itemId: 'saw',
      inventoryId: 2,
      borrowerId: 'ann',
      quantity: 3,
      returnedQuantity: 1,
      lentAt: time(2).getTime(),
      dueAt: time(100).getTime(),
      renewals: 0,
      returnedAt: null,
    });
    expect(await queries.find(1)).toMatchObject({ dueAt: null, returnedQuantity: 3, returnedAt: time(7).getTime() });
    expect(await queries.find(5)).toMatchObject({ dueAt: time(90).getTime(), renewals: 1 });
    expect(await queries.find(6)).toMatchObject({ borrowerId: 'cid', quantity: 2, lentAt: time(6).getTime() });
    expect(await queries.find(7)).toBeUndefined();
  });

  it('are listed by borrower, item, inventory and time, the newest first', async () => {
    expect(await ids({})).toEqual([6, 5, 4, 3, 2, 1]);
    expect(await ids({ borrowerId: 'ann' })).toEqual([5, 2, 1]);
    expect(await ids({ itemId: 'drill' })).toEqual([6, 5, 4, 3, 1]);
    expect(await ids({ itemId: 'drill', inventoryId: 3 })).toEqual([3]);
    expect(await ids({ borrowerId: 'ann', inventoryId: 2, itemId: 'drill' })).toEqual([5, 1]);
    expect(await ids({ from: time(2), to: time(4) })).toEqual([3, 2]);
  });

  it('have what was noted with them, or with the hold that they were, and are found by its reference', async () => {
    expect(await queries.find(5)).toMatchObject({ renewals: 1, labels });
    expect(await queries.find(6)).toMatchObject({ borrowerId: 'cid', labels });
    expect((await queries.find(1))?.labels).toBeUndefined();
    expect(await ids({ reference: 'loan-7' })).toEqual([6, 5, 4]);
    expect(await ids({ reference: 'loan-7', borrowerId: 'ann' })).toEqual([5]);
    expect(await ids({ reference: 'loan-8' })).toEqual([]);
  });

  it('are open until all of their units are back', async () => {
    expect(await ids({ open: true })).toEqual([6, 5, 4, 3, 2]);
    expect(await ids({ open: false })).toEqual([1]);
  });

  it('are overdue by the clock, whether or not that was recorded', async () => {
    expect(await ids({ overdue: true }, 49.999)).toEqual([6]);
    expect(await ids({ overdue: true }, 50)).toEqual([6, 3]);
    expect(await ids({ overdue: false }, 50)).toEqual([5, 4, 2, 1]);
    expect(await ids({ overdue: true, open: false }, 50)).toEqual([]);
  });

  it('are read page by page, by number or from a lend on, also those of one moment', async () => {
    const first = await queries.page({}, time(30), { limit: 2, page: 1 });
    expect(first).toMatchObject({ hasMore: true, total: 6 });
    const next = await queries.page({}, time(30), { limit: 2, after: `${time(4).toISOString()} 5` });
    expect(next).toMatchObject({ rows: [{ lendId: 4 }, { lendId: 3 }], hasMore: true, total: null });
    const numbered = await queries.page({ overdue: true }, time(50), { limit: 1, page: 2 });
    expect(numbered).toMatchObject({ rows: [{ lendId: 3 }], hasMore: false, total: 2 });
  });

  it('that are due and not yet marked are listed by stock, the longest due first', async () => {
    expect(await due.stocks(time(49.999))).toEqual([]);
    expect(await due.stocks(time(50))).toEqual([elsewhere]);
    expect(await due.stocks(time(400))).toEqual([elsewhere, drill, saw]);
  });

  it('of a stock that is not of an item are passed over: nothing is lent of a slot', () => {
    const lent = { type: 'UnitsLent', ...lendOf(), balance: balanceOf({ total: 5, lent: 3 }) } as const;
    projectionOf(lendsProjection, stockAggregate)
      .given(stockStream(slotStock(1)), lent)
      .then([]);
    projectionOf(lendsProjection, stockAggregate)
      .given(stockStream(drill), lent)
      .then([{ lend_id: 7, stock: stockStream(drill), revision: 0 }]);
  });
});
