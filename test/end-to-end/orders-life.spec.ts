import { randomUUID } from 'node:crypto';
import { itemStock, orderAggregate, stockStream, type SubmitOrder } from '#domain';
import type { EventStore, RecordedEvent } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { idPrefixes } from '#ids';
import { createRedis, untilConnected } from '#platform';
import { until, untilAnswered, type Answer } from '#dev/testing';
import { Recorder } from './recorder.ts';
import { shippingInfo, startShop, type Shop } from './shop.ts';

const minuteMs = 60_000;

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('an order that is placed, with events in %s,', (kind) => {
  let shop: Shop;
  let store: EventStore;

  beforeAll(async () => {
    shop = await startShop(kind, { HOLDFAST_ORDER_PAYMENT_MINUTES: '1' });
    store = await connectEventStore(shop.system.env['EVENTSTORE_URL'] ?? '');
  });

  afterAll(async () => {
    await store.close();
    await shop.close();
  });

  function eventsOf(stream: string): Promise<readonly RecordedEvent[]> {
    return store.readStream(stream, { limit: 1000 });
  }

  async function placed(more: object = {}, token = shop.ann) {
    const item = await shop.item(5);
    const answer = await shop.order([{ id: item, quantity: 2 }], token, more);
    const id = answer.body.id as string;
    return { id, item, path: `/orders/${id}`, answer };
  }

  function change(path: string, status: string, trackingNumber?: string, token = shop.staff): Promise<Answer> {
    const tracked = trackingNumber === undefined ? {} : { trackingNumber };
    return shop.send('PATCH', `${path}/status`, token, { status, ...tracked });
  }

  function cancel(path: string, token = shop.ann, key?: string): Promise<Answer> {
    return shop.send('POST', `${path}/cancel`, token, undefined, key === undefined ? {} : { key });
  }

  function pay(path: string, reference: string, token = shop.staff): Promise<Answer> {
    return shop.send('POST', `${path}/payment`, token, { reference });
  }

  /** Takes an order from pending to this status. */
  async function brought(path: string, to: string): Promise<Answer | undefined> {
    const steps = ['processing', 'shipped', 'completed'];
    let last: Answer | undefined;
    for (const status of steps.slice(0, steps.indexOf(to) + 1)) {
      last = await change(path, status, status === 'shipped' ? 'TW1' : undefined);
    }
    return to === 'cancelled' ? cancel(path) : last;
  }

  describe('and cancelled', () => {
    it('gives its units back, once, whoever repeats it', async () => {
      const { path, item, id } = await placed();
      const cancelled = await cancel(path);
      expect(cancelled).toMatchObject({ status: 200, body: { id, status: 'cancelled', shippingInfo } });
      expect(cancelled.headers.get('location')).toBe(`/api/v1${path}`);
      expect(await shop.available(item, cancelled)).toBe(5);
      const state = { from: 'cancelled', to: 'cancelled' };
      for (const token of [shop.ann, shop.staff]) {
        expect(await cancel(path, token)).toMatchObject({ status: 409, body: { code: 'ORDER_STATE', data: state } });
      }
      const { body } = await shop.get(`/stock/${item}/history`, shop.staff, cancelled);
      const types = body.movements.map(({ type }: { type: string }) => type);
      expect(types).toEqual(['UnitsProvided', 'UnitsReserved', 'ReservationReleased']);
      expect((await shop.get(path, shop.ann, cancelled)).body).toEqual(cancelled.body);
    });

    it('is answered alike for the same key, also when Redis has forgotten it', async () => {
      const { path, item } = await placed();
      const key = randomUUID();
      const first = await cancel(path, shop.ann, key);
      const again = await untilAnswered(() => cancel(path, shop.ann, key));
      const redis = createRedis(shop.system.env['REDIS_URL'] ?? '');
      await untilConnected(redis);
      await redis.flushdb();
      redis.disconnect();
      for (const repeat of [again, await cancel(path, shop.ann, key)]) {
        expect([repeat.status, repeat.body]).toEqual([200, first.body]);
        expect(repeat.headers.get('idempotency-replayed')).toBe('true');
      }
      expect(await shop.available(item, first)).toBe(5);
    });

    it('is cancelled by one of many at once, and gives its units back once', async () => {
      const { path, item } = await placed();
      const answers = await Promise.all(Array.from({ length: 20 }, () => cancel(path)));
      const done = answers.filter(({ status }) => status === 200);
      expect([done.length, answers.filter(({ status }) => status === 409).length]).toEqual([1, 19]);
      expect(await shop.available(item, done[0] as Answer)).toBe(5);
    });

    it('is cancelled or shipped, and its stock knows which', async () => {
      for (let round = 0; round < 5; round++) {
        const { path, item } = await placed();
        await change(path, 'processing');
        const [shipped, cancelled] = await Promise.all([change(path, 'shipped', 'TW1'), cancel(path)]);
        const isShipped = shipped.status === 200;
        expect(cancelled.status).toBe(isShipped ? 409 : 200);
        const after = isShipped ? shipped : cancelled;
        const { body } = await shop.get(`/stock/${item}`, shop.staff, after);
        expect(body).toMatchObject({ stock: isShipped ? 3 : 5, reserved: 0 });
      }
    });

    it('can be cancelled by its customer and by staff while it is pending or processing, and not later', async () => {
      for (const [status, token] of [
        ['pending', shop.ann],
        ['processing', shop.ann],
        ['processing', shop.staff],
      ] as const) {
        const { path } = await placed();
        await brought(path, status);
        expect(await cancel(path, shop.bob)).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } });
        expect(await cancel(path, token)).toMatchObject({ status: 200, body: { status: 'cancelled' } });
      }
      for (const from of ['shipped', 'completed']) {
        const { path, item } = await placed();
        const last = (await brought(path, from)) as Answer;
        const data = { from, to: 'cancelled' };
        expect(await cancel(path)).toMatchObject({ status: 409, body: { code: 'ORDER_STATE', data } });
        expect(await shop.available(item, last)).toBe(3);
      }
    });
  });

  describe('and taken to its next status', () => {
    it('is processed, shipped and completed; what is shipped has left the stock', async () => {
      const { path, item, id } = await placed();
      const stock = async (after: Answer) => (await shop.get(`/stock/${item}`, shop.staff, after)).body;
      const processing = await change(path, 'processing');
      expect(processing).toMatchObject({ status: 200, body: { id, status: 'processing', trackingNumber: null } });
      expect(await stock(processing)).toMatchObject({ stock: 3, reserved: 2 });
      const shipped = await change(path, 'shipped', 'TW123456789');
      expect(shipped).toMatchObject({ status: 200, body: { status: 'shipped', trackingNumber: 'TW123456789' } });
      expect(await stock(shipped)).toMatchObject({ stock: 3, reserved: 0 });
      const completed = await change(path, 'completed');
      expect(completed).toMatchObject({ status: 200, body: { status: 'completed', trackingNumber: 'TW123456789' } });
      expect((await shop.get(path, shop.ann, completed)).body).toEqual(completed.body);
    });

    it.each([
      ['pending', ['shipped', 'completed']],
      ['processing', ['processing', 'completed']],
      ['shipped', ['processing', 'shipped']],
      ['completed', ['processing', 'shipped', 'completed']],
      ['cancelled', ['processing', 'shipped', 'completed']],
    ])('takes no other step from %s', async (from, wrong) => {
      const { path } = await placed();
      await brought(path, from);
      for (const to of wrong) {
        expect(await change(path, to, to === 'shipped' ? 'TW1' : undefined)).toMatchObject({
          status: 409,
          body: { code: 'ORDER_STATE', data: { from, to } },
        });
      }
    });

    it('takes no step to a status that no step leads to', async () => {
      const { path } = await placed();
      for (const status of ['pending', 'cancelled', 'submitted', 'rejected', 'lost']) {
        expect(await change(path, status)).toMatchObject({
          status: 422,
          body: { data: { status: expect.any(String) } },
        });
      }
    });

    it('has a tracking number if it is shipped, and only then', async () => {
      const { path } = await placed();
      const wrong = { status: 422, body: { data: { trackingNumber: expect.any(String) } } };
      expect(await change(path, 'processing', 'TW1')).toMatchObject(wrong);
      await change(path, 'processing');
      expect(await change(path, 'shipped')).toMatchObject(wrong);
      for (const number of ['', ' ', 'x'.repeat(101), 'a\0']) {
        expect(await change(path, 'shipped', number)).toMatchObject(wrong);
      }
      expect(await change(path, 'shipped', 'x'.repeat(100))).toMatchObject({ status: 200 });
      expect(await change(path, 'completed', 'TW1')).toMatchObject(wrong);
    });

    it('is changed by staff only', async () => {
      const { path } = await placed();
      expect(await change(path, 'processing', undefined, shop.ann)).toMatchObject({ status: 403 });
      expect(await pay(path, 'p1', shop.ann)).toMatchObject({ status: 403 });
      expect(await shop.get('/admin/orders', shop.ann)).toMatchObject({ status: 403 });
    });
  });

  describe('and given back', () => {
    it('is available again by its lines, once it was shipped', async () => {
      const { path, item, id } = await placed();
      const other = await shop.item(5);
      const giveBack = (of: string, body: object = {}, key?: string, token = shop.staff) =>
        shop.send('POST', `${of}/return`, token, body, key === undefined ? {} : { key });
      expect(await giveBack(path)).toMatchObject({
        status: 409,
        body: { code: 'ORDER_STATE', data: { from: 'pending', to: 'returned' } },
      });
      const lines = [
        { id: item, quantity: 1 },
        { id: other, quantity: 3 },
        { id: item, quantity: 2 },
      ];
      const order = `/orders/${(await shop.order(lines)).body.id as string}`;
      await brought(order, 'shipped');
      expect(await giveBack(order, {}, undefined, shop.ann)).toMatchObject({ status: 403 });
      expect(await giveBack(order, { lines: [{ id: 'prod_1' }] })).toMatchObject({ body: { code: 'ITEM_UNKNOWN' } });
      const wanted = {
        lines: [
          { id: other, quantity: 1 },
          { id: item, quantity: 2 },
        ],
        reason: 'broken',
      };
      const key = randomUUID();
      const part = await giveBack(order, wanted, key);
      const returned = ({ body }: Answer) =>
        body.items.map((line: { returnedQuantity: number }) => line.returnedQuantity);
      expect([part.status, returned(part)]).toEqual([200, [1, 1, 1]]);
      const redis = createRedis(shop.system.env['REDIS_URL'] ?? '');
      await untilConnected(redis);
      await redis.flushdb();
      redis.disconnect();
      const again = await giveBack(order, wanted, key);
      expect([again.status, again.body]).toEqual([200, part.body]);
      // What is rejected has given back nothing, whichever line it is.
      const tooMuch = {
        lines: [
          { id: item, quantity: 1 },
          { id: other, quantity: 3 },
        ],
      };
      expect(await giveBack(order, tooMuch)).toMatchObject({
        status: 400,
        body: { code: 'MORE_THAN_TAKEN', data: { itemId: other, outstanding: 2, requested: 3 } },
      });
      const seen = await shop.get(order, shop.ann, again);
      expect(seen.body).toEqual(part.body);
      expect((await change(order, 'completed')).body.items).toEqual(part.body.items);
      const rest = await giveBack(order);
      expect(returned(rest)).toEqual([1, 3, 2]);
      expect(await giveBack(order)).toMatchObject({ status: 400, body: { code: 'MORE_THAN_TAKEN' } });
      expect(await shop.available(other, rest)).toBe(5);
      const { body } = await shop.get(`${order}/history`, shop.ann, rest);
      expect(body.history.filter(({ type }: { type: string }) => type === 'UnitsGivenBack')).toMatchObject([
        { status: 'shipped', details: { quantity: expect.any(Number), reason: 'broken' } },
        { status: 'shipped', details: { quantity: expect.any(Number), reason: 'broken' } },
        { status: 'completed', details: { itemId: expect.any(String), reason: null } },
        { status: 'completed', details: { itemId: expect.any(String), reason: null } },
      ]);
      expect((await shop.get(path, shop.ann)).body.id).toBe(id);
    });

    it('takes with it what was held: the hold itself has nothing to give back', async () => {
      const item = await shop.item(5);
      const holdId = await shop.hold(item, 2);
      const { body } = await shop.order([{ id: item, quantity: 2, holdId }]);
      expect(await shop.send('POST', `/holds/${holdId}/return`, shop.ann, {})).toMatchObject({
        status: 409,
        body: { code: 'HOLD_IN_ORDER', data: { orderId: body.id } },
      });
    });
  });

  describe('and paid', () => {
    it('is paid once, however often that is told', async () => {
      const { path } = await placed({ paymentMethod: 'credit_card' });
      const first = await pay(path, 'pay_1');
      expect(first).toMatchObject({ status: 200, body: { status: 'pending' } });
      expect(await pay(path, 'pay_1')).toMatchObject({ status: 200, body: first.body });
      expect(await pay(path, 'pay_2')).toMatchObject({
        status: 409,
        body: { code: 'ORDER_PAID', data: { reference: 'pay_1' } },
      });
      await change(path, 'processing');
      expect(await pay(path, 'pay_1')).toMatchObject({ status: 200, body: { status: 'processing' } });
      const { body } = await shop.get(`${path}/history`, shop.ann, first);
      expect(body.history.filter(({ type }: { type: string }) => type === 'OrderPaid')).toMatchObject([
        { status: 'pending', details: { reference: 'pay_1' } },
      ]);
    });

    it('is not paid after it was cancelled', async () => {
      const { path } = await placed({ paymentMethod: 'atm' });
      await cancel(path);
      const data = { from: 'cancelled', to: 'paid' };
      expect(await pay(path, 'pay_1')).toMatchObject({ status: 409, body: { code: 'ORDER_STATE', data } });
    });

    it.each([{}, { reference: '' }, { reference: 1 }, { reference: 'x'.repeat(101) }])(
      'is not paid with %j',
      async (body) => {
        const { path } = await placed();
        expect(await shop.send('POST', `${path}/payment`, shop.staff, body)).toMatchObject({
          status: 422,
          body: { data: { reference: expect.any(String) } },
        });
      },
    );
  });

  describe('and not paid in time', () => {
    let ago: Recorder;

    beforeAll(async () => {
      ago = await Recorder.of(shop.system, () => Date.now() - 2 * minuteMs);
    });

    afterAll(() => ago.close());

    /** An order that was submitted two minutes ago, with a minute to pay: `finish-orders` places it. */
    async function submitted(more: Partial<SubmitOrder> = {}): Promise<{ path: string; item: string }> {
      const item = await shop.item(5);
      const customerId = (await shop.get('/auth/me', shop.ann)).body.id as string;
      const orderId = `${idPrefixes.order}${randomUUID().replaceAll('-', '').slice(0, 16)}`;
      const command: SubmitOrder = {
        type: 'SubmitOrder',
        orderId,
        customerId,
        orderNumber: 'ORD-20260101-0001',
        lines: [{ itemId: item, name: 'Lamp', price: 500, quantity: 2, thumbnail: null, holdId: null }],
        paymentMethod: 'credit_card',
        shipping: { freeFrom: 1000, fee: 60 },
        payWithinMs: minuteMs,
        ...more,
      };
      await ago.record(orderAggregate, orderAggregate.streamOf(orderId), command);
      return { path: `/orders/${orderId}`, item };
    }

    async function untilStatus(path: string, status: string): Promise<void> {
      await until(
        () => shop.get(path, shop.ann),
        ({ body }) => body.status === status,
      );
    }

    async function expectStatus(path: string, status: string): Promise<void> {
      expect(await shop.get(path, shop.ann)).toMatchObject({ status: 200, body: { status } });
    }

    it('is cancelled by itself, and its units are free', async () => {
      const { path, item } = await submitted();
      await untilStatus(path, 'cancelled');
      const stock = await until(
        () => shop.get(`/stock/${item}`, shop.staff),
        ({ body }) => body.revision === 2,
      );
      expect(stock.body).toMatchObject({ stock: 5, reserved: 0 });
      const history = await until(
        () => shop.get(`${path}/history`, shop.ann),
        ({ body }) => body.history.length === 3,
      );
      expect(history.body.history).toMatchObject([
        { type: 'OrderSubmitted' },
        { type: 'OrderPlaced', actor: null },
        { type: 'OrderCancelled', actor: null, details: { reason: 'unpaid' } },
      ]);
      const data = { from: 'cancelled', to: 'paid' };
      expect(await pay(path, 'late')).toMatchObject({ status: 409, body: { code: 'ORDER_STATE', data } });
    });

    it('stays if it is paid for otherwise: on delivery, or not here', async () => {
      const [onDelivery, elsewhere] = [
        await submitted({ paymentMethod: 'cod' }),
        await submitted({ paymentMethod: null, shipping: null }),
      ];
      const due = await submitted();
      await untilStatus(due.path, 'cancelled');
      for (const { path } of [onDelivery, elsewhere]) await untilStatus(path, 'pending');
      // Whatever would cancel them has come round again meanwhile.
      const another = await submitted();
      await untilStatus(another.path, 'cancelled');
      for (const { path } of [onDelivery, elsewhere]) await expectStatus(path, 'pending');
    });

    it('has the time that the shop gives, from its submission', async () => {
      const before = Date.now();
      const recorded: Record<string, number | null> = {};
      for (const paymentMethod of ['credit_card', 'atm', 'cod']) {
        const { id } = await placed({ paymentMethod });
        recorded[paymentMethod] = await payByOf(id);
      }
      expect(recorded['cod']).toBeNull();
      for (const paymentMethod of ['credit_card', 'atm']) {
        expect(recorded[paymentMethod]).toBeGreaterThanOrEqual(before + minuteMs);
        expect(recorded[paymentMethod]).toBeLessThanOrEqual(Date.now() + minuteMs);
      }
    });

    async function payByOf(id: string): Promise<number | null> {
      const [first] = await eventsOf(orderAggregate.streamOf(id));
      return (first as RecordedEvent & { data: { payBy: number | null } }).data.payBy;
    }
  });

  describe('and looked up', () => {
    it('tells what became of it, when, and who did it', async () => {
      const annsId = (await shop.get('/auth/me', shop.ann)).body.id as string;
      const staffId = (await shop.get('/auth/me', shop.staff)).body.id as string;
      const { path, id } = await placed();
      await change(path, 'processing');
      const shipped = await change(path, 'shipped', 'TW1');
      const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      const answer = await shop.get(`${path}/history`, shop.ann, shipped);
      expect([answer.status, answer.body]).toEqual([
        200,
        {
          orderId: id,
          nextCursor: null,
          history: [
            { type: 'OrderSubmitted', status: 'submitted', at, actor: annsId, details: {} },
            { type: 'OrderPlaced', status: 'pending', at, actor: annsId, details: {} },
            { type: 'OrderProcessingStarted', status: 'processing', at, actor: staffId, details: {} },
            { type: 'OrderShipped', status: 'shipped', at, actor: staffId, details: { trackingNumber: 'TW1' } },
          ],
        },
      ]);
      expect((await shop.get(`${path}/history`, shop.staff)).body).toEqual(answer.body);
    });

    it('is seen by its customer and by staff, and by nobody else', async () => {
      const { path, answer } = await placed();
      for (const each of [path, `${path}/history`]) {
        const seen = await shop.get(each, shop.ann, answer);
        expect(seen.status).toBe(200);
        expect((await shop.get(each, shop.staff)).body).toEqual(seen.body);
        expect(await shop.get(each, shop.bob)).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } });
      }
    });

    it('is found by staff by customer, product, status, time and number, page by page', async () => {
      const cyd = await shop.user(`cyd-${randomUUID()}@example.com`);
      const me = (await shop.get('/auth/me', cyd)).body as { id: string; number: number };
      const [one, two] = [await shop.item(99), await shop.item(99)];
      const orders: Answer[] = [];
      while (orders.length < 7)
        orders.push(await shop.order([{ id: orders.length < 4 ? one : two, quantity: 1 }], cyd));
      const ids = orders.map(({ body }) => body.id as string);
      const newestFirst = ids.toReversed();
      const last = await cancel(`/orders/${ids[0]}`, cyd);
      const found = async (query: string) => {
        const { body } = await shop.get(`/admin/orders?${query}`, shop.staff, last);
        return (body.orders as { id: string }[]).map(({ id }) => id);
      };
      for (const user of [me.id, me.number]) expect(await found(`user=${user}`)).toEqual(newestFirst);
      expect(await found('user=user_0000000000000000')).toEqual([]);
      expect(await found('user=999999')).toEqual([]);
      expect(await found(`product=${two}`)).toEqual(newestFirst.slice(0, 3));
      const { number } = (await shop.get(`/products/${two}`, shop.staff, last)).body;
      expect(await found(`product=${number}&user=${me.id}`)).toEqual(newestFirst.slice(0, 3));
      expect(await found('product=prod_404')).toEqual([]);
      expect(await found(`user=${me.id}&status=cancelled`)).toEqual([ids[0]]);
      expect(await found(`user=${me.id}&status=pending`)).toEqual(newestFirst.slice(0, 6));
      const createdAt = (n: number) => orders[n]?.body.createdAt as string;
      expect(await found(`user=${me.id}&from=${createdAt(2)}`)).toEqual(newestFirst.slice(0, 5));
      expect(await found(`user=${me.id}&to=${createdAt(2)}`)).toEqual(newestFirst.slice(5));
      expect(await found(`user=${me.id}&from=${createdAt(2)}&to=${createdAt(4)}`)).toEqual([ids[3], ids[2]]);
      const { orderNumber } = (orders[5] as Answer).body as { orderNumber: string };
      expect(await found(`orderNumber=${orderNumber}`)).toEqual([ids[5]]);
      expect(await found(`order_number=${orderNumber}&user=${me.id}`)).toEqual([ids[5]]);
      const [listed] = (await shop.get(`/admin/orders?orderNumber=${orderNumber}`, shop.staff)).body.orders;
      expect(listed).toEqual({
        id: ids[5],
        userId: me.id,
        orderNumber,
        total: 560,
        status: 'pending',
        createdAt: createdAt(5),
      });

      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const after: string = cursor === null ? '' : `&cursor=${cursor}`;
        const { body } = await shop.get(`/admin/orders?user=${me.id}&limit=3${after}`, shop.staff, last);
        seen.push(...(body.orders as { id: string }[]).map(({ id }) => id));
        expect([body.total, body.page]).toEqual(cursor === null ? [7, 1] : [null, null]);
        expect(body.hasMore).toBe(body.nextCursor !== null);
        cursor = body.nextCursor as string | null;
      } while (cursor !== null);
      expect(seen).toEqual(newestFirst);
      const third = await shop.get(`/admin/orders?user=${me.id}&limit=3&page=3`, shop.staff);
      expect(third.body).toMatchObject({ orders: [{ id: ids[0] }], total: 7, hasMore: false, nextCursor: null });
    });

    it('is in its customer’s list, with cursors that no other list takes', async () => {
      const dan = await shop.user(`dan-${randomUUID()}@example.com`);
      const id = await shop.item(99);
      await shop.order([{ id, quantity: 1 }], dan);
      const last = await shop.order([{ id, quantity: 1 }], dan);
      const { body } = await shop.get('/orders?limit=1', dan, last);
      expect(body).toMatchObject({ orders: [{ id: last.body.id }], total: 2, hasMore: true });
      const path = `limit=1&cursor=${body.nextCursor}`;
      expect((await shop.get(`/orders?${path}`, dan)).body).toMatchObject({ orders: [{}], nextCursor: null });
      const wrong = { status: 422, body: { data: { cursor: expect.any(String) } } };
      expect(await shop.get(`/admin/orders?${path}`, shop.staff)).toMatchObject(wrong);
      expect(await shop.get(`/orders?${path}&page=1`, dan)).toMatchObject(wrong);
      expect(await shop.get('/orders?cursor=x', dan)).toMatchObject(wrong);
      expect((await shop.get(`/orders?${path}`, shop.bob)).body).toMatchObject({ orders: [], nextCursor: null });
    });
  });

  it('keeps nothing of its customer but the id, once the user is erased', async () => {
    const email = `eve-${randomUUID()}@example.com`;
    const eve = await shop.user(email);
    const { path, item, answer } = await placed({ paymentMethod: 'cod' }, eve);
    const { id } = (await shop.get('/auth/me', eve)).body;
    expect(await shop.system.cli(['users', 'erase', id, '--yes'])).toMatchObject({ exitCode: 0 });
    expect(await shop.get(path, eve)).toMatchObject({ status: 401 });
    const seen = await shop.get(path, shop.staff, answer);
    expect(seen).toMatchObject({ status: 200, body: { userId: id, shippingInfo: null, status: 'pending' } });
    expect(JSON.stringify(seen.body)).not.toContain(shippingInfo.recipientName);
    const cancelled = await cancel(path, shop.staff);
    expect(cancelled).toMatchObject({ status: 200, body: { shippingInfo: null, status: 'cancelled' } });
    expect(await shop.available(item, cancelled)).toBe(5);
  });

  it('has no personal data in its events', async () => {
    const { id, item } = await placed({ shippingInfo: { ...shippingInfo, recipientName: 'Secret' } });
    for (const stream of [orderAggregate.streamOf(id), stockStream(itemStock(item))]) {
      const events = await eventsOf(stream);
      expect(events).toHaveLength(2);
      expect(JSON.stringify(events)).not.toMatch(/Secret|0912345678|市府路/);
    }
  });
});
