import { randomUUID } from 'node:crypto';
import { call, type Answer, type Service } from '#dev/testing';
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
  }, 60_000);

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
    const again = await send('POST', '/inventories', shop.ann, body, { key, to: other });
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

  it('are for users only', async () => {
    const answer = await call(`${shop.system.commandApi.url}/inventories`, { body: { name: 'x' } });
    expect(answer).toMatchObject({ status: 401 });
  });
});
