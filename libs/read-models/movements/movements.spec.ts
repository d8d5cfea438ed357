import { itemStock, stockAggregate, stockStream, type StockCommand } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import { MovementQueries, movementsProjection } from '../index.ts';

describe('the movements of a stock', () => {
  const stock = itemStock('prod_001');
  const start = Date.UTC(2026, 0, 1);
  let projected: Projected;
  let queries: MovementQueries;

  beforeAll(async () => {
    projected = await startProjected([{ projection: movementsProjection, inRedis: false }]);
    queries = new MovementQueries(projected.pool);
    await at(0, { type: 'Provide', quantity: 10, provideId: null });
    await at(10, { type: 'Hold', holdId: 'h1', customerId: 'ann', quantity: 2, ttlMs: 60_000 }, 'ann');
    await at(10, { type: 'Adjust', delta: -1, reason: 'broken' });
    await at(20, { type: 'ConfirmHold', holdId: 'h1', customerId: 'ann', quantity: 1 }, 'ann');
    await at(30, { type: 'Discontinue' });
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  async function at(seconds: number, command: StockCommand, userId = 'staff'): Promise<void> {
    projected.now = start + seconds * 1000;
    await projected.execute(stockAggregate, stockStream(stock), command, userId);
  }

  function time(seconds: number): Date {
    return new Date(start + seconds * 1000);
  }

  it('are all its events in their order, each with who, when, how many, for what, and the balance', async () => {
    const { rows, hasMore, total } = await queries.page(stock, { limit: 10, page: 1 });
    const nothing = { total: 10, taken: 0, held: 0, reserved: 0, lent: 0, available: 10 };
    const provided = { type: 'UnitsProvided', actor: 'staff', quantity: 10, reference: null, reason: null };
    expect(rows[0]).toEqual({ revision: 0, at: time(0), ...provided, ...nothing });
    expect(rows.slice(1)).toMatchObject([
      { revision: 1, type: 'UnitsHeld', at: time(10), actor: 'ann', quantity: 2, reference: 'h1', available: 8 },
      { revision: 2, type: 'StockAdjusted', at: time(10), quantity: -1, reason: 'broken', total: 9, available: 7 },
      { revision: 3, type: 'HoldConfirmed', at: time(20), quantity: 1, reference: 'h1', taken: 1, available: 8 },
      { revision: 4, type: 'StockDiscontinued', at: time(30), quantity: null, reference: null, available: 8 },
    ]);
    expect({ hasMore, total }).toEqual({ hasMore: false, total: 5 });
  });

  it('are read page by page, by number or from a revision on', async () => {
    const revisions = async (paging: Parameters<MovementQueries['page']>[1]) => {
      const { rows, hasMore } = await queries.page(stock, paging);
      return [rows.map(({ revision }) => revision), hasMore];
    };
    expect(await revisions({ limit: 2, page: 1 })).toEqual([[0, 1], true]);
    expect(await revisions({ limit: 2, page: 3 })).toEqual([[4], false]);
    expect(await revisions({ limit: 2, page: 4 })).toEqual([[], false]);
    expect(await revisions({ limit: 2, after: '1' })).toEqual([[2, 3], true]);
    expect(await revisions({ limit: 2, after: '2' })).toEqual([[3, 4], false]);
  });

  it('are read from the newest one on, too, page by page', async () => {
    const revisions = async (paging: Parameters<MovementQueries['page']>[1]) => {
      const { rows, hasMore, total } = await queries.page(stock, paging, 'newest');
      return [rows.map(({ revision }) => revision), hasMore, total];
    };
    expect(await revisions({ limit: 2, page: 1 })).toEqual([[4, 3], true, 5]);
    expect(await revisions({ limit: 2, page: 3 })).toEqual([[0], false, 5]);
    expect(await revisions({ limit: 2, page: 4 })).toEqual([[], false, 5]);
    expect(await revisions({ limit: 2, after: '3' })).toEqual([[2, 1], true, null]);
    expect(await revisions({ limit: 2, after: '2' })).toEqual([[1, 0], false, null]);
  });

  it('tell the stock as it was: after the last event up to that time, also of several at once', async () => {
    const revisionAt = async (seconds: number) => (await queries.lastUntil(stock, time(seconds)))?.revision;
    expect(await revisionAt(-0.001)).toBeUndefined();
    expect(await revisionAt(0)).toBe(0);
    expect(await revisionAt(9.999)).toBe(0);
    expect(await revisionAt(10)).toBe(2);
    expect(await revisionAt(25)).toBe(3);
    expect(await revisionAt(1000)).toBe(4);
    expect(await queries.lastUntil(itemStock('prod_never'), time(1000))).toBeUndefined();
  });
});
