import { randomUUID } from 'node:crypto';
import { createPool, createRedis, untilConnected, type Redis } from '#platform';
import { call, until, untilAnswered, type Answer, type Service } from '#dev/testing';
import { startShop, type Shop } from './shop.ts';

/** After the request has arrived, on a busy machine too. */
const soonMs = 5000;

/** Over HTTP, from the outside: requirement 003 has its own tests. */
describe('lends', () => {
  let shop: Shop;
  let other: Service;
  let redis: Redis;

  beforeAll(async () => {
    shop = await startShop('PostgreSQL');
    other = await shop.system.start('command-api');
    redis = createRedis(shop.system.env['REDIS_URL'] ?? '');
    await untilConnected(redis);
  });

  afterAll(async () => {
    redis.disconnect();
    await shop.close();
  });

  const send: Shop['send'] = (...sent) => shop.send(...sent);
  const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();

  async function inventory(rules: object = {}, owner = shop.bob): Promise<number> {
    return (await send('POST', '/inventories', owner, { name: 'Tools', ...rules })).body.inventory_id as number;
  }

  async function stocked(units: number, from: number): Promise<string> {
    const item = await shop.item(0);
    const added = { delta: units, reason: 'bought', inventory_id: from };
    await send('POST', `/stock/${item}/adjustments`, shop.staff, added);
    return item;
  }

  function lend(item: string, from: number, more: object = {}, token = shop.ann, sent = {}): Promise<Answer> {
    return send('POST', '/lends', token, { item_id: item, qty: 1, from_inventory_id: from, ...more }, sent);
  }

  const giveBack = (id: number, body?: object, token = shop.ann): Promise<Answer> =>
    send('PUT', `/lends/${id}/return`, token, body);

  async function numberOf(token: string): Promise<number> {
    return (await call(`${shop.system.queryApi.url}/user/profile`, { token })).body.number as number;
  }

  function balance(item: string, from: number, after: Answer): Promise<Answer> {
    return shop.get(`/stock/${item}?inventory_id=${from}`, shop.ann, after);
  }

  describe('of whom, and to whom', () => {
    it('an inventory that does not lend lends to nobody but at its own desk', async () => {
      const closed = await inventory({ lends: false });
      const item = await stocked(3, closed);
      const { status, body } = await lend(item, closed);
      expect([status, body.code]).toEqual([409, 'INVENTORY_DOES_NOT_LEND']);
      const ann = await numberOf(shop.ann);
      const atDesk = await lend(item, closed, { user_id: ann }, shop.bob);
      expect([atDesk.status, atDesk.body.user_id]).toEqual([201, ann]);
    });

    it('nobody else lends to another user', async () => {
      const from = await inventory();
      const item = await stocked(3, from);
      const bob = await numberOf(shop.bob);
      expect((await lend(item, from, { user_id: bob })).status).toBe(403);
      expect((await lend(item, from, { user_id: 'user_unknown' }, shop.staff)).body.code).toBe('USER_NOT_FOUND');
    });

    it('the main inventory lends to staff alone', async () => {
      const item = await shop.item(3);
      expect((await lend(item, 1)).body.code).toBe('INVENTORY_DOES_NOT_LEND');
      expect((await lend(item, 1, {}, shop.staff)).status).toBe(201);
    });

    it('what does not exist is named', async () => {
      const from = await inventory();
      const unknown = await lend('prod_unknown', from);
      expect([unknown.status, unknown.body.code, unknown.body.data]).toEqual([
        400,
        'ITEM_UNKNOWN',
        { itemId: 'prod_unknown' },
      ]);
      expect((await lend(await shop.item(1), 999_999)).body.code).toBe('INVENTORY_NOT_FOUND');
    });

    it('a discontinued item is lent no more, and still returned', async () => {
      const from = await inventory();
      const item = await stocked(3, from);
      const lent = await lend(item, from);
      await send('DELETE', `/products/${item}`, shop.staff);
      expect((await lend(item, from)).body.code).toBe('ITEM_UNKNOWN');
      expect((await giveBack(lent.body.lend_id)).status).toBe(200);
    });
  });

  it('that are repeated with their key are one, in whichever process', async () => {
    const from = await inventory();
    const item = await stocked(3, from);
    const key = randomUUID();
    const first = await lend(item, from, {}, shop.ann, { key });
    const again = await untilAnswered(() => lend(item, from, {}, shop.ann, { key, to: other }));
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await balance(item, from, again)).body).toMatchObject({ stock: 2 });
  });

  describe('a return', () => {
    it('in parts leaves the lend open until all is back', async () => {
      const from = await inventory();
      const item = await stocked(5, from);
      const { body: lent } = await lend(item, from, { qty: 4 });
      const part = await giveBack(lent.lend_id, { qty: 1 });
      expect([part.status, part.body]).toMatchObject([200, { qty: 4, returned_qty: 1, returned_at: null }]);
      const tooMuch = await giveBack(lent.lend_id, { qty: 4 });
      expect([tooMuch.status, tooMuch.body.code, tooMuch.body.data]).toEqual([
        409,
        'MORE_THAN_LENT',
        { outstanding: 3, requested: 4 },
      ]);
      const rest = await giveBack(lent.lend_id);
      expect(rest.body).toMatchObject({ returned_qty: 4, returned_at: expect.any(String) });
      expect((await giveBack(lent.lend_id)).body.code).toBe('ALREADY_RETURNED');
    });

    it('of units that are damaged or lost takes them out of the stock, and the history says so', async () => {
      const from = await inventory();
      const item = await stocked(5, from);
      const { body: lent } = await lend(item, from, { qty: 4 });
      await giveBack(lent.lend_id, { qty: 1, condition: 'damaged', note: 'a dent' });
      await giveBack(lent.lend_id, { qty: 1, condition: 'lost' });
      const last = await giveBack(lent.lend_id, { qty: 2 });
      expect((await balance(item, from, last)).body).toMatchObject({ stock: 3 });
      const history = await shop.get(`/stock/${item}/history?inventory_id=${from}`, shop.bob, last);
      const reasons = (history.body.movements as { reason: string | null }[]).map(({ reason }) => reason);
      expect(reasons).toEqual(expect.arrayContaining(['damaged: a dent', 'lost']));
    });

    it('in an unknown condition is rejected', async () => {
      const { status, body } = await giveBack(1, { condition: 'eaten', qty: 0 });
      expect([status, Object.keys(body.data as object).toSorted()]).toEqual([422, ['condition', 'qty']]);
    });
  });

  describe('due times', () => {
    it('are what the inventory says, what is asked for, or none', async () => {
      const from = await inventory({ defaultLendSeconds: 3600 });
      const item = await stocked(5, from);
      const askedAt = Date.now();
      const asUsual = await lend(item, from);
      const lentAt = Date.parse(asUsual.body.due_at as string) - 3_600_000;
      expect(lentAt).toBeGreaterThanOrEqual(askedAt);
      expect(lentAt).toBeLessThanOrEqual(Date.now());
      const dueAt = soon(60_000);
      expect((await lend(item, from, { due_at: dueAt })).body.due_at).toBe(dueAt);
      expect((await lend(item, from, { due_at: null })).body.due_at).toBeNull();
    });

    it('must be in the future', async () => {
      const from = await inventory();
      const { status, body } = await lend(await stocked(5, from), from, { due_at: soon(-1000) });
      expect([status, body.data]).toEqual([422, { due_at: 'must be in the future' }]);
    });

    it('are renewed as often as the inventory allows', async () => {
      const from = await inventory({ defaultLendSeconds: 60, renewalsMax: 1 });
      const { body: lent } = await lend(await stocked(5, from), from);
      const dueAt = soon(120_000);
      const renewed = await send('PUT', `/lends/${lent.lend_id}/renew`, shop.ann, { due_at: dueAt });
      expect([renewed.status, renewed.body]).toEqual([200, { ...lent, due_at: dueAt, renewals: 1 }]);
      const again = await send('PUT', `/lends/${lent.lend_id}/renew`, shop.ann);
      expect([again.status, again.body.code]).toEqual([409, 'RENEWED_TOO_OFTEN']);
    });

    it('are renewed to a time in the future, unless that is a retry', async () => {
      const from = await inventory({ renewalsMax: 5 });
      const { body: lent } = await lend(await stocked(2, from), from);
      const path = `/lends/${lent.lend_id}/renew`;
      const past = await send('PUT', path, shop.ann, { due_at: soon(-1000) });
      expect([past.status, past.body.data]).toEqual([422, { due_at: 'must be in the future' }]);
      const key = randomUUID();
      const dueAt = soon(soonMs);
      const renewed = await send('PUT', path, shop.ann, { due_at: dueAt }, { key });
      await until(
        () => Date.now(),
        (now) => now > Date.parse(dueAt),
      );
      await redis.flushdb();
      const again = await send('PUT', path, shop.ann, { due_at: dueAt }, { key, to: other });
      expect([again.status, again.body.due_at]).toEqual([200, renewed.body.due_at]);
    });

    it('are not renewed when nothing is left and somebody else holds a unit', async () => {
      const from = await inventory({ renewalsMax: 5 });
      const item = await stocked(2, from);
      const { body: lent } = await lend(item, from);
      await send('POST', `/inventories/${from}/holds`, shop.bob, { item_id: item }, { key: randomUUID() });
      const { status, body } = await send('PUT', `/lends/${lent.lend_id}/renew`, shop.ann, { due_at: soon(60_000) });
      expect([status, body.code]).toEqual([409, 'LEND_AWAITED']);
    });

    it('need a time where the inventory gives none', async () => {
      const from = await inventory({ renewalsMax: 5 });
      const { body: lent } = await lend(await stocked(2, from), from);
      const { status, body } = await send('PUT', `/lends/${lent.lend_id}/renew`, shop.ann);
      expect([status, body.data]).toEqual([422, { due_at: 'is required' }]);
    });
  });

  describe('from holds', () => {
    function hold(item: string, from: number, quantity = 2, token = shop.ann): Promise<Answer> {
      const body = { item_id: item, quantity };
      return send('POST', `/inventories/${from}/holds`, token, body, { key: randomUUID() });
    }

    it('take the units over at once, for whom they were held', async () => {
      const from = await inventory();
      const item = await stocked(5, from);
      const held = await hold(item, from);
      expect(held.status).toBe(201);
      const lent = await send('POST', '/lends', shop.ann, { hold_id: held.body.id });
      expect([lent.status, lent.body]).toMatchObject([201, { qty: 2, user_id: await numberOf(shop.ann) }]);
      const again = await send('POST', '/lends', shop.ann, { hold_id: held.body.id });
      expect([again.status, again.body.code]).toEqual([409, 'HOLD_CONFIRMED']);
      expect((await balance(item, from, lent)).body).toMatchObject({ stock: 3 });
      expect((await shop.get(`/holds/${held.body.id}`, shop.ann, lent)).body).toMatchObject({ status: 'confirmed' });
    });

    it('are made at the desk for the one who holds', async () => {
      const from = await inventory();
      const held = await hold(await stocked(5, from), from);
      const lent = await send('POST', '/lends', shop.bob, { hold_id: held.body.id });
      expect(lent.body).toMatchObject({ user_id: await numberOf(shop.ann) });
    });

    it('are of one’s own holds, that are not sold', async () => {
      const from = await inventory({}, shop.staff);
      const held = await hold(await stocked(5, from), from);
      const { status, body } = await send('POST', '/lends', shop.bob, { hold_id: held.body.id });
      expect([status, body.code]).toEqual([404, 'HOLD_NOT_FOUND']);
      const confirmed = await send('POST', `/holds/${held.body.id}/confirm`, shop.ann);
      expect([confirmed.status, confirmed.body.code]).toEqual([409, 'HOLD_NOT_FOR_SALE']);
    });

    it('say nothing else of what is lent', async () => {
      const { status, body } = await send('POST', '/lends', shop.ann, { hold_id: 'hold_1', qty: 2 });
      expect([status, body.data]).toEqual([422, { qty: 'cannot be combined with hold_id' }]);
      const nothing = await send('POST', '/lends', shop.ann, {});
      expect([nothing.status, nothing.body.data]).toEqual([422, { item_id: 'is required' }]);
    });
  });

  describe('limits of an inventory', () => {
    it('let one borrower have so many open lends of all items together, however many ask at once', async () => {
      const from = await inventory({ openLendsMax: 3 });
      const items = [await stocked(20, from), await stocked(20, from)];
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          lend(items[n % 2] as string, from, {}, shop.ann, n % 3 === 0 ? { to: other } : {}),
        ),
      );
      const lent = answers.filter(({ status }) => status === 201);
      expect(lent).toHaveLength(3);
      const rejected = answers.filter(({ status }) => status === 409);
      expect(rejected.map(({ body }) => body.code as string)).toEqual(Array(9).fill('LIMIT_PER_BORROWER'));
      expect((await lend(items[0] as string, from, {}, shop.bob)).status).toBe(201);
      await giveBack(lent[0]?.body.lend_id as number);
      expect((await lend(items[0] as string, from)).status).toBe(201);
      expect((await lend(items[0] as string, from)).status).toBe(409);
    });

    it('count units, and those that came back no more', async () => {
      const from = await inventory({ lentUnitsMax: 5 });
      const item = await stocked(20, from);
      const { body: lent } = await lend(item, from, { qty: 5 });
      expect((await lend(item, from)).body.code).toBe('LIMIT_PER_BORROWER');
      await giveBack(lent.lend_id, { qty: 2 });
      expect((await lend(item, from, { qty: 2 })).status).toBe(201);
      expect((await lend(item, from)).body.code).toBe('LIMIT_PER_BORROWER');
    });

    it('are for lends from before they were set, too', async () => {
      const from = await inventory();
      const item = await stocked(20, from);
      const lent = await lend(item, from);
      await shop.get(`/lends/${lent.body.lend_id}`, shop.ann, lent);
      await send('PATCH', `/inventories/${from}`, shop.bob, { openLendsMax: 1 });
      expect((await lend(item, from)).body.code).toBe('LIMIT_PER_BORROWER');
    });

    it('keep who has something overdue from borrowing more', async () => {
      const from = await inventory({ overdueLendsMax: 0, renewalsMax: 1 });
      const item = await stocked(20, from);
      const { body: lent } = await lend(item, from, { due_at: soon(soonMs) });
      const { body } = await until(
        () => lend(item, from),
        ({ status }) => status === 409,
      );
      expect(body.code).toBe('LIMIT_PER_BORROWER');
      await giveBack(lent.lend_id);
      expect((await lend(item, from)).status).toBe(201);
    });

    it('that are never reached do not keep what came back', async () => {
      const from = await inventory({ openLendsMax: 1000 });
      const item = await stocked(20, from);
      const pool = createPool({ url: shop.system.env['DATABASE_URL'] ?? '', connectionsMax: 1, name: 'test' });
      try {
        for (let n = 0; n < 110; n++) await giveBack((await lend(item, from)).body.lend_id as number);
        const { body } = await lend(item, from);
        const rowsOf = 'select lend_id from lend_reservations where inventory_id = $1';
        const left = await until(
          async () => {
            await giveBack((await lend(item, from)).body.lend_id as number);
            return (await pool.query<{ lend_id: number }>(rowsOf, [from])).rows;
          },
          (rows) => rows.length < 100,
        );
        expect(left.map(({ lend_id }) => lend_id)).toContain(body.lend_id);
      } finally {
        await pool.end();
      }
    });

    it('count a hold that is lent, and give its place back when it cannot be', async () => {
      const from = await inventory({ openLendsMax: 1 });
      const item = await stocked(20, from);
      const held = await send('POST', `/inventories/${from}/holds`, shop.ann, { item_id: item }, { key: randomUUID() });
      const { body: lent } = await lend(item, from);
      const refused = await send('POST', '/lends', shop.ann, { hold_id: held.body.id });
      expect([refused.status, refused.body.code]).toEqual([409, 'LIMIT_PER_BORROWER']);
      await giveBack(lent.lend_id);
      expect((await lend(item, from, { qty: 50 })).body.code).toBe('INSUFFICIENT_STOCK');
      expect((await send('POST', '/lends', shop.ann, { hold_id: held.body.id })).status).toBe(201);
    });
  });
});
