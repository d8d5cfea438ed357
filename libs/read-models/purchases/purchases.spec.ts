import { itemStock, stockAggregate, stockStream } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import { placeOfPurchase, PurchaseQueries, purchasesProjection, type Paging, type PurchaseFilter } from '../index.ts';

describe('purchases', () => {
  const stock = itemStock('prod_001');
  const labels = { reference: 'cart-7', metadata: { channel: 'app', 'a "quoted" key': 'back\\slash\n{1,2}' } };
  const moved = new Date(Date.UTC(2026, 0, 1) + 1000);
  let projected: Projected;
  let queries: PurchaseQueries;

  beforeAll(async () => {
    projected = await startProjected([{ projection: purchasesProjection, inRedis: false }]);
    queries = new PurchaseQueries(projected.pool);
    const stream = stockStream(stock);
    await projected.execute(stockAggregate, stream, { type: 'Provide', quantity: 50, provideId: null });
    for (const [purchaseId, customerId, noted] of [
      ['p1', 'ann', labels],
      ['p3', 'ann', undefined],
      ['p2', 'ann', { reference: 'cart-8' }],
      ['p4', 'bob', { reference: 'cart-7' }],
    ] as const) {
      if (purchaseId === 'p2') projected.now += 1000;
      const command = { type: 'Purchase', purchaseId, customerId, quantity: 2, labels: noted } as const;
      await projected.execute(stockAggregate, stream, command);
    }
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  async function ids(paging: Paging, filter: PurchaseFilter = { customerId: 'ann' }): Promise<string[]> {
    return (await queries.page(filter, paging)).rows.map(({ purchaseId }) => purchaseId);
  }

  it('are found by their ids, with what was left after them', async () => {
    const at = new Date(Date.UTC(2026, 0, 1));
    const wanted = { purchaseId: 'p3', stock, customerId: 'ann', quantity: 2, remaining: 46, at };
    expect(await queries.find('p3')).toEqual(wanted);
    expect(await queries.find('p9')).toBeUndefined();
  });

  it('of a customer are listed page by page, the newest first, also those of one moment', async () => {
    expect(await ids({ limit: 9, page: 1 })).toEqual(['p2', 'p3', 'p1']);
    const first = await queries.page({ customerId: 'ann' }, { limit: 2, page: 1 });
    expect(first).toMatchObject({ hasMore: true, total: 3, totalIsExact: true });
    const [, last] = first.rows;
    expect(last && (await ids({ limit: 2, after: placeOfPurchase(last) }))).toEqual(['p1']);
    expect(await ids({ limit: 2, page: 2 })).toEqual(['p1']);
  });

  it('have what was noted with them, and are found by its reference: by all, or by one customer', async () => {
    const all = { limit: 9, page: 1 };
    expect(await queries.find('p1')).toMatchObject({ labels });
    expect((await queries.find('p2'))?.labels).toStrictEqual({ reference: 'cart-8' });
    expect((await queries.find('p3'))?.labels).toBeUndefined();
    expect(await ids(all, { reference: 'cart-7' })).toEqual(['p4', 'p1']);
    expect(await ids(all, { reference: 'cart-7', customerId: 'ann' })).toEqual(['p1']);
    expect(await ids(all, { reference: 'cart-9' })).toEqual([]);
  });

  it('of everybody are listed by item and time', async () => {
    const all = { limit: 9, page: 1 };
    expect(await ids(all, {})).toEqual(['p4', 'p2', 'p3', 'p1']);
    expect(await ids(all, { stock, from: moved })).toEqual(['p4', 'p2']);
    expect(await ids(all, { stock, to: moved })).toEqual(['p3', 'p1']);
    expect(await ids(all, { stock: itemStock('prod_002') })).toEqual([]);
  });
});
