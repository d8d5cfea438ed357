import { inventoryAggregate, itemAggregate, itemStock, mainInventoryFacts, slotStock, stockAggregate } from '#domain';
import type { InventoryFacts, StockId } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import {
  availabilityProjection,
  inventoriesProjection,
  InventoryItems,
  InventoryQueries,
  itemsProjection,
} from '../index.ts';

const details = {
  name: 'Tools',
  description: 'x',
  lends: true,
  takesProvides: false,
  defaultLendSeconds: 60,
  renewalsMax: 1,
  openLendsMax: 2,
  lentUnitsMax: 3,
  overdueLendsMax: null,
};

describe('inventories', () => {
  let projected: Projected;
  let queries: InventoryQueries;

  beforeEach(async () => {
    projected = await startProjected([{ projection: inventoriesProjection, inRedis: false }]);
    queries = new InventoryQueries(projected.pool);
    for (const inventoryId of [2, 3, 4]) {
      const open = { type: 'OpenInventory', inventoryId, ownerId: `owner ${inventoryId}`, ...details } as const;
      await projected.execute(inventoryAggregate, inventoryAggregate.streamOf(inventoryId), open);
    }
    await change(3, { name: 'changed', lentUnitsMax: null });
    await projected.catchUp();
  });

  afterEach(() => projected.close());

  async function change(inventoryId: number, wanted: object): Promise<void> {
    const command = { type: 'ChangeInventory', inventoryId, change: wanted } as const;
    await projected.execute(inventoryAggregate, inventoryAggregate.streamOf(inventoryId), command);
  }

  async function ids(paging: Parameters<InventoryQueries['page']>[0]) {
    const { rows, hasMore, total } = await queries.page(paging);
    return [rows.map(({ inventoryId }) => inventoryId), hasMore, total];
  }

  it('are found by their numbers, as they are now', async () => {
    const createdAt = Date.UTC(2026, 0, 1);
    const second: InventoryFacts = { inventoryId: 2, ownerId: 'owner 2', ...details, createdAt };
    expect(await queries.find(2)).toEqual(second);
    const changed = { name: 'changed', lentUnitsMax: null };
    expect(await queries.find(3)).toEqual({ ...second, inventoryId: 3, ownerId: 'owner 3', ...changed });
    expect(await queries.find(5)).toBeUndefined();
  });

  it('are listed page by page, the main one first, although nothing was recorded of it', async () => {
    expect(await ids({ page: 1, limit: 10 })).toEqual([[1, 2, 3, 4], false, 4]);
    expect(await ids({ page: 1, limit: 1 })).toEqual([[1], true, 4]);
    expect(await ids({ page: 1, limit: 2 })).toEqual([[1, 2], true, 4]);
    expect(await ids({ page: 2, limit: 2 })).toEqual([[3, 4], false, 4]);
    expect(await ids({ page: 2, limit: 3 })).toEqual([[4], false, 4]);
    expect(await ids({ page: 3, limit: 3 })).toEqual([[], false, 4]);
    expect(await ids({ after: '1', limit: 2 })).toEqual([[2, 3], true, null]);
    expect(await ids({ after: '3', limit: 2 })).toEqual([[4], false, null]);
    expect(await queries.find(1)).toEqual(mainInventoryFacts);
  });

  it('are each listed once when the main one was changed', async () => {
    await change(1, { lends: true });
    await projected.catchUp();
    expect(await ids({ page: 1, limit: 10 })).toEqual([[1, 2, 3, 4], false, 4]);
    expect(await queries.find(1)).toEqual({ ...mainInventoryFacts, lends: true });
    expect((await queries.page({ page: 1, limit: 1 })).rows).toEqual([{ ...mainInventoryFacts, lends: true }]);
  });
});

describe('the items of an inventory', () => {
  let projected: Projected;
  let items: InventoryItems;

  beforeAll(async () => {
    projected = await startProjected([
      { projection: itemsProjection, inRedis: false },
      { projection: availabilityProjection, inRedis: false },
    ]);
    items = new InventoryItems(projected.pool);
    for (const [index, itemId] of ['a', 'b', 'c'].entries()) {
      const plain = { originalPrice: null, description: '', shortDescription: '', images: [], thumbnail: null };
      const more = { categoryId: null, sku: null, tags: [], specifications: {}, featured: false, returnDays: 0 };
      const create = { type: 'CreateItem', itemId, number: 10 - index, name: `Item ${itemId}`, price: 1 } as const;
      const stream = itemAggregate.streamOf(itemId);
      await projected.execute(itemAggregate, stream, { ...create, ...plain, ...more });
      await provide(itemStock(itemId, 2), 5 + index);
    }
    await provide(itemStock('a'), 1);
    await provide(itemStock('b', 22), 1);
    await provide(itemStock('2', 3), 1);
    await projected.execute(stockAggregate, stockAggregate.streamOf(slotStock(2)), {
      type: 'SetCapacity',
      capacity: 2,
    });
    await projected.execute(stockAggregate, stockAggregate.streamOf(itemStock('b', 2)), {
      type: 'Purchase',
      purchaseId: 'p',
      customerId: 'ann',
      quantity: 2,
    });
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  function provide(stock: StockId, quantity: number): Promise<void> {
    const command = { type: 'Provide', quantity, provideId: null } as const;
    return projected.execute(stockAggregate, stockAggregate.streamOf(stock), command);
  }

  it('are listed by their ids, each with its balance there', async () => {
    const balance = { total: 6, taken: 2, held: 0, reserved: 0, lent: 0, available: 4 };
    const { rows, hasMore, total } = await items.page(2, { page: 1, limit: 10 });
    expect(rows.map(({ id, balance: { total: units } }) => [id, units])).toEqual([
      ['a', 5],
      ['b', 6],
      ['c', 7],
    ]);
    expect(rows[1]).toEqual({ id: 'b', number: 9, name: 'Item b', balance });
    expect([hasMore, total]).toEqual([false, 3]);
    expect((await items.page(22, { page: 1, limit: 10 })).rows.map(({ id }) => id)).toEqual(['b']);
    expect(await items.page(4, { page: 1, limit: 10 })).toEqual({ rows: [], hasMore: false, total: 0 });
  });

  it('are listed page by page', async () => {
    const ids = async (paging: Parameters<InventoryItems['page']>[1]) => {
      const { rows, hasMore } = await items.page(2, paging);
      return [rows.map(({ id }) => id), hasMore];
    };
    expect(await ids({ page: 1, limit: 2 })).toEqual([['a', 'b'], true]);
    expect(await ids({ page: 2, limit: 2 })).toEqual([['c'], false]);
    expect(await ids({ after: 'a', limit: 1 })).toEqual([['b'], true]);
    expect(await ids({ after: 'b', limit: 1 })).toEqual([['c'], false]);
  });

  it('are found through an index, also among many', async () => {
    const client = await projected.pool.connect();
    try {
      await client.query('set enable_seqscan = off');
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain select stock from availability_v3 where stock like 'stock-item:%' and split_part(stock, ':', 3) = '2'
           and split_part(stock, ':', 2) > 'a' order by split_part(stock, ':', 2) limit 2`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('_after_replay_1');
      expect(plan).not.toContain('Sort');
    } finally {
      client.release(true);
    }
  });
});
