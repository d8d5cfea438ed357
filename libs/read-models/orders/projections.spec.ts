import { orderAggregate, type OrderEvent, type OrderLine } from '#domain';
import { orderOf, projectionOf } from '#dev/testing';
import { orderHistoryProjection, orderLinesProjection, ordersProjection } from '../index.ts';

const stream = orderAggregate.streamOf('o1');
const at = (ms: number) => new Date(ms).toISOString();
const facts = orderOf({ orderId: 'o1', payBy: 9000 });
const lamp: OrderLine = { itemId: 'lamp', name: 'Lamp', price: 300, quantity: 2, thumbnail: null, holdId: 'h1' };
const submitted: OrderEvent = { type: 'OrderSubmitted', ...facts, lines: [lamp, { ...lamp, itemId: 'desk' }] };
const placed: OrderEvent = { type: 'OrderPlaced', ...facts, status: 'pending', awaits: null, updatedAt: 1500 };
const paid: OrderEvent = { ...placed, type: 'OrderPaid', paidAt: 1600, reference: 'pay_1' };
const cancelled: OrderEvent = {
  type: 'OrderCancelled',
  ...facts,
  status: 'cancelled',
  awaits: 'release',
  reason: 'unpaid',
};
const settled: OrderEvent = { ...placed, type: 'OrderSettled', status: 'cancelled' };
const declined: OrderEvent = { type: 'OrderDeclined', reason: { code: 'NOT_PLACED_IN_TIME' } };

describe('the row of an order', () => {
  const { given } = projectionOf(ordersProjection, orderAggregate);

  it('has what the last event says', () => {
    const row = {
      order_id: 'o1',
      customer_id: 'ann',
      order_number: 'ORD-20260101-0001',
      subtotal: 600,
      shipping: 60,
      discount: 0,
      total: 660,
      status: 'submitted',
      payment_method: 'credit_card',
      tracking_number: null,
      submitted_at: at(1000),
      updated_at: at(1000),
      awaits: 'reservation',
      payment_due_at: null,
      reference: null,
      metadata: null,
    };
    given(stream, submitted).then([row]);
    const now = { ...row, status: 'pending', awaits: null, updated_at: at(1500), payment_due_at: at(9000) };
    given(stream, submitted, placed).then([now]);
    given(stream, submitted, placed, paid).then([{ ...now, payment_due_at: null }]);
  });

  it('has what was noted with the order', () => {
    const labels = { reference: 'cart-7', metadata: { channel: 'app' } };
    given(stream, { ...submitted, labels }, { ...paid, labels }).then([labels]);
    given(stream, { ...submitted, labels: { reference: 'cart-7' } }).then([{ reference: 'cart-7', metadata: null }]);
  });

  it('is due for payment only while it is pending or processing', () => {
    const processing: OrderEvent = { ...placed, type: 'OrderProcessingStarted', status: 'processing' };
    given(stream, submitted, placed, processing).then([{ payment_due_at: at(9000) }]);
    for (const [last, awaits] of [
      [cancelled, 'release'],
      [settled, null],
    ] as const) {
      given(stream, submitted, placed, last).then([{ status: 'cancelled', awaits, payment_due_at: null }]);
    }
  });

  it('is not there for an order that was declined', () => {
    given(stream, declined).then([]);
  });
});

describe('the rows of the lines of an order', () => {
  const { given } = projectionOf(orderLinesProjection, orderAggregate);

  it('are those that were submitted, whatever comes after', () => {
    const row = { order_id: 'o1', line: 1, item_id: 'lamp', name: 'Lamp', price: 300, quantity: 2, thumbnail: null };
    const wanted = [row, { ...row, line: 2, item_id: 'desk' }];
    given(stream, submitted).then(wanted);
    given(stream, submitted, placed, paid, cancelled, settled).then(wanted);
    given(stream, declined).then([]);
  });
});

describe('the rows of the history of an order', () => {
  const { given } = projectionOf(orderHistoryProjection, orderAggregate);

  it('are what a customer is told, each with who and when', () => {
    const row = { order_id: 'o1', at: at(2000), actor: 'ann', details: {} };
    given(stream, submitted, placed, paid, cancelled, settled).then([
      { ...row, type: 'OrderSubmitted', status: 'submitted' },
      { ...row, type: 'OrderPlaced', status: 'pending' },
      { ...row, type: 'OrderPaid', details: { reference: 'pay_1' } },
      { ...row, type: 'OrderCancelled', status: 'cancelled', details: { reason: 'unpaid' } },
    ]);
    given(stream, declined).then([]);
  });
});
