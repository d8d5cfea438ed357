import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { unitsMax } from '#domain';
import { call, until, untilAnswered, type Answer, type Service } from '#dev/testing';
import { startShop, type Sent, type Shop } from './shop.ts';

describe('transfers', () => {
  let shop: Shop;
  let other: Service;
  let redis: Redis;

  beforeAll(async () => {
    shop = await startShop('PostgreSQL');
    other = await shop.system.start('command-api');
    redis = new Redis(shop.system.env['REDIS_URL'] ?? '');
  });

  afterAll(async () => {
    redis.disconnect();
    await shop.close();
  });

  const send: Shop['send'] = (...sent) => shop.send(...sent);

  async function open(owner: string, rules: object = {}): Promise<number> {
    return (await send('POST', '/inventories', owner, { name: 'Tools', ...rules })).body.inventory_id as number;
  }

  /** An item with units in an inventory. */
  async function stocked(quantity: number, inventory: number): Promise<string> {
    const item = await shop.item(0);
    await adjust(item, quantity, inventory);
    return item;
  }

  function adjust(item: string, delta: number, inventory: number): Promise<Answer> {
    return send('POST', `/stock/${item}/adjustments`, shop.staff, { delta, reason: 'bought', inventory_id: inventory });
  }

  /** With a key, until its answer is there: it may be kept a moment after it was sent. */
  function move(
    item: string,
    qty: number,
    from: number | string,
    to: number,
    token = shop.ann,
    sent: Sent = {},
  ): Promise<Answer> {
    const body = { item_id: item, qty, to_inventory_id: to };
    const ask = () => send('POST', `/inventories/${from}/transfers`, token, body, sent);
    return untilAnswered(ask);
  }

  /** Units in each of the inventories. */
  async function units(
    item: string,
    after: Answer | undefined,
    ...inventories: readonly number[]
  ): Promise<readonly unknown[]> {
    const found = await Promise.all(inventories.map((id) => shop.get(`/inventories/${id}/items`, shop.ann, after)));
    return found.map(({ body }) => {
      const items = body.items as readonly { readonly id: string; readonly balance: { readonly available: number } }[];
      return items.find(({ id }) => id === item)?.balance.available;
    });
  }

  async function listed(inventory: number, after: Answer, token = shop.ann, query = ''): Promise<Answer> {
    return shop.get(`/inventories/${inventory}/transfers${query}`, token, after);
  }

  it('move units from one inventory to another, whatever else is there', async () => {
    const [from, to] = [await open(shop.ann), await open(shop.ann)];
    const item = await stocked(10, from);
    const moved = await move(item, 3, from, to);
    expect([moved.status, moved.body]).toEqual([
      201,
      {
        transfer_id: expect.any(Number),
        item_id: expect.any(Number),
        qty: 3,
        from_inventory_id: from,
        to_inventory_id: to,
        status: 'completed',
        requested_at: expect.any(String),
        completed_at: expect.any(String),
      },
    ]);
    expect(await units(item, moved, from, to)).toEqual([7, 3]);
    const back = await move(String(moved.body.item_id), 1, to, from);
    expect(await units(item, back, from, to)).toEqual([8, 2]);
    for (const inventory of [from, to]) {
      const { body } = await listed(inventory, back);
      expect(body).toMatchObject({ total: 2, hasMore: false, transfers: [back.body, moved.body] });
    }
  });

  it('are made once by a request that is repeated, also by another process', async () => {
    const [from, to] = [await open(shop.ann), await open(shop.ann)];
    const item = await stocked(10, from);
    const key = randomUUID();
    const first = await move(item, 3, from, to, shop.ann, { key });
    const again = await move(item, 3, from, to, shop.ann, { key, to: other });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(await units(item, again, from, to)).toEqual([7, 3]);
    expect(await move(item, 4, from, to, shop.ann, { key })).toMatchObject({
      status: 422,
      body: { code: 'KEY_REUSED' },
    });
  });

  it('that are rejected move nothing, and say why', async () => {
    const [from, to] = [await open(shop.ann), await open(shop.ann)];
    const item = await stocked(2, from);
    const key = randomUUID();
    const rejected = await move(item, 3, from, to, shop.ann, { key });
    expect(rejected).toMatchObject({
      status: 400,
      body: { code: 'INSUFFICIENT_STOCK', data: { available: 2, requested: 3 } },
    });
    await adjust(item, 5, from);
    expect(await move(item, 3, from, to, shop.ann, { key, to: other })).toMatchObject({ status: 400 });
    const full = await open(shop.ann);
    await adjust(item, unitsMax, full);
    const tooMany = await move(item, 7, from, full);
    expect(tooMany).toMatchObject({ status: 409, body: { code: 'TOO_MANY_UNITS' } });
    const last = await move(item, 7, from, to);
    expect(await units(item, last, from, to, full)).toEqual([0, 7, unitsMax]);
    const { body } = await listed(from, last);
    const statuses = (body.transfers as readonly { readonly status: string }[]).map(({ status }) => status);
    expect(statuses).toEqual(['completed', 'rejected', 'rejected']);
    const never = await move(await shop.item(0), 1, from, to);
    expect(never).toMatchObject({ status: 400, body: { code: 'NOT_IN_INVENTORY' } });
  });

  it('are for the owner of the source, to what is theirs or takes provides; staff move anything', async () => {
    const [anns, bobs] = [await open(shop.ann), await open(shop.bob)];
    const closed = await open(shop.bob, { takesProvides: false });
    const item = await stocked(50, anns);
    await adjust(item, 50, 1);
    const forbidden = { status: 403, body: { code: 'FORBIDDEN' } };
    expect(await move(item, 1, anns, bobs)).toMatchObject({ status: 201 });
    expect(await move(item, 1, anns, bobs, shop.bob)).toMatchObject(forbidden);
    expect(await move(item, 1, anns, closed)).toMatchObject(forbidden);
    expect(await move(item, 1, anns, 1)).toMatchObject(forbidden);
    expect(await move(item, 1, 1, anns)).toMatchObject(forbidden);
    await send('PATCH', '/inventories/1', shop.staff, { takesProvides: true });
    expect(await move(item, 1, anns, 1)).toMatchObject(forbidden);
    for (const [from, to] of [
      [anns, closed],
      [anns, 1],
      [1, bobs],
    ] as const) {
      expect(await move(item, 1, from, to, shop.staff)).toMatchObject({ status: 201 });
    }
  });

  it('that were forbidden stay so for a retry, whatever the inventory takes by then', async () => {
    const [from, to] = [await open(shop.ann), await open(shop.bob, { takesProvides: false })];
    const item = await stocked(5, from);
    const key = randomUUID();
    expect(await move(item, 1, from, to, shop.ann, { key })).toMatchObject({ status: 403 });
    await send('PATCH', `/inventories/${to}`, shop.bob, { takesProvides: true });
    await redis.flushdb();
    expect(await move(item, 1, from, to, shop.ann, { key, to: other })).toMatchObject({ status: 403 });
    expect(await move(item, 1, from, to)).toMatchObject({ status: 201 });
  });

  it('name inventories and an item that there are, and two inventories', async () => {
    const from = await open(shop.ann);
    const item = await stocked(5, from);
    const unknown = { status: 404, body: { code: 'INVENTORY_NOT_FOUND' } };
    expect(await move(item, 1, 999_999_999, from)).toMatchObject(unknown);
    expect(await move(item, 1, 'main', from)).toMatchObject(unknown);
    expect(await move(item, 1, from, 999_999_999)).toMatchObject(unknown);
    const noItem = { status: 400, body: { code: 'ITEM_UNKNOWN', data: { itemId: 'none' } } };
    expect(await move('none', 1, from, await open(shop.ann))).toMatchObject(noItem);
    const same = { status: 422, body: { data: { to_inventory_id: 'must differ from id' } } };
    expect(await move(item, 1, from, from)).toMatchObject(same);
    for (const qty of [0, unitsMax + 1]) expect(await move(item, qty, from, 1)).toMatchObject({ status: 422 });
    const anonymous = await call(`${shop.system.commandApi.url}/inventories/${from}/transfers`, { body: {} });
    expect(anonymous).toMatchObject({ status: 401 });
  });

  it('are listed page by page, for the owner of the inventory and staff', async () => {
    const [from, to] = [await open(shop.ann), await open(shop.bob)];
    const item = await stocked(5, from);
    const made: Answer[] = [];
    for (let n = 1; n <= 5; n++) made.push(await move(item, 1, from, to));
    const [last] = made.slice(-1) as [Answer];
    const ids = (answer: Answer) =>
      (answer.body.transfers as { transfer_id: number }[]).map((each) => each.transfer_id);
    const all = made.map(({ body }) => body.transfer_id as number).toReversed();
    const first = await listed(from, last, shop.ann, '?limit=2');
    expect([ids(first), first.body.total]).toEqual([all.slice(0, 2), 5]);
    const cursor = String(first.body.nextCursor);
    expect(ids(await listed(from, last, shop.ann, `?limit=2&cursor=${cursor}`))).toEqual(all.slice(2, 4));
    expect(ids(await listed(from, last, shop.ann, '?limit=2&page=3'))).toEqual(all.slice(4));
    expect(ids(await listed(to, last, shop.staff))).toEqual(all);
    expect(await listed(to, last)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await listed(999_999_999, last)).toMatchObject({ status: 404 });
  });

  it('are finished by another command-api when the one that was asked is killed', async () => {
    const [from, to] = [await open(shop.ann), await open(shop.ann)];
    const item = await stocked(1000, from);
    const killed = await shop.system.start('command-api');
    const asked = Array.from({ length: 200 }, () =>
      move(item, 1, from, to, shop.ann, { to: killed }).catch(() => undefined),
    );
    await Promise.race(asked);
    killed.child.kill();
    await Promise.all(asked);
    // Of each that was requested, the unit has arrived; none is on the way.
    const seen = await until(
      async () => {
        const [left, arrived] = (await units(item, undefined, from, to)) as [number, number];
        const { body } = await shop.get(`/inventories/${from}/transfers`, shop.ann);
        return { all: left + arrived, arrived, requested: body.total };
      },
      ({ all, arrived, requested }) => all === 1000 && arrived === requested,
    );
    expect(seen.arrived).toBeGreaterThan(0);
  });
});
