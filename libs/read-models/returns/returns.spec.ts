import { itemStock, slotStock, stockAggregate, stockStream, type StockCommand, type StockId } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import { PurchaseQueries, purchasesProjection, ReturnQueries, returnsProjection } from '../index.ts';

const lamp = itemStock('lamp');
const chair = itemStock('chair');
const takenAt = Date.UTC(2026, 0, 1);

describe('what was given back', () => {
  let projected: Projected;
  let queries: ReturnQueries;

  beforeAll(async () => {
    const projections = [returnsProjection, purchasesProjection];
    projected = await startProjected(projections.map((projection) => ({ projection, inRedis: false })));
    queries = new ReturnQueries(projected.pool);
    for (const stock of [lamp, chair]) await execute(stock, { type: 'Provide', quantity: 20, provideId: null });
    for (const purchaseId of ['p1', 'p2']) {
      await execute(lamp, { type: 'Purchase', purchaseId, customerId: 'ann', quantity: 5 });
    }
    const reserve = { type: 'ReserveForOrder', orderId: 'o1', customerId: 'ann', submittedAt: 1, holds: [] } as const;
    for (const stock of [lamp, chair]) {
      await execute(stock, { ...reserve, quantity: 3 });
      await execute(stock, { type: 'ShipOrder', orderId: 'o1', submittedAt: 1 });
    }
    await giveBack(lamp, 'p1', 2, 'too big');
    await giveBack(lamp, 'o1', 1, null);
    await giveBack(lamp, 'p1', 1, null, 'staff');
    await giveBack(chair, 'o1', 3, 'broken');
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  async function execute(stock: StockId, command: StockCommand, userId = 'ann'): Promise<void> {
    projected.now += 1000;
    await projected.execute(stockAggregate, stockStream(stock), command, userId);
  }

  function giveBack(stock: StockId, sourceId: string, quantity: number, reason: string | null, userId = 'ann') {
    const of = { source: sourceId === 'o1' ? 'order' : 'purchase', sourceId, customerId: 'ann', takenAt } as const;
    const taken = { ...of, takenQuantity: sourceId === 'o1' ? 3 : 5 };
    return execute(stock, { type: 'GiveBack', ...taken, quantity, reason, until: null }, userId);
  }

  it('is known of many at once, and of an order by its stocks', async () => {
    const quantities = await queries.quantitiesOf(['p1', 'p2']);
    expect(['p1', 'p2'].map((id) => quantities.of(id))).toEqual([3, 0]);
    const last = await queries.lastOf(['o1', 'p1', 'p2']);
    expect(last.map(({ sourceId, stock, returnedQuantity }) => [sourceId, stock, returnedQuantity])).toEqual([
      ['o1', chair, 3],
      ['o1', lamp, 1],
      ['p1', lamp, 3],
    ]);
    expect(await queries.lastOf([])).toEqual([]);
  });

  it('has a history, with who gave back what and why', async () => {
    expect(await queries.of('p1')).toMatchObject([
      { quantity: 2, returnedQuantity: 2, reason: 'too big', actor: 'ann', at: expect.any(Date) },
      { quantity: 1, returnedQuantity: 3, reason: null, actor: 'staff' },
    ]);
    expect((await queries.of('o1')).map(({ stock }) => stock)).toEqual([lamp, chair]);
  });

  it('is complete up to a number of the stock, or says that it is not', async () => {
    expect(await queries.complete(lamp, 'p1', 3)).toBe(3);
    expect(await queries.complete(lamp, 'p1', 2)).toBe(2);
    expect(await queries.complete(lamp, 'p2', 3)).toBe(0);
    expect(await queries.complete(lamp, 'p1', 4)).toBeUndefined();
    await projected.pool.query('delete from returns_v1_g1 where number = 2');
    expect(await queries.complete(lamp, 'p1', 3)).toBeUndefined();
    expect(await queries.complete(slotStock(1), 'p1', 0)).toBe(0);
  });

  it('was taken at a revision that the table of purchases has', async () => {
    expect(await new PurchaseQueries(projected.pool).placeOf('p2')).toEqual({ stock: lamp, revision: 2 });
    expect(await new PurchaseQueries(projected.pool).placeOf('p3')).toBeUndefined();
  });
});
