import { randomUUID } from 'node:crypto';
import { createRedis, untilConnected, type Redis } from '#platform';
import { untilAnswered, type Answer, type Service } from '#dev/testing';
import { shippingInfo, startShop, type Line, type Shop } from './shop.ts';

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('an order, with events in %s,', (kind) => {
  let shop: Shop;
  let other: Service;
  let redis: Redis;

  beforeAll(async () => {
    shop = await startShop(kind);
    other = await shop.system.start('command-api');
    redis = createRedis(shop.system.env['REDIS_URL'] ?? '');
    await untilConnected(redis);
  });

  afterAll(async () => {
    redis.disconnect();
    await shop.close();
  });

  async function totalOfOrders(after?: Answer): Promise<number> {
    return (await shop.get('/admin/orders', shop.staff, after)).body.total as number;
  }

  it('has the names, prices and thumbnails of when it was submitted, whatever becomes of the products', async () => {
    const thumbnail = 'https://example.com/lamp.jpg';
    const id = await shop.item(5, { name: 'Lamp', price: 500, thumbnail });
    const placed = await shop.order([{ id, quantity: 1 }]);
    const line = { id, name: 'Lamp', price: 500, quantity: 1, thumbnail };
    expect(placed).toMatchObject({ status: 201, body: { items: [line], total: 560 } });
    const changes = { name: 'Desk', price: 7, thumbnail: 'https://example.com/desk.jpg' };
    await shop.send('PATCH', `/products/${id}`, shop.staff, changes);
    const gone = await shop.send('DELETE', `/products/${id}`, shop.staff);
    const path = `/orders/${placed.body.id}`;
    expect((await shop.get(path, shop.ann, gone)).body).toEqual(placed.body);
    await shop.send('PATCH', `${path}/status`, shop.staff, { status: 'processing' });
    const shipped = await shop.send('PATCH', `${path}/status`, shop.staff, { status: 'shipped', trackingNumber: 'T' });
    expect(shipped).toMatchObject({ status: 200, body: { items: [line], total: 560 } });
  });

  it('keeps what its customer noted, and is found by the reference', async () => {
    const id = await shop.item(9);
    const labels = { reference: `cart ${id}`, metadata: { channel: 'app' } };
    const key = randomUUID();
    const placed = await shop.order([{ id, quantity: 1 }], shop.ann, labels, { key });
    expect(placed).toMatchObject({ status: 201, body: { status: 'pending', ...labels } });
    expect((await shop.order([{ id, quantity: 1 }], shop.ann, labels, { key })).body).toEqual(placed.body);
    const changed = { ...labels, metadata: { channel: 'web' } };
    const reused = { status: 422, body: { code: 'KEY_REUSED' } };
    expect(await shop.order([{ id, quantity: 1 }], shop.ann, changed, { key })).toMatchObject(reused);
    // Also when Redis has lost what it knew of the key.
    await redis.flushall();
    expect(await shop.order([{ id, quantity: 1 }], shop.ann, changed, { key })).toMatchObject(reused);
    await redis.flushall();
    expect((await shop.order([{ id, quantity: 1 }], shop.ann, labels, { key })).body).toEqual(placed.body);
    const ofBob = await shop.order([{ id, quantity: 1 }], shop.bob, { reference: labels.reference });
    expect(ofBob.body).not.toHaveProperty('metadata');
    const query = `?reference=${encodeURIComponent(labels.reference)}`;
    const listed = (await shop.get(`/orders${query}`, shop.ann, ofBob)).body;
    expect(listed).toMatchObject({ total: 1, orders: [{ id: placed.body.id }] });
    expect(listed.orders[0]).not.toHaveProperty('reference');
    expect((await shop.get(`/admin/orders${query}`, shop.staff, ofBob)).body).toMatchObject({ total: 2 });
    const paid = await shop.send('POST', `/orders/${placed.body.id}/payment`, shop.staff, { reference: 'pay_7' });
    expect(paid).toMatchObject({ status: 200, body: labels });
    expect((await shop.get(`/orders/${placed.body.id}`, shop.ann, paid)).body).toMatchObject(labels);
  });

  it('has the prices of the next order after a change', async () => {
    const id = await shop.item(5, { price: 500 });
    await shop.send('PATCH', `/products/${id}`, shop.staff, { price: 1000 });
    const placed = await shop.order([{ id, quantity: 1 }], shop.ann, {}, { to: other });
    expect(placed).toMatchObject({ status: 201, body: { total: 1000, shipping: 0 } });
  });

  it('of one product on two lines takes both from its stock at once', async () => {
    const id = await shop.item(5);
    const two = (first: number, second: number) => [
      { id, quantity: first },
      { id, quantity: second },
    ];
    expect(await shop.order(two(3, 3))).toMatchObject({
      status: 400,
      body: { code: 'INSUFFICIENT_STOCK', data: { itemId: id, available: 5, requested: 6 } },
    });
    const placed = await shop.order(two(3, 2));
    expect(placed).toMatchObject({ status: 201, body: { items: two(3, 2), total: 2500 } });
    const { body } = await shop.get(`/stock/${id}/history`, shop.staff, placed);
    expect(body.movements).toMatchObject([
      { type: 'UnitsProvided' },
      { type: 'UnitsReserved', quantity: 5, reference: placed.body.id, stock: 0 },
    ]);
  });

  it('takes all of its products, or none', async () => {
    const items = await Promise.all([3, 3, 0, 3].map((units) => shop.item(units)));
    const lines = items.map((id) => ({ id, quantity: 2 }));
    const before = await totalOfOrders();
    expect(await shop.order(lines)).toMatchObject({ status: 400, body: { data: { itemId: items[2] } } });
    const stocked = await shop.send('POST', '/stock', shop.staff, { product_id: items[2], stock: 2 });
    for (const id of items) expect(await shop.available(id, stocked)).toBe(id === items[2] ? 2 : 3);
    const placed = await shop.order(lines);
    expect(placed).toMatchObject({ status: 201, body: { items: lines } });
    for (const id of items) expect(await shop.available(id, placed)).toBe(id === items[2] ? 0 : 1);
    expect(await totalOfOrders(placed)).toBe(before + 1);
  });

  it('of a product that is discontinued, or does not exist, is rejected', async () => {
    const id = await shop.item(5);
    const there = await shop.item(5);
    await shop.send('DELETE', `/products/${id}`, shop.staff);
    for (const unknown of [id, 'prod_404', 999_999]) {
      const rejected = await shop.order([
        { id: there, quantity: 1 },
        { id: unknown, quantity: 1 },
      ]);
      const body = { code: 'ITEM_UNKNOWN', data: { itemId: String(unknown) } };
      expect(rejected).toMatchObject({ status: 400, body });
    }
    expect(await shop.order([{ id, quantity: 1 }], shop.ann, {}, { to: other })).toMatchObject({ status: 400 });
  });

  it('can name its products by number', async () => {
    const { id, number } = (await shop.send('POST', '/products', shop.staff, { name: 'Lamp', price: 500 })).body;
    await shop.send('POST', '/stock', shop.staff, { product_id: id, stock: 5 });
    const lines = [number, String(number), id].map((each: string | number) => ({ id: each, quantity: 1 }));
    expect(await shop.order(lines)).toMatchObject({ status: 201, body: { items: [{ id }, { id }, { id }] } });
  });

  it('is seen at once by queries with its Consistency-Token, and so are its stocks', async () => {
    const items = await Promise.all([1, 2, 3].map(() => shop.item(1000)));
    for (let left = 999; left > 979; left -= 1) {
      const placed = await shop.order(items.map((id) => ({ id, quantity: 1 })));
      const [seen, ...stocks] = await Promise.all([
        shop.get(`/orders/${placed.body.id}`, shop.ann, placed),
        ...items.map((id) => shop.available(id, placed)),
      ]);
      expect([seen.status, seen.body, stocks]).toEqual([200, placed.body, [left, left, left]]);
    }
  });

  it('costs no more than can be counted', async () => {
    const id = await shop.item(0, { price: 1_000_000_000_000 });
    expect(await shop.order([{ id, quantity: 10_000 }])).toMatchObject({
      status: 422,
      body: { code: 'ORDER_TOTAL_TOO_LARGE', data: { totalMax: Number.MAX_SAFE_INTEGER } },
    });
  });

  it('has up to a hundred lines', async () => {
    const id = await shop.item(1000);
    const lines = (count: number): Line[] => Array.from({ length: count }, () => ({ id, quantity: 1 }));
    expect(await shop.order(lines(100))).toMatchObject({ status: 201, body: { subtotal: 50_000 } });
    expect(await shop.order(lines(101))).toMatchObject({ status: 422, body: { data: { items: expect.any(String) } } });
    expect(await shop.order([])).toMatchObject({ status: 400, body: { code: 'ORDER_EMPTY' } });
  });

  it.each([0, -1, 1.5, '1', null, 1_000_000_001, [1]])('is rejected with a quantity of %j', async (quantity) => {
    expect(await shop.order([{ id: 'prod_1', quantity: quantity as number }])).toMatchObject({
      status: 422,
      body: { code: 'VALIDATION_FAILED', data: { 'items.0.quantity': expect.any(String) } },
    });
  });

  it('is rejected with fields that it does not have, or has twice', async () => {
    const [line] = [{ id: 'prod_1', quantity: 1 }];
    const wrong = (body: object) => shop.order([line], shop.ann, body);
    expect(await wrong({ items: [{ ...line, price: 1 }] })).toMatchObject({
      status: 422,
      body: { data: { 'items.0.price': 'is not a field of this request' } },
    });
    expect(await wrong({ shippingInfo: { ...shippingInfo, country: 'TW' } })).toMatchObject({
      status: 422,
      body: { data: { 'shippingInfo.country': 'is not a field of this request' } },
    });
    expect(await wrong({ shipping_info: shippingInfo })).toMatchObject({
      status: 422,
      body: { data: { shippingInfo: 'is given more than once' } },
    });
    expect(await wrong({ shippingInfo: { ...shippingInfo, city: 'a\0' } })).toMatchObject({
      status: 422,
      body: { data: { 'shippingInfo.city': expect.any(String) } },
    });
  });

  describe('with an Idempotency-Key', () => {
    it('is placed once: again, on another process, and when Redis has forgotten it', async () => {
      const id = await shop.item(3);
      const key = randomUUID();
      const ask = (sent: object = {}) => shop.order([{ id, quantity: 2 }], shop.ann, {}, { key, ...sent });
      const first = await ask();
      const repeats = [await untilAnswered(ask), await untilAnswered(() => ask({ to: other }))];
      for (const to of [shop.system.commandApi, other]) {
        await redis.flushdb();
        repeats.push(await ask({ to }));
      }
      for (const repeat of repeats) {
        expect([repeat.status, repeat.body]).toEqual([201, first.body]);
        expect(repeat.headers.get('location')).toBe(first.headers.get('location'));
        expect(repeat.headers.get('idempotency-replayed')).toBe('true');
      }
      expect(await shop.available(id, first)).toBe(1);
    });

    it('is the same order after its products were changed, sold out and discontinued', async () => {
      const [id, gone] = [await shop.item(3), await shop.item(3)];
      const key = randomUUID();
      const lines = [
        { id, quantity: 2 },
        { id: gone, quantity: 1 },
      ];
      const first = await shop.order(lines, shop.ann, {}, { key });
      await shop.send('PATCH', `/products/${id}`, shop.staff, { price: 9, name: 'Desk' });
      await shop.order([{ id, quantity: 1 }], shop.bob);
      await redis.flushdb();
      const soldOut = await shop.order(lines, shop.ann, {}, { key, to: other });
      expect([soldOut.status, soldOut.body]).toEqual([201, first.body]);
      await shop.send('DELETE', `/products/${gone}`, shop.staff);
      await redis.flushdb();
      const discontinued = await shop.order(lines, shop.ann, {}, { key, to: other });
      expect([discontinued.status, discontinued.body]).toEqual([201, first.body]);
      for (const { headers } of [soldOut, discontinued]) {
        expect(headers.get('idempotency-replayed')).toBe('true');
        expect(headers.get('consistency-token')).not.toBeNull();
      }
    });

    it('that was cancelled stays cancelled', async () => {
      const id = await shop.item(3);
      const key = randomUUID();
      const first = await shop.order([{ id, quantity: 2 }], shop.ann, {}, { key });
      const cancelled = await shop.send('POST', `/orders/${first.body.id}/cancel`, shop.ann);
      await redis.flushdb();
      const again = await shop.order([{ id, quantity: 2 }], shop.ann, {}, { key });
      expect(again).toMatchObject({ status: 201, body: { id: first.body.id, status: 'cancelled' } });
      expect(await shop.available(id, cancelled)).toBe(3);
    });

    it('that was rejected is never placed, also when stock has come and Redis has forgotten it', async () => {
      const id = await shop.item(1);
      const key = randomUUID();
      const ask = (to?: Service) =>
        shop.order([{ id, quantity: 2 }], shop.ann, {}, { key, ...(to === undefined ? {} : { to }) });
      const rejected = { status: 400, body: { code: 'INSUFFICIENT_STOCK', data: { available: 1, requested: 2 } } };
      expect(await ask()).toMatchObject(rejected);
      const stocked = await shop.send('POST', '/stock', shop.staff, { product_id: id, stock: 5 });
      expect(await untilAnswered(() => ask(other))).toMatchObject(rejected);
      for (const to of [shop.system.commandApi, other]) {
        await redis.flushdb();
        expect(await ask(to)).toMatchObject(rejected);
      }
      expect(await shop.available(id, stocked)).toBe(6);
      expect(await shop.order([{ id, quantity: 2 }])).toMatchObject({ status: 201 });
    });

    it('that was rejected for an unknown product is never placed, also when the product is there', async () => {
      const id = `prod_${randomUUID().slice(0, 8)}`;
      const key = randomUUID();
      const ask = () => shop.order([{ id, quantity: 1 }], shop.ann, {}, { key });
      const rejected = { status: 400, body: { code: 'ITEM_UNKNOWN', data: { itemId: id } } };
      expect(await ask()).toMatchObject(rejected);
      await shop.send('POST', '/products', shop.staff, { id, name: 'x', price: 1 });
      await shop.send('POST', '/stock', shop.staff, { product_id: id, stock: 5 });
      await redis.flushdb();
      expect(await ask()).toMatchObject(rejected);
    });

    it('is not another order, and another customer’s key is none of it', async () => {
      const [id, second] = [await shop.item(9), await shop.item(9)];
      const key = randomUUID();
      const first = await shop.order([{ id, quantity: 2 }], shop.ann, {}, { key });
      const reused = () => shop.order([{ id: second, quantity: 2 }], shop.ann, {}, { key });
      expect(await untilAnswered(reused)).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } });
      await redis.flushdb();
      for (const [lines, more] of [
        [[{ id: second, quantity: 2 }], {}],
        [[{ id, quantity: 1 }], {}],
        [
          [
            { id, quantity: 2 },
            { id, quantity: 1 },
          ],
          {},
        ],
        [[{ id, quantity: 2 }], { paymentMethod: 'atm' }],
        [[{ id: 'prod_404', quantity: 2 }], {}],
      ] as const) {
        const answer = await shop.order(lines, shop.ann, more, { key });
        expect(answer).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } });
        await redis.flushdb();
      }
      const cancel = await shop.send('POST', `/orders/${first.body.id}/cancel`, shop.ann, {}, { key });
      expect(cancel).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } });
      const bobs = await shop.order([{ id, quantity: 2 }], shop.bob, {}, { key });
      expect([bobs.status, bobs.body.id === first.body.id]).toEqual([201, false]);
    });

    it('goes where its first request said: with another address, the key is that of a different request', async () => {
      const id = await shop.item(9);
      const key = randomUUID();
      const first = await shop.order([{ id, quantity: 2 }], shop.ann, {}, { key });
      await redis.flushdb();
      const elsewhere = { shippingInfo: { ...shippingInfo, address: '別處' } };
      const again = await shop.order([{ id, quantity: 2 }], shop.ann, elsewhere, { key });
      expect(again).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } });
      const seen = await shop.get(`/orders/${first.body.id}`, shop.ann, first);
      expect(seen.body.shippingInfo).toEqual(shippingInfo);
    });

    it('is placed once by many requests at once, on two processes', async () => {
      const id = await shop.item(100);
      const key = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          shop.order([{ id, quantity: 2 }], shop.ann, {}, { key, to: n % 2 === 0 ? other : shop.system.commandApi }),
        ),
      );
      for (const { status } of answers) expect([201, 409]).toContain(status);
      const placed = answers.filter(({ status }) => status === 201);
      expect(new Set(placed.map(({ body }) => body.id)).size).toBe(1);
      expect(await shop.available(id, placed[0] as Answer)).toBe(98);
    });
  });

  describe('of one item, in the query of POST /order,', () => {
    function orderOne(query: string, body?: object, key?: string): Promise<Answer> {
      return shop.send('POST', `/order${query}`, shop.ann, body, key === undefined ? {} : { key });
    }

    it('is placed once with a key, and is one unit unless it says how many', async () => {
      const id = await shop.item(5);
      const key = randomUUID();
      const first = await orderOne(`?product_id=${id}&quantity=2`, undefined, key);
      await redis.flushdb();
      const again = await orderOne(`?product_id=${id}&quantity=2`, undefined, key);
      expect([again.status, again.body]).toEqual([201, first.body]);
      const one = await orderOne(`?productId=${id}`);
      expect(one).toMatchObject({ status: 201, body: { items: [{ id, quantity: 1 }] } });
      expect(await shop.available(id, one)).toBe(2);
      await redis.flushdb();
      const reused = await orderOne(`?product_id=${id}&quantity=1`, undefined, key);
      expect(reused).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } });
    });

    it.each([
      ['', 'product_id'],
      ['?quantity=1', 'product_id'],
      ['?product_id=a&quantity=0', 'quantity'],
      ['?product_id=a&quantity=1.5', 'quantity'],
      ['?product_id=a&quantity=x', 'quantity'],
      ['?product_id=a&quantity=1&quantity=2', 'quantity'],
      ['?product_id=a&colour=red', 'colour'],
      ['?product_id=%00', 'product_id'],
    ])('is rejected for %j', async (query, field) => {
      const data = { [field]: expect.any(String) };
      expect(await orderOne(query)).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED', data } });
    });

    it('is the one write that has a query', async () => {
      const id = await shop.item(5);
      const { body } = await shop.order([{ id, quantity: 1 }]);
      const refused = { status: 422, body: { data: { quantity: expect.any(String) } } };
      for (const [method, path] of [
        ['POST', '/orders'],
        ['POST', `/orders/${body.id}/cancel`],
        ['PATCH', `/orders/${body.id}/status`],
        ['POST', `/orders/${body.id}/payment`],
        ['POST', `/items/${id}/purchase`],
      ] as const) {
        expect(await shop.send(method, `${path}?quantity=2`, shop.staff, {})).toMatchObject(refused);
      }
    });
  });

  it('that cannot exist is not found', async () => {
    const notFound = { status: 404, body: { code: 'ORDER_NOT_FOUND' } };
    for (const id of ['1', 'ord_1', 'ord_20251201A1B2C3D4', 'ord_20251201a1b2c3d4', '%00', 'x'.repeat(200)]) {
      for (const path of ['', '/history']) {
        expect(await shop.get(`/orders/${id}${path}`, shop.staff)).toMatchObject(notFound);
      }
      expect(await shop.send('POST', `/orders/${id}/cancel`, shop.staff)).toMatchObject(notFound);
      const status = { status: 'processing' };
      expect(await shop.send('PATCH', `/orders/${id}/status`, shop.staff, status)).toMatchObject(notFound);
      expect(await shop.send('POST', `/orders/${id}/payment`, shop.staff, { reference: 'x' })).toMatchObject(notFound);
    }
  });
});
