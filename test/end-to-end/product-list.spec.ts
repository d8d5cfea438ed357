import { categoryAggregate, itemAggregate, itemStock, stockAggregate, stockStream, type NewItem } from '#domain';
import { call, startSystem, type RunningSystem } from '#dev/testing';
import { Recorder } from './recorder.ts';

const people = { staff: 'staff', ann: 'customer' } as const;
type Person = keyof typeof people;

const items: readonly NewItem[] = [
  { itemId: 'prod_001', number: 1, name: '無線藍牙耳機', price: 1299, categoryId: 'cat_elec', tags: ['熱銷', '新品'] },
  { itemId: 'prod_002', number: 2, name: '有線耳機', price: 299, categoryId: 'cat_elec', tags: ['熱銷'] },
  { itemId: 'prod_003', number: 3, name: 'Wireless Headphones', price: 1299, featured: true },
  { itemId: 'prod_004', number: 4, name: '耳機架', price: 300, categoryId: 'cat_elec' },
];

describe('the list of products', () => {
  let system: RunningSystem;
  let recorder: Recorder;
  let seen: Record<string, string>;
  const tokens: Partial<Record<Person, string>> = {};

  beforeAll(async () => {
    system = await startSystem();
    recorder = await Recorder.of(system);
    for (const [person, role] of Object.entries(people)) {
      const email = `${person}@example.com`;
      const args = ['users', 'create', '--email', email, '--name', person, '--role', role, '--password-stdin'];
      await system.cli(args, 'a-long-password');
      const login = await call(`${system.commandApi.url}/auth/login`, { body: { email, password: 'a-long-password' } });
      tokens[person as Person] = login.body.token;
    }
    const category = { name: '電子產品', slug: 'electronics', description: '', icon: '', rank: 0 };
    await recorder.record(categoryAggregate, categoryAggregate.streamOf('cat_elec'), {
      type: 'CreateCategory',
      categoryId: 'cat_elec',
      number: 7,
      ...category,
    });
    for (const item of items) {
      const stream = itemAggregate.streamOf(item.itemId);
      await recorder.record(itemAggregate, stream, { type: 'CreateItem', ...item });
    }
    await recorder.record(itemAggregate, itemAggregate.streamOf('prod_004'), { type: 'DiscontinueItem' });
    const stock = stockStream(itemStock('prod_002'));
    await recorder.record(stockAggregate, stock, { type: 'Provide', quantity: 5, provideId: null });
    const sale = { type: 'Purchase', purchaseId: 'p', customerId: 'c', quantity: 2 } as const;
    seen = await recorder.record(stockAggregate, stock, sale);
  });

  afterAll(async () => {
    await recorder.close();
    await system.stop();
  });

  function get(query: Record<string, string>, { person, headers = {} }: { person?: Person; headers?: object } = {}) {
    const token = person && tokens[person];
    return call(`${system.queryApi.url}/api/v1/products?${new URLSearchParams(query).toString()}`, {
      headers: { ...seen, ...headers },
      ...(token === undefined ? {} : { token }),
    });
  }

  async function idsOf(query: Record<string, string>): Promise<string[]> {
    const { status, body } = await get(query);
    expect(status).toBe(200);
    return body.products.map(({ id }: { id: string }) => id);
  }

  it('answers a page, in exactly these fields', async () => {
    const { status, body, headers } = await get({ limit: '2', sort: 'popular' });
    expect(status).toBe(200);
    const next = { hasMore: true, nextCursor: expect.any(String) };
    expect(body).toEqual({ products: expect.any(Array), total: 3, page: 1, limit: 2, ...next, totalIsExact: true });
    expect(body.products[0]).toMatchObject({ id: 'prod_002', stock: 3, tags: ['熱銷'], categoryId: 'cat_elec' });
    expect(body.products[0]).not.toHaveProperty('specifications');
    const rest = await get({ limit: '2', sort: 'popular', cursor: body.nextCursor });
    expect(rest.body).toMatchObject({ products: [{ id: 'prod_001' }], total: null, page: null, hasMore: false });
    const etag = headers.get('etag') ?? '';
    const again = await get({ limit: '2', sort: 'popular' }, { headers: { 'if-none-match': etag } });
    expect(again).toMatchObject({ status: 304, body: undefined });
  });

  it('is filtered, searched and sorted', async () => {
    expect(await idsOf({})).toEqual(['prod_003', 'prod_002', 'prod_001']);
    for (const categoryId of ['cat_elec', '7']) expect(await idsOf({ categoryId })).toEqual(['prod_002', 'prod_001']);
    expect(await idsOf({ categoryId: '8' })).toEqual([]);
    expect(await idsOf({ search: '耳機', sort: 'price-desc' })).toEqual(['prod_001', 'prod_002']);
    expect(await idsOf({ search: 'headphonez' })).toEqual(['prod_003']);
    expect(await idsOf({ search: '%' })).toEqual([]);
    expect(await idsOf({ search: '' })).toHaveLength(3);
    expect(await idsOf({ tags: '熱銷, 新品' })).toEqual(['prod_001']);
    expect(await idsOf({ ids: 'prod_001,3' })).toEqual(['prod_003', 'prod_001']);
    expect(await idsOf({ inStock: 'true', minPrice: '299', maxPrice: '299', featured: 'false' })).toEqual(['prod_002']);
  });

  it.each([
    ['sort', 'cheapest'],
    ['sort', 'best'],
    ['limit', '0'],
    ['limit', '101'],
    ['page', '0'],
    ['minPrice', '-1'],
    ['maxPrice', 'x'],
    ['inStock', 'maybe'],
    ['ids', 'a,,b'],
    ['ids', Array.from({ length: 101 }, (_, n) => n + 1).join(',')],
    ['tags', ''],
    ['search', 'a'.repeat(101)],
    ['search', 'a\0b'],
    ['categoryId', "x' or 1=1"],
    ['cursor', 'bm90aGluZw'],
    ['include', 'everything'],
    ['colour', 'red'],
  ])('rejects a wrong %s: %j', async (field, value) => {
    const { status, body } = await get({ [field]: value });
    expect({ status, fields: Object.keys(body.data ?? body.errors ?? body) }).toMatchObject({ status: 422 });
    expect(JSON.stringify(body)).toContain(`"${field}"`);
  });

  it('rejects a least price above the greatest, a cursor with a page, and a cursor of another order', async () => {
    const bounds = await get({ minPrice: '2', maxPrice: '1' });
    expect(bounds).toMatchObject({ status: 422 });
    expect(JSON.stringify(bounds.body)).toContain('"maxPrice"');
    const { body } = await get({ limit: '1' });
    expect(await get({ cursor: body.nextCursor, page: '1' })).toMatchObject({ status: 422 });
    expect(await get({ cursor: body.nextCursor, sort: 'popular' })).toMatchObject({ status: 422 });
  });

  it('has discontinued products for staff alone', async () => {
    const include = 'discontinued';
    const { body } = await get({ include, search: '耳機架' }, { person: 'staff' });
    expect(body.products).toMatchObject([{ id: 'prod_004', discontinued: true }]);
    expect(await idsOf({ search: '耳機架' })).toEqual([]);
    const one = `${system.queryApi.url}/products/prod_004`;
    for (const person of [undefined, 'ann'] as const) {
      expect(await get({ include }, person && { person })).toMatchObject({ status: 403 });
      const token = person && tokens[person];
      const asked = token === undefined ? {} : { token };
      expect(await call(`${one}?include=discontinued`, asked)).toMatchObject({ status: 403 });
      expect(await call(one, asked)).toMatchObject({ status: 404 });
    }
    const staff = { token: tokens.staff ?? '' };
    expect(await call(`${one}?include=discontinued`, staff)).toMatchObject({ status: 200, body: { id: 'prod_004' } });
    expect(await call(one, staff)).toMatchObject({ status: 404 });
    expect(await get({ include }, { headers: { authorization: 'Bearer none' } })).toMatchObject({ status: 401 });
  });
});
