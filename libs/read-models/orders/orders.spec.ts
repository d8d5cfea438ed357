import { orderAggregate, type OrderCommand, type OrderId, type SubmitOrder } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import { OrderHistoryQueries, orderHistoryProjection, orderLinesProjection, OrderQueries } from '../index.ts';
import { ordersProjection, placeOfOrder, UnfinishedOrders, type OrderFilter, type Paging } from '../index.ts';

const start = Date.UTC(2026, 0, 1);
const lamp = {
  itemId: 'lamp',
  name: 'Lamp',
  price: 300,
  quantity: 2,
  thumbnail: 'https://example.com/l',
  holdId: null,
};
const desk = { itemId: 'desk', name: 'Desk', price: 900, quantity: 1, thumbnail: null, holdId: null };
const minuteMs = 60_000;
const labels = { reference: 'cart-7', metadata: { channel: 'app' } };
const insufficient = { code: 'INSUFFICIENT_STOCK', available: 0, requested: 2, itemId: 'lamp' } as const;

describe('orders', () => {
  let projected: Projected;
  let queries: OrderQueries;
  let history: OrderHistoryQueries;
  let unfinished: UnfinishedOrders;

  beforeAll(async () => {
    projected = await startProjected([
      { projection: ordersProjection, inRedis: false },
      { projection: orderLinesProjection, inRedis: false },
      { projection: orderHistoryProjection, inRedis: false },
    ]);
    queries = new OrderQueries(projected.pool);
    history = new OrderHistoryQueries(projected.pool);
    unfinished = new UnfinishedOrders(projected.pool);
    // Shipped, and settled.
    await submit(0, 'o1', { lines: [lamp, desk, { ...lamp, quantity: 1 }] });
    await at(1, 'o1', { type: 'PlaceOrder' }, 'ann');
    await at(2, 'o1', { type: 'PayOrder', reference: 'pay_1' });
    await at(3, 'o1', { type: 'ProcessOrder' });
    await at(4, 'o1', { type: 'ShipOrder', trackingNumber: 'TW1' });
    await at(5, 'o1', { type: 'SettleOrder' });
    // Rejected, and waiting for the release of its units.
    await submit(10, 'o2');
    await at(11, 'o2', { type: 'RejectOrder', reason: insufficient }, 'ann');
    // Of one moment: pending with a payment that is due at 50, and at 60; not placed yet.
    await submit(20, 'o4', { payWithinMs: 40_000 });
    await submit(20, 'o3', { payWithinMs: 30_000, labels });
    await submit(20, 'o5', { lines: [desk], payWithinMs: minuteMs });
    for (const id of ['o3', 'o4']) await at(21, id, { type: 'PlaceOrder' }, 'ann');
    // Of somebody else: cancelled, and waiting for the release of its units.
    await submit(30, 'b1', {
      customerId: 'bob',
      lines: [desk],
      payWithinMs: minuteMs,
      labels: { reference: 'cart-7' },
    });
    await at(31, 'b1', { type: 'PlaceOrder' }, 'bob');
    await at(32, 'b1', { type: 'CancelOrder', customerId: 'bob' }, 'bob');
    // Answered with a rejection before it was submitted.
    await at(33, 'gone', { type: 'DeclineOrder', reason: insufficient }, 'ann');
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  async function at(seconds: number, orderId: OrderId, command: OrderCommand, userId = 'staff'): Promise<void> {
    projected.now = time(seconds).getTime();
    await projected.execute(orderAggregate, orderAggregate.streamOf(orderId), command, userId);
  }

  function submit(seconds: number, orderId: OrderId, more: Partial<SubmitOrder> = {}): Promise<void> {
    const command: SubmitOrder = {
      type: 'SubmitOrder',
      orderId,
      customerId: 'ann',
      orderNumber: `ORD-${orderId}`,
      lines: [lamp],
      paymentMethod: 'atm',
      shipping: { freeFrom: 1000, fee: 60 },
      payWithinMs: null,
      ...more,
    };
    return at(seconds, orderId, command, command.customerId);
  }

  function time(seconds: number): Date {
    return new Date(start + seconds * 1000);
  }

  async function ids(filter: OrderFilter, paging: Paging = { limit: 50, page: 1 }): Promise<string[]> {
    return (await queries.page(filter, paging)).rows.map(({ orderId }) => orderId);
  }

  it('are found by their ids, as they are now, with their lines in the order in which they were submitted', async () => {
    const { holdId: _1, ...lampLine } = lamp;
    const { holdId: _2, ...deskLine } = desk;
    expect(await queries.find('o1')).toEqual({
      orderId: 'o1',
      customerId: 'ann',
      orderNumber: 'ORD-o1',
      subtotal: 1800,
      shipping: 0,
      discount: 0,
      total: 1800,
      status: 'shipped',
      paymentMethod: 'atm',
      trackingNumber: 'TW1',
      submittedAt: start,
      updatedAt: time(4).getTime(),
      lines: [lampLine, deskLine, { ...lampLine, quantity: 1 }],
    });
    expect(await queries.find('o5')).toMatchObject({ status: 'submitted', trackingNumber: null, lines: [deskLine] });
    for (const unknown of ['gone', 'o9', '']) expect(await queries.find(unknown)).toBeUndefined();
  });

  it('are listed by customer and status, the newest first, those of one moment by their ids', async () => {
    expect(await ids({})).toEqual(['b1', 'o5', 'o4', 'o3', 'o1']);
    expect(await ids({ customerId: 'ann' })).toEqual(['o5', 'o4', 'o3', 'o1']);
    expect(await ids({ customerId: 'ann', status: 'pending' })).toEqual(['o4', 'o3']);
    expect(await ids({ status: 'cancelled' })).toEqual(['b1']);
    expect(await ids({ customerId: 'ann', status: 'cancelled' })).toEqual([]);
  });

  it('have what was noted with them, and are found by its reference', async () => {
    expect(await queries.find('o3')).toMatchObject({ status: 'pending', labels });
    expect((await queries.find('o1'))?.labels).toBeUndefined();
    expect(await ids({ reference: 'cart-7' })).toEqual(['b1', 'o3']);
    expect(await ids({ reference: 'cart-7', customerId: 'ann' })).toEqual(['o3']);
    expect(await ids({ reference: 'cart-7', status: 'cancelled' })).toEqual(['b1']);
    expect(await queries.page({ reference: 'cart-8' }, { limit: 5, page: 1 })).toMatchObject({ rows: [], total: 0 });
  });

  it('that were rejected are listed only when they are asked for', async () => {
    expect(await ids({ status: 'rejected' })).toEqual(['o2']);
  });

  it('are listed by item, number and time of submission', async () => {
    expect(await ids({ itemId: 'desk' })).toEqual(['b1', 'o5', 'o1']);
    expect(await ids({ itemId: 'desk', customerId: 'ann' })).toEqual(['o5', 'o1']);
    expect(await ids({ itemId: 'none' })).toEqual([]);
    expect(await ids({ orderNumber: 'ORD-o3' })).toEqual(['o3']);
    expect(await ids({ orderNumber: 'ORD-o3', customerId: 'bob' })).toEqual([]);
    expect(await ids({ from: time(20) })).toEqual(['b1', 'o5', 'o4', 'o3']);
    expect(await ids({ from: time(20.001) })).toEqual(['b1']);
    expect(await ids({ to: time(20) })).toEqual(['o1']);
    expect(await ids({ from: time(20), to: time(30), itemId: 'lamp', status: 'pending' })).toEqual(['o4', 'o3']);
  });

  it('are read page by page, by number or from an order on, also in the middle of one moment', async () => {
    expect(await ids({}, { limit: 2, page: 2 })).toEqual(['o4', 'o3']);
    const first = await queries.page({}, { limit: 3, page: 1 });
    expect(first).toMatchObject({ hasMore: true, total: 5 });
    const [, second, third] = first.rows;
    expect(second && (await ids({}, { limit: 2, after: placeOfOrder(second) }))).toEqual(['o4', 'o3']);
    const rest = third && (await queries.page({}, { limit: 2, after: placeOfOrder(third) }));
    expect(rest).toMatchObject({ rows: [{ orderId: 'o3' }, { orderId: 'o1' }], hasMore: false, total: null });
    const pending = await queries.page({ customerId: 'ann', status: 'pending' }, { limit: 1, page: 2 });
    expect(pending).toMatchObject({ rows: [{ orderId: 'o3' }], hasMore: false, total: 2 });
  });

  it('have a history: what happened, when, and who did it', async () => {
    expect(await history.of('o1')).toEqual([
      { type: 'OrderSubmitted', status: 'submitted', at: time(0), actor: 'ann', details: {} },
      { type: 'OrderPlaced', status: 'pending', at: time(1), actor: 'ann', details: {} },
      { type: 'OrderPaid', status: 'pending', at: time(2), actor: 'staff', details: { reference: 'pay_1' } },
      { type: 'OrderProcessingStarted', status: 'processing', at: time(3), actor: 'staff', details: {} },
      { type: 'OrderShipped', status: 'shipped', at: time(4), actor: 'staff', details: { trackingNumber: 'TW1' } },
    ]);
    expect((await history.of('o2')).slice(1)).toEqual([
      { type: 'OrderRejected', status: 'rejected', at: time(11), actor: 'ann', details: insufficient },
    ]);
    expect((await history.of('b1')).slice(2)).toEqual([
      { type: 'OrderCancelled', status: 'cancelled', at: time(32), actor: 'bob', details: { reason: 'requested' } },
    ]);
    for (const unknown of ['gone', 'o9']) expect(await history.of(unknown)).toEqual([]);
  });

  it('that await something are unfinished from then on, the longest first', async () => {
    const awaiting = (seconds: number) => unfinished.list(time(seconds), time(0));
    expect(await awaiting(10.999)).toEqual([]);
    expect(await awaiting(11)).toEqual(['o2']);
    expect(await awaiting(20)).toEqual(['o2', 'o5']);
    expect(await awaiting(31.999)).toEqual(['o2', 'o5']);
    expect(await awaiting(32)).toEqual(['o2', 'o5', 'b1']);
  });

  it('whose payment is due are unfinished, if they are placed and neither paid nor ended', async () => {
    const due = (seconds: number) => unfinished.list(time(0), time(seconds));
    expect(await due(49.999)).toEqual([]);
    expect(await due(50)).toEqual(['o3']);
    expect(await due(1000)).toEqual(['o3', 'o4']);
    expect(await unfinished.list(time(1000), time(1000))).toEqual(['o2', 'o5', 'b1', 'o3', 'o4']);
  });
});

describe('unfinished orders', () => {
  it('are not there until the projector has built their table', async () => {
    const projected = await startProjected([{ projection: ordersProjection, inRedis: false }]);
    try {
      const unfinished = new UnfinishedOrders(projected.pool);
      await expect(unfinished.assertThere()).rejects.toThrow('orders');
      await projected.catchUp();
      await expect(unfinished.assertThere()).resolves.toBeUndefined();
    } finally {
      await projected.close();
    }
  });
});
