import { itemStock, slotStock, stockAggregate, stockStream } from '#domain';
import type { Labels, StockCommand, StockId } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import { DueList, HoldQueries, holdsProjection, placeOfHold, type HoldFilter, type Paging } from '../index.ts';

describe('holds', () => {
  const slot = slotStock(5);
  const item = itemStock('prod_001');
  const elsewhere = itemStock('prod_001', 2);
  const labels = { reference: 'table-7', metadata: { channel: 'phone' } };
  const start = Date.UTC(2026, 0, 1);
  const all = { limit: 50, page: 1 };
  let projected: Projected;
  let queries: HoldQueries;
  let due: DueList;

  beforeAll(async () => {
    projected = await startProjected([{ projection: holdsProjection, inRedis: false }]);
    queries = new HoldQueries(projected.pool);
    due = new DueList(projected.pool, 'holds');
    for (const stock of [slot, item]) await at(0, stock, { type: 'Provide', quantity: 50, provideId: null });
    await hold(1, slot, 'h1', 100);
    await hold(2, item, 'h2', 200);
    await hold(3, slot, 'h3', 100, 'ann', labels);
    await hold(4, slot, 'h4', 100);
    await hold(5, slot, 'h5', 10, 'ann', { metadata: labels.metadata });
    await at(6, slot, { type: 'ConfirmHold', holdId: 'h3', customerId: 'ann', quantity: 1 });
    await at(7, slot, { type: 'CancelHold', holdId: 'h4', customerId: null });
    await at(8, item, { type: 'ExtendHold', holdId: 'h2', customerId: 'ann', ttlMs: 300_000 });
    await hold(9, item, 'bob1', 50, 'bob', { reference: 'table-7' });
    await at(10, elsewhere, { type: 'Provide', quantity: 9, provideId: null });
    await hold(11, elsewhere, 'far', 900, 'bob');
    // Whatever comes next for a stock ends the holds whose time is up.
    await at(20, slot, { type: 'Adjust', delta: 1, reason: 'count' });
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  async function at(seconds: number, stock: StockId, command: StockCommand): Promise<void> {
    projected.now = start + seconds * 1000;
    await projected.execute(stockAggregate, stockStream(stock), command);
  }

  function hold(
    seconds: number,
    stock: StockId,
    holdId: string,
    ttlSeconds: number,
    customerId = 'ann',
    noted?: Labels,
  ) {
    const command = { type: 'Hold', holdId, customerId, quantity: 2, ttlMs: ttlSeconds * 1000 } as const;
    return at(seconds, stock, { ...command, labels: noted });
  }

  function time(seconds: number): Date {
    return new Date(start + seconds * 1000);
  }

  function ids(now: number, status?: HoldFilter['status'], paging: Paging = all): Promise<string[]> {
    return idsOf({ customerId: 'ann', status }, paging, now);
  }

  async function idsOf(filter: HoldFilter, paging: Paging = all, now = 30): Promise<string[]> {
    const { rows } = await queries.page(filter, time(now), paging);
    return rows.map(({ holdId }) => holdId);
  }

  it('are found by their stock and id, as they are now', async () => {
    expect(await queries.find(item, 'h2', time(30))).toEqual({
      holdId: 'h2',
      stock: item,
      customerId: 'ann',
      quantity: 2,
      status: 'open',
      confirmedQuantity: null,
      createdAt: time(2),
      expiresAt: time(308),
      endedAt: null,
    });
    expect(await queries.find(slot, 'h3', time(30))).toMatchObject({
      status: 'confirmed',
      confirmedQuantity: 1,
      endedAt: time(6),
    });
    expect(await queries.find(slot, 'h5', time(30))).toMatchObject({ status: 'expired', expiresAt: time(15) });
    expect(await queries.find(slot, 'h2', time(30))).toBeUndefined();
  });

  it('whose time is up are expired, whether or not anybody has noticed', async () => {
    expect(await queries.find(slot, 'h1', time(100.999))).toMatchObject({ status: 'open' });
    expect(await queries.find(slot, 'h1', time(101))).toMatchObject({ status: 'expired', endedAt: null });
  });

  it('of a customer are listed by their status, the newest first', async () => {
    expect(await ids(30)).toEqual(['h5', 'h4', 'h3', 'h2', 'h1']);
    expect(await ids(30, 'open')).toEqual(['h2', 'h1']);
    expect(await ids(30, 'confirmed')).toEqual(['h3']);
    expect(await ids(30, 'cancelled')).toEqual(['h4']);
    expect(await ids(30, 'expired')).toEqual(['h5']);
    expect(await ids(101, 'open')).toEqual(['h2']);
    expect(await ids(101, 'expired')).toEqual(['h5', 'h1']);
  });

  it('are read page by page, by number or from a hold on', async () => {
    expect(await ids(30, undefined, { limit: 2, page: 2 })).toEqual(['h3', 'h2']);
    const first = await queries.page({ customerId: 'ann' }, time(30), { limit: 3, page: 1 });
    expect(first).toMatchObject({ hasMore: true, total: 5, totalIsExact: true });
    const after = first.rows.map(placeOfHold)[2] ?? '';
    expect(await ids(30, undefined, { limit: 2, after })).toEqual(['h2', 'h1']);
    const open = await queries.page({ customerId: 'ann', status: 'open' }, time(30), { limit: 2, page: 1 });
    expect(open).toMatchObject({ hasMore: false, total: 2 });
    const last = await queries.page({ customerId: 'ann' }, time(30), { limit: 2, after });
    expect(last).toMatchObject({ hasMore: false, total: null });
  });

  it('of a slot or an item, of everybody or of one, are listed as they were made', async () => {
    expect(await idsOf({ slotId: 5 })).toEqual(['h5', 'h4', 'h3', 'h1']);
    expect(await idsOf({ slotId: 5, status: 'confirmed' })).toEqual(['h3']);
    expect(await idsOf({ itemId: 'prod_001' })).toEqual(['far', 'bob1', 'h2']);
    expect(await idsOf({ itemId: 'prod_001', customerId: 'ann' })).toEqual(['h2']);
    expect(await idsOf({ itemId: '5' })).toEqual([]);
    expect(await idsOf({ slotId: 5, from: time(3), to: time(5) })).toEqual(['h4', 'h3']);
  });

  it('have what was noted with them also after they have ended, and are found by its reference', async () => {
    expect(await queries.find(slot, 'h3', time(30))).toMatchObject({ status: 'confirmed', labels });
    expect((await queries.find(slot, 'h5', time(30)))?.labels).toStrictEqual({ metadata: labels.metadata });
    expect((await queries.find(slot, 'h4', time(30)))?.labels).toBeUndefined();
    expect(await idsOf({ reference: 'table-7' })).toEqual(['bob1', 'h3']);
    expect(await idsOf({ reference: 'table-7', customerId: 'ann' })).toEqual(['h3']);
    expect(await idsOf({ reference: 'table-7', status: 'open' })).toEqual(['bob1']);
    expect(await idsOf({ reference: 'table' })).toEqual([]);
  });

  it('that are due are listed by stock, the longest due first', async () => {
    expect(await due.stocks(time(58.999))).toEqual([]);
    expect(await due.stocks(time(59))).toEqual([item]);
    expect(await due.stocks(time(400))).toEqual([item, slot]);
  });
});
