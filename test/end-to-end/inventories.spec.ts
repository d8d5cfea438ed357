import { randomUUID } from 'node:crypto';
import { call, untilAnswered, type Answer, type Service } from '#dev/testing';
import { startShop, type Shop } from './shop.ts';

const unlimited = {
  description: '',
  lends: true,
  takesProvides: true,
  defaultLendSeconds: null,
  renewalsMax: 0,
  openLendsMax: null,
  lentUnitsMax: null,
  overdueLendsMax: null,
};

describe('inventories', () => {
  let shop: Shop;
  let other: Service;

  beforeAll(async () => {
    shop = await startShop('PostgreSQL');
    other = await shop.system.start('command-api');
  });

  afterAll(() => shop.close());

  const send: Shop['send'] = (...sent) => shop.send(...sent);

  function open(token = shop.ann, body: object = { name: 'Tools' }): Promise<Answer> {
    return send('POST', '/inventories', token, body);
  }

  async function numberOf(token: string): Promise<number> {
    return (await call(`${shop.system.queryApi.url}/user/profile`, { token })).body.number as number;
  }

  it('are opened by any user, to whom they belong', async () => {
    const { status, headers, body } = await open();
    const created = {
      inventory_id: expect.any(Number),
      name: 'Tools',
      owner_id: await numberOf(shop.ann),
      ...unlimited,
      created_at: expect.any(String),
    };
    expect([status, body]).toEqual([201, created]);
    expect(body.inventory_id).toBeGreaterThan(1);
    expect(headers.get('location')).toBe(`/api/v1/inventories/${body.inventory_id}`);
    const second = await open();
    expect(second.body.inventory_id).toBeGreaterThan(body.inventory_id as number);
  });

  it('are opened once by a request that is repeated', async () => {
    const key = randomUUID();
    const body = { name: 'Once' };
    const first = await send('POST', '/inventories', shop.ann, body, { key });
    const again = await untilAnswered(() => send('POST', '/inventories', shop.ann, body, { key, to: other }));
    expect([again.status, again.body]).toEqual([201, first.body]);
  });

  it('have rules, which may be spelled in both ways', async () => {
    const rules = {
      lends: false,
      takesProvides: false,
      defaultLendSeconds: 604_800,
      renewalsMax: 2,
      openLendsMax: 3,
      lentUnitsMax: 10,
      overdueLendsMax: 0,
    };
    expect(await open(shop.bob, { name: 'Rules', description: 'x', ...rules })).toMatchObject({
      status: 201,
      body: { name: 'Rules', description: 'x', ...rules },
    });
    const snake = {
      name: 'Rules',
      lends: false,
      takes_provides: false,
      default_lend_seconds: 604_800,
      renewals_max: 2,
      open_lends_max: 3,
      lent_units_max: 10,
      overdue_lends_max: 0,
    };
    expect(await open(shop.bob, snake)).toMatchObject({ status: 201, body: rules });
  });

  it.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'x', renewalsMax: null }, 'renewalsMax'],
    [{ name: 'x', renewalsMax: -1 }, 'renewalsMax'],
    [{ name: 'x', defaultLendSeconds: 0 }, 'defaultLendSeconds'],
    [{ name: 'x', openLendsMax: 0 }, 'openLendsMax'],
    [{ name: 'x', lentUnitsMax: 1.5 }, 'lentUnitsMax'],
    [{ name: 'x', overdueLendsMax: '1' }, 'overdueLendsMax'],
    [{ name: 'x', lends: 'yes' }, 'lends'],
  ])('are not opened with %j', async (body, field) => {
    expect(await open(shop.ann, body)).toMatchObject({ status: 422, body: { data: { [field]: expect.any(String) } } });
  });

  it('are changed by their owner and by staff, and by nobody else', async () => {
    const { body } = await open();
    const path = `/inventories/${body.inventory_id}`;
    const renamed = await send('PATCH', path, shop.ann, { name: 'Workshop', openLendsMax: 2 });
    expect([renamed.status, renamed.body]).toEqual([200, { ...body, name: 'Workshop', openLendsMax: 2 }]);
    const unlimitedAgain = await send('PATCH', path, shop.staff, { open_lends_max: null });
    expect([unlimitedAgain.status, unlimitedAgain.body]).toEqual([200, { ...body, name: 'Workshop' }]);
    const rejected = await send('PATCH', path, shop.bob, { name: 'Mine' });
    expect(rejected).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await send('PATCH', path, shop.ann, {})).toMatchObject({ status: 200, body: { name: 'Workshop' } });
  });

  it.each(['999999999', '0', 'main', '9999999999'])('that were never opened are not found: %s', async (number) => {
    const answer = await send('PATCH', `/inventories/${number}`, shop.staff, { name: 'x' });
    expect(answer).toMatchObject({ status: 404, body: { code: 'INVENTORY_NOT_FOUND' } });
  });

  it('number 1, main, is there from the first: it has no owner, and staff change it', async () => {
    expect(await send('PATCH', '/inventories/1', shop.ann, { lends: true })).toMatchObject({ status: 403 });
    const { status, body } = await send('PATCH', '/inventories/1', shop.staff, { description: 'Sales' });
    const main = { inventory_id: 1, name: 'main', owner_id: null, created_at: null };
    const closed = { lends: false, takesProvides: false };
    expect([status, body]).toEqual([200, { ...unlimited, ...main, ...closed, description: 'Sales' }]);
  });

  it('lose nothing of two changes at once, on two processes', async () => {
    for (let round = 1; round <= 20; round++) {
      const { body } = await open();
      const path = `/inventories/${body.inventory_id}`;
      const changes = await Promise.all([
        send('PATCH', path, shop.ann, { name: `Name ${round}` }),
        send('PATCH', path, shop.staff, { renewalsMax: round }, { to: other }),
      ]);
      expect(changes.map(({ status }) => status)).toEqual([200, 200]);
      const now = await send('PATCH', path, shop.ann, {});
      expect(now.body).toMatchObject({ name: `Name ${round}`, renewalsMax: round });
    }
  });

  it('are shown to every user, as they are now', async () => {
    const { body } = await open();
    const changed = await send('PATCH', `/inventories/${body.inventory_id}`, shop.ann, { lends: false });
    const { status, body: shown } = await shop.get(`/inventories/${body.inventory_id}`, shop.bob, changed);
    expect([status, shown]).toEqual([200, changed.body]);
    for (const number of ['999999999', 'main']) {
      const answer = await shop.get(`/inventories/${number}`, shop.bob);
      expect(answer).toMatchObject({ status: 404, body: { code: 'INVENTORY_NOT_FOUND' } });
    }
  });

  it('are listed by their numbers, the main one first', async () => {
    const opened = [await open(), await open(shop.bob)];
    const first = await shop.get('/inventories?limit=1', shop.ann, opened[1]);
    expect(first).toMatchObject({ status: 200, body: { page: 1, limit: 1, hasMore: true } });
    expect(first.body.inventories).toMatchObject([{ inventory_id: 1, name: 'main', owner_id: null }]);
    const listed: object[] = [];
    let cursor = first.body.nextCursor as string | null;
    while (cursor !== null) {
      const { body } = await shop.get(`/inventories?limit=3&cursor=${cursor}`, shop.ann);
      listed.push(...(body.inventories as object[]));
      cursor = body.nextCursor as string | null;
    }
    expect(listed).toHaveLength(first.body.total - 1);
    expect(listed.slice(-2)).toEqual(opened.map(({ body }) => body as object));
  });

  it('have stocks, which their owners and staff adjust, and whose history they see', async () => {
    const itemId = await shop.item(7, { name: 'Drill' });
    const { inventory_id } = (await open()).body;
    const adjust = (token: string, delta: number, more: object = { inventory_id }) =>
      send('POST', `/stock/${itemId}/adjustments`, token, { delta, reason: 'counted', ...more });
    expect(await adjust(shop.ann, 5)).toMatchObject({ status: 201, body: { product_id: itemId, stock: 5 } });
    expect(await adjust(shop.staff, -1)).toMatchObject({ status: 201, body: { stock: 4 } });
    const last = await adjust(shop.ann, 0, { inventoryId: inventory_id, expected: 4 });
    expect(last).toMatchObject({ status: 201, body: { stock: 4 } });
    expect(await adjust(shop.bob, 1)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await adjust(shop.ann, 1, {})).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await adjust(shop.ann, 1, { inventory_id: 999_999_999 })).toMatchObject({
      status: 404,
      body: { code: 'INVENTORY_NOT_FOUND' },
    });
    const seen = await adjust(shop.ann, 1);
    expect((await shop.get(`/stock/${itemId}?inventory_id=${inventory_id}`, shop.bob, seen)).body).toMatchObject({
      inventory_id,
      stock: 5,
    });
    expect((await shop.get(`/stock/${itemId}`, shop.bob, seen)).body).toMatchObject({ inventory_id: 1, stock: 7 });
    const at = new Date().toISOString();
    const then = await shop.get(`/stock/${itemId}?inventory_id=${inventory_id}&at=${at}`, shop.bob, seen);
    expect(then.body).toMatchObject({ inventory_id, stock: 5 });
    const history = (token: string, inventory = inventory_id as number) =>
      shop.get(`/stock/${itemId}/history?inventory_id=${inventory}`, token, seen);
    for (const token of [shop.ann, shop.staff]) {
      expect((await history(token)).body.movements).toMatchObject([{ stock: 5 }, { stock: 4 }, { stock: 5 }]);
    }
    expect(await history(shop.bob)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await history(shop.ann, 1)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await history(shop.ann, 999_999_999)).toMatchObject({ status: 404, body: { code: 'INVENTORY_NOT_FOUND' } });
  });

  it('show their items, each with its balance', async () => {
    const ids = [await shop.item(1, { name: 'Drill' }), await shop.item(0, { name: 'Saw' })].toSorted();
    const { inventory_id } = (await open()).body;
    let last: Answer | undefined;
    for (const id of ids) {
      last = await send('POST', `/stock/${id}/adjustments`, shop.ann, { delta: 3, reason: 'counted', inventory_id });
    }
    const { status, body } = await shop.get(`/inventories/${inventory_id}/items?limit=1`, shop.bob, last);
    const balance = { total: 3, taken: 0, held: 0, reserved: 0, lent: 0, available: 3 };
    expect([status, body]).toEqual([
      200,
      {
        inventory_id,
        items: [{ item_id: expect.any(Number), id: ids[0], name: expect.any(String), balance }],
        total: 2,
        page: 1,
        limit: 1,
        hasMore: true,
        nextCursor: expect.any(String),
      },
    ]);
    const product = await shop.get(`/products/${ids[0]}`, shop.bob);
    expect(body.items[0]).toMatchObject({ item_id: product.body.number, name: product.body.name });
    const next = await shop.get(`/inventories/${inventory_id}/items?cursor=${body.nextCursor}`, shop.bob);
    expect(next.body).toMatchObject({ items: [{ id: ids[1] }], hasMore: false, nextCursor: null });
    const missing = await shop.get('/inventories/999999999/items', shop.bob);
    expect(missing).toMatchObject({ status: 404, body: { code: 'INVENTORY_NOT_FOUND' } });
  });

  it('are for users only', async () => {
    const answer = await call(`${shop.system.commandApi.url}/inventories`, { body: { name: 'x' } });
    expect(answer).toMatchObject({ status: 401 });
    for (const path of ['/inventories', '/inventories/1', '/inventories/1/items']) {
      expect(await call(`${shop.system.queryApi.url}${path}`)).toMatchObject({ status: 401 });
    }
  });
});
