import { inventoryAggregate, itemStock, slotStock, stockAggregate, stockStream } from '#domain';
import type { StockCommand, StockId } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import {
  availabilityProjection,
  claimsShownMax,
  holdsProjection,
  inventoriesProjection,
  lendsProjection,
  WhereaboutsQueries,
} from '../index.ts';

describe('the whereabouts of an item', () => {
  const start = Date.UTC(2026, 0, 1);
  const all = { limit: 50, page: 1 };
  let projected: Projected;
  let queries: WhereaboutsQueries;

  beforeAll(async () => {
    const projections = [availabilityProjection, inventoriesProjection, lendsProjection, holdsProjection];
    projected = await startProjected(projections.map((projection) => ({ projection, inRedis: false })));
    queries = new WhereaboutsQueries(projected.pool);
    for (const inventoryId of [2, 10]) await open(inventoryId, 'ann');
    const others = ['a.b', 'a_b', 'A'].map((itemId) => itemStock(itemId, 2));
    const provided = [itemStock('a'), itemStock('a', 10), itemStock('a', 2), ...others];
    for (const stock of provided) await at(0, stock, { type: 'Provide', quantity: 100, provideId: null });
    await at(0, slotStock(2), { type: 'SetCapacity', capacity: 5 });
    await lend(7, itemStock('a', 2));
    await lend(8, itemStock('a.b', 2));
    await lend(9, itemStock('a', 2));
    await at(5, itemStock('a', 2), { type: 'Return', lendId: 7, borrowerId: null, condition: 'ok', note: null });
    for (const [holdId, ttlMs] of [
      ['h1', 10_000],
      ['h2', 60_000],
    ] as const) {
      await at(6, itemStock('a', 2), { type: 'Hold', holdId, customerId: 'bob', quantity: 2, ttlMs });
    }
    for (let lendId = 100; lendId <= 100 + claimsShownMax; lendId++) await lend(lendId, itemStock('a', 10));
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  async function open(inventoryId: number, ownerId: string): Promise<void> {
    const rules = { defaultLendSeconds: null, renewalsMax: 0, openLendsMax: null, lentUnitsMax: null };
    const details = { name: 'x', description: '', lends: true, takesProvides: true, overdueLendsMax: null, ...rules };
    const command = { type: 'OpenInventory', inventoryId, ownerId, ...details } as const;
    await projected.execute(inventoryAggregate, inventoryAggregate.streamOf(inventoryId), command);
  }

  async function at(seconds: number, stock: StockId, command: StockCommand): Promise<void> {
    projected.now = start + seconds * 1000;
    await projected.execute(stockAggregate, stockStream(stock), command);
  }

  function lend(lendId: number, stock: StockId): Promise<void> {
    return at(4, stock, { type: 'Lend', lendId, borrowerId: 'bob', quantity: 1, dueAt: null });
  }

  function time(seconds: number): Date {
    return new Date(start + seconds * 1000);
  }

  async function inventories(ownerId: string | undefined, paging: Parameters<WhereaboutsQueries['page']>[2] = all) {
    const { rows, hasMore, total } = await queries.page({ itemId: 'a', ownerId }, time(20), paging);
    return [rows.map(({ inventoryId }) => inventoryId), hasMore, total];
  }

  it('are the inventories with it, in the order of their numbers', async () => {
    expect(await inventories(undefined)).toEqual([[1, 2, 10], false, 3]);
    expect(await inventories(undefined, { limit: 2, page: 1 })).toEqual([[1, 2], true, 3]);
    expect(await inventories(undefined, { limit: 2, after: '2' })).toEqual([[10], false, null]);
    expect(await queries.page({ itemId: 'b' }, time(20), all)).toEqual({ rows: [], hasMore: false, total: 0 });
  });

  it('are for an owner those of the owner', async () => {
    expect(await inventories('ann')).toEqual([[2, 10], false, 2]);
    expect(await inventories('bob')).toEqual([[], false, 0]);
    expect([await queries.isOwner('ann'), await queries.isOwner('bob')]).toEqual([true, false]);
  });

  it('have the balance of each, and its open lends and holds', async () => {
    const { rows } = await queries.page({ itemId: 'a' }, time(16), all);
    expect(rows[1]).toMatchObject({
      balance: { total: 100, taken: 0, held: 4, reserved: 0, lent: 1, available: 95 },
      lends: [{ lendId: 9, borrowerId: 'bob', itemId: 'a', inventoryId: 2 }],
      holds: [{ holdId: 'h2', customerId: 'bob' }],
      hasMoreClaims: false,
    });
    const { rows: before } = await queries.page({ itemId: 'a' }, time(15.999), all);
    expect(before[1]?.holds.map(({ holdId }) => holdId)).toEqual(['h1', 'h2']);
  });

  it('have the oldest of many lends, and tell that there are more', async () => {
    const { rows } = await queries.page({ itemId: 'a' }, time(16), all);
    expect(rows[2]?.lends.map(({ lendId }) => lendId)).toEqual(
      Array.from({ length: claimsShownMax }, (_, n) => 100 + n),
    );
    expect(rows[2]?.hasMoreClaims).toBe(true);
  });
});
