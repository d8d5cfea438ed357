import { randomUUID } from 'node:crypto';
import { call, type Answer } from '#dev/testing';
import { createRedis, untilConnected, type Redis } from '#platform';
import { startShop, type Shop } from './shop.ts';

interface User {
  readonly token: string;
  readonly id: string;
  readonly number: number;
}

describe('what is provided to inventories', () => {
  let shop: Shop;
  let owner: User;
  let giver: User;
  let other: User;
  let itemId: string;
  let redis: Redis;

  beforeAll(async () => {
    shop = await startShop('PostgreSQL');
    [owner, giver, other] = await Promise.all([
      user(shop.ann),
      user(shop.bob),
      user(await shop.user('eve@example.com')),
    ]);
    itemId = await shop.item(0);
    redis = createRedis(shop.system.env['REDIS_URL'] ?? '');
    await untilConnected(redis);
  });

  afterAll(async () => {
    redis.disconnect();
    await shop.close();
  });

  async function user(token: string): Promise<User> {
    const { body } = await call(`${shop.system.queryApi.url}/user/profile`, { token });
    return { token, id: body.id, number: body.number };
  }

  async function open(more: object = {}): Promise<number> {
    const { body } = await shop.send('POST', '/inventories', owner.token, { name: 'Tools', ...more });
    return body.inventory_id as number;
  }

  function provide(token: string, inventory_id: number, more: object = {}, key?: string): Promise<Answer> {
    const body = { item_id: itemId, qty: 2, inventory_id, ...more };
    return shop.send('POST', '/provides', token, body, key === undefined ? {} : { key });
  }

  async function list(token: string, query: string, after?: Answer): Promise<number[] | string> {
    const { status, body } = await shop.get(`/provides?${query}`, token, after);
    return status === 200 ? body.provides.map(({ qty }: { qty: number }) => qty) : (body.code as string);
  }

  it('may name users, items and inventories by id or by number', async () => {
    const inventoryId = await open();
    const { body } = await provide(giver.token, inventoryId);
    expect(body).toMatchObject({ user_id: giver.number, qty: 2, inventory_id: inventoryId });
    const named = { userId: giver.id, itemId: body.item_id, inventoryId: String(inventoryId), inventory_id: undefined };
    const again = await provide(giver.token, inventoryId, { ...named, item_id: undefined });
    expect(again).toMatchObject({ status: 201, body: { user_id: giver.number, item_id: body.item_id } });
  });

  it('is provided by another user only for the owner of the inventory, and for staff', async () => {
    const inventoryId = await open();
    const ofGiver = { user_id: giver.number };
    for (const token of [owner.token, shop.staff]) {
      expect(await provide(token, inventoryId, ofGiver)).toMatchObject({ status: 201, body: ofGiver });
    }
    expect(await provide(other.token, inventoryId, ofGiver)).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
    expect(await provide(other.token, inventoryId, { user_id: 99_999 })).toMatchObject({ status: 403 });
    const erased = { user_id: 'user_0000000000000000' };
    expect(await provide(owner.token, inventoryId, erased)).toMatchObject({
      status: 404,
      body: { code: 'USER_NOT_FOUND' },
    });
  });

  it('goes into an inventory that takes it; its owner and staff add units in any case', async () => {
    const inventoryId = await open({ takesProvides: false });
    expect(await provide(giver.token, inventoryId)).toMatchObject({
      status: 409,
      body: { code: 'INVENTORY_TAKES_NOTHING' },
    });
    for (const token of [owner.token, shop.staff])
      expect(await provide(token, inventoryId)).toMatchObject({ status: 201 });
  });

  it('is recorded once by a request that is repeated, also when the inventory takes nothing any more', async () => {
    const inventoryId = await open();
    const key = randomUUID();
    const first = await provide(giver.token, inventoryId, {}, key);
    await shop.send('PATCH', `/inventories/${inventoryId}`, owner.token, { takesProvides: false });
    await redis.flushdb();
    const again = await provide(giver.token, inventoryId, {}, key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const path = `/stock/${itemId}?inventory_id=${inventoryId}`;
    expect((await shop.get(path, giver.token, again)).body).toMatchObject({ stock: 2 });
    await redis.flushdb();
    const otherOne = await provide(giver.token, inventoryId, { qty: 3 }, key);
    expect(otherOne).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } });
  });

  it('may be of a discontinued item, which can be restored', async () => {
    const inventoryId = await open();
    const item = await shop.item(0);
    await shop.send('DELETE', `/products/${item}`, shop.staff);
    expect(await provide(giver.token, inventoryId, { item_id: item })).toMatchObject({ status: 201, body: { qty: 2 } });
  });

  it('never exceeds what a stock can have', async () => {
    const inventoryId = await open();
    expect(await provide(owner.token, inventoryId, { qty: 1_000_000_000 })).toMatchObject({ status: 201 });
    expect(await provide(owner.token, inventoryId)).toMatchObject({ status: 409, body: { code: 'TOO_MANY_UNITS' } });
  });

  it('is listed for who provided it, for the owner of the inventory, and for staff', async () => {
    const inventoryId = await open();
    const elsewhere = await open();
    const item = await shop.item(0);
    const into = `inventory_id=${inventoryId}`;
    await provide(giver.token, inventoryId, { qty: 11 });
    const { body } = await provide(other.token, inventoryId, { qty: 12, item_id: item });
    await provide(other.token, elsewhere, { qty: 13 });
    const last = await provide(owner.token, inventoryId, { qty: 14 });
    expect(await list(owner.token, into, last)).toEqual([14, 12, 11]);
    expect(await list(shop.staff, into, last)).toEqual([14, 12, 11]);
    expect(await list(giver.token, into, last)).toEqual([11]);
    expect(await list(other.token, '', last)).toEqual([13, 12]);
    expect(await list(owner.token, '', last)).toContain(14);
    expect(await list(owner.token, '', last)).not.toContain(12);
    expect((await list(shop.staff, 'limit=4', last)) as number[]).toEqual([14, 13, 12, 11]);
    expect(await list(owner.token, `${into}&user_id=${other.number}`)).toEqual([12]);
    expect(await list(owner.token, `${into}&user_id=${other.id}`)).toEqual([12]);
    expect(await list(other.token, `user_id=${other.number}`)).toEqual([13, 12]);
    expect(await list(other.token, `user_id=${giver.number}`)).toBe('FORBIDDEN');
    expect(await list(other.token, `${into}&user_id=${giver.number}`)).toBe('FORBIDDEN');
    for (const named of [item, body.item_id]) expect(await list(shop.staff, `item_id=${named}`)).toEqual([12]);
    expect(await list(shop.staff, 'item_id=99999')).toEqual([]);
    const { provide_date } = body;
    expect(await list(shop.staff, `${into}&from=${provide_date}`)).toEqual([14, 12]);
    expect(await list(shop.staff, `${into}&to=${provide_date}`)).toEqual([11]);
    expect(await list(shop.staff, `from=${provide_date}&to=${provide_date}`)).toBe('VALIDATION_FAILED');
    const first = await shop.get(`/provides?${into}&limit=2`, owner.token, last);
    expect(first.body).toMatchObject({ total: 3, hasMore: true, page: 1, limit: 2 });
    expect(await list(owner.token, `${into}&limit=2&cursor=${first.body.nextCursor}`)).toEqual([11]);
  });

  it('is for users only', async () => {
    const body = { item_id: itemId, qty: 1, inventory_id: 1 };
    expect(await call(`${shop.system.commandApi.url}/provides`, { body })).toMatchObject({ status: 401 });
    expect(await call(`${shop.system.queryApi.url}/provides`)).toMatchObject({ status: 401 });
  });
});
