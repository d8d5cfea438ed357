import { itemAggregate, type ItemCommand } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import { ItemHistoryQueries, itemHistoryProjection } from '../index.ts';

describe('the history of an item', () => {
  const start = Date.UTC(2026, 0, 1);
  let projected: Projected;
  let queries: ItemHistoryQueries;

  beforeAll(async () => {
    projected = await startProjected([{ projection: itemHistoryProjection, inRedis: false }]);
    queries = new ItemHistoryQueries(projected.pool);
    const specifications = { 藍牙版本: '5.0', 續航力: '20小時' };
    await at(0, { type: 'NoteTime' });
    await at(1, { type: 'CreateItem', itemId: 'prod_1', number: 1, name: '耳機', price: 1299, specifications }, 'ann');
    await at(2, { type: 'ChangeItem', change: { name: '耳機', price: 999, sku: 'HP-001' } }, 'bob');
    await at(3, { type: 'NoteTime' });
    await at(4, { type: 'DiscontinueItem' });
    await at(5, { type: 'ReinstateItem' });
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  async function at(seconds: number, command: ItemCommand, userId = 'staff'): Promise<void> {
    projected.now = start + seconds * 1000;
    await projected.execute(itemAggregate, itemAggregate.streamOf('prod_1'), command, userId);
  }

  function time(seconds: number): Date {
    return new Date(start + seconds * 1000);
  }

  it('is who changed what to which value and when, newest last, without events that only note the time', async () => {
    const { rows, hasMore, total } = await queries.page('prod_1', { limit: 10, page: 1 });
    const plain = { originalPrice: null, description: '', shortDescription: '', images: [], thumbnail: null };
    const specifications = { 藍牙版本: '5.0', 續航力: '20小時' };
    const more = { categoryId: null, sku: null, tags: [], specifications, featured: false, returnDays: 0 };
    const created = { name: '耳機', price: 1299, ...plain, ...more };
    const changes = { price: 999, sku: 'HP-001' };
    expect(rows).toEqual([
      { revision: 1, type: 'ItemCreated', at: time(1), actor: 'ann', changes: created },
      { revision: 2, type: 'ItemChanged', at: time(2), actor: 'bob', changes },
      { revision: 4, type: 'ItemDiscontinued', at: time(4), actor: 'staff', changes: {} },
      { revision: 5, type: 'ItemReinstated', at: time(5), actor: 'staff', changes: {} },
    ]);
    expect({ hasMore, total }).toEqual({ hasMore: false, total: 4 });
  });

  it('is read page by page, by number or from a revision on', async () => {
    const revisions = async (paging: Parameters<ItemHistoryQueries['page']>[1]) => {
      const { rows, hasMore } = await queries.page('prod_1', paging);
      return [rows.map(({ revision }) => revision), hasMore];
    };
    expect(await revisions({ limit: 3, page: 1 })).toEqual([[1, 2, 4], true]);
    expect(await revisions({ limit: 3, page: 2 })).toEqual([[5], false]);
    expect(await revisions({ limit: 2, after: '1' })).toEqual([[2, 4], true]);
    expect(await revisions({ limit: 2, after: '2' })).toEqual([[4, 5], false]);
    expect(await queries.page('prod_2', { limit: 2, page: 1 })).toEqual({ rows: [], hasMore: false, total: 0 });
  });
});
