import { itemAggregate, itemStock, stockAggregate, stockStream, type ItemCommand } from '#domain';
import { createPool } from '#platform';
import { startProjected, type Projected } from '#dev/testing';
import { availabilityProjection, AvailabilityQueries, ItemQueries, ItemStock, itemsProjection } from '../index.ts';

const details = {
  originalPrice: 100,
  description: 'a "quoted" \\ text, {with} braces',
  shortDescription: '耳機',
  images: ['https://example.com/1.jpg', 'https://example.com/2.jpg'],
  thumbnail: 'https://example.com/t.jpg',
  categoryId: 'cat_elec',
  sku: 'HP-001',
  tags: ['熱銷', 'a, "b"'],
  specifications: { 重量: '250g', __proto: '\\' },
  featured: true,
  returnDays: 0,
};

describe('items', () => {
  let projected: Projected;
  let queries: ItemQueries;

  beforeAll(async () => {
    projected = await startProjected([
      { projection: itemsProjection, inRedis: false },
      { projection: availabilityProjection, inRedis: true },
    ]);
    queries = new ItemQueries(projected.pool);
    for (const number of [1, 2, 3, 4]) {
      await item(number, { type: 'CreateItem', itemId: `prod_${number}`, number, name: `item ${number}`, price: 100 });
    }
    await item(1, { type: 'ChangeItem', change: { price: 90, name: 'changed', ...details } });
    await item(2, { type: 'DiscontinueItem' });
    await item(3, { type: 'DiscontinueItem' });
    await item(3, { type: 'ReinstateItem' });
    await projected.execute(stockAggregate, stockStream(itemStock('prod_1')), {
      type: 'Provide',
      quantity: 7,
      provideId: null,
    });
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  function item(number: number, command: ItemCommand): Promise<void> {
    return projected.execute(itemAggregate, itemAggregate.streamOf(`prod_${number}`), command);
  }

  it('are found by id or number as they are now, also while they are discontinued', async () => {
    const createdAt = new Date(Date.UTC(2026, 0, 1));
    const named = { id: 'prod_1', number: 1, name: 'changed', price: 90 };
    const wanted = { ...named, ...details, discontinued: false, createdAt, updatedAt: createdAt };
    const asked = ['prod_1', '1', '2', 'prod_3', 'prod_9', '9'];
    const found = await Promise.all(asked.map((idOrNumber) => queries.find(idOrNumber)));
    expect(found.slice(0, 2)).toEqual([wanted, wanted]);
    expect(found.slice(2)).toMatchObject([{ discontinued: true }, { discontinued: false }, undefined, undefined]);
  });

  it('on sale are listed page by page, by number or from an item on', async () => {
    const first = await queries.page({ limit: 2, page: 1 });
    expect(first).toMatchObject({ rows: [{ number: 1 }, { number: 3 }], hasMore: true, total: 3 });
    expect(await queries.page({ limit: 2, page: 2 })).toMatchObject({ rows: [{ number: 4 }], hasMore: false });
    const next = { rows: [{ number: 3 }, { number: 4 }], hasMore: false, total: null };
    expect(await queries.page({ limit: 2, after: '1' })).toMatchObject(next);
  });

  it('have their stock told by Redis while PostgreSQL is away, to whoever knows their ids', async () => {
    const pool = createPool({ url: 'postgres://127.0.0.1:1/none', connectionsMax: 1, name: 'away' });
    const availability = new AvailabilityQueries({ ...projected, pool, waitMs: 1000 });
    const stocks = new ItemStock(new ItemQueries(pool), availability);
    expect(await stocks.of('prod_1', 1)).toMatchObject({ itemId: 'prod_1', availability: { available: 7 } });
    for (const unknown of ['1', 'prod_2']) await expect(stocks.of(unknown, 1)).rejects.toThrow('ECONNREFUSED');
    await pool.end();
  });
});
