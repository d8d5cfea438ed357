import { orderAggregate, orderTotalMax, type OrderEvent, type OrderFacts, type SubmitOrder } from '#domain';
import { decisionsOf, orderOf } from '#dev/testing';

const { given } = decisionsOf({
  initial: orderAggregate.initial,
  evolve: orderAggregate.evolve,
  decide: orderAggregate.decide,
});
const at = 1000;
const later = 2000;
const lamp = { itemId: 'lamp', name: 'Lamp', price: 300, quantity: 2, thumbnail: null, holdId: null };
const submit: SubmitOrder = {
  type: 'SubmitOrder',
  orderId: 'ord_1',
  customerId: 'ann',
  orderNumber: 'ORD-20260101-0001',
  lines: [lamp],
  paymentMethod: 'credit_card',
  shipping: { freeFrom: 1000, fee: 60 },
  payWithinMs: null,
};
const facts = orderOf({ submittedAt: at, updatedAt: at });
const submitted: OrderEvent = { type: 'OrderSubmitted', ...facts, lines: [lamp] };
const placed: OrderEvent = { type: 'OrderPlaced', ...facts, status: 'pending', awaits: null };
const processing: OrderEvent = { type: 'OrderProcessingStarted', ...facts, status: 'processing', awaits: null };
const shippedFacts = { ...facts, status: 'shipped', trackingNumber: 'TW1', awaits: 'shipment' } as const;
const shipped: OrderEvent = { type: 'OrderShipped', ...shippedFacts };
const cancelledFacts = { ...facts, status: 'cancelled', awaits: 'release' } as const;
const cancelled: OrderEvent = { type: 'OrderCancelled', ...cancelledFacts, reason: 'requested' };
const reason = { code: 'INSUFFICIENT_STOCK', available: 1, requested: 2, itemId: 'lamp' } as const;
const rejectedFacts = { ...facts, status: 'rejected', awaits: 'release' } as const;
const rejected: OrderEvent = { type: 'OrderRejected', ...rejectedFacts, reason };

function sums(more: Partial<SubmitOrder>) {
  const [event] = given().when({ ...submit, ...more, at }).events;
  const { subtotal, shipping, total } = event as OrderFacts;
  return { subtotal, shipping, total };
}

describe('an order', () => {
  it('is submitted once, with what it costs', () => {
    given()
      .when({ ...submit, at })
      .then(submitted);
    given(submitted)
      .when({ ...submit, at: later })
      .thenNothing();
    given(submitted, placed)
      .when({ ...submit, at: later })
      .thenNothing();
  });

  it('has what the client noted in every event, and without it no such field', () => {
    const labels = { reference: 'cart-7', metadata: { channel: 'app' } };
    const [begun] = given().when({ ...submit, labels, at }).events as [OrderEvent];
    expect(begun).toEqual({ ...submitted, labels });
    expect(given(begun).when({ type: 'PlaceOrder', at }).events).toEqual([{ ...placed, labels }]);
    const paid = given(begun, { ...placed, labels }).when({ type: 'PayOrder', reference: 'pay_1', at }).events;
    expect(paid).toMatchObject([{ type: 'OrderPaid', reference: 'pay_1', labels }]);
    for (const [event] of [
      given().when({ ...submit, at }).events,
      given(submitted).when({ type: 'PlaceOrder', at }).events,
    ]) {
      expect(Object.keys(event as object)).not.toContain('labels');
    }
  });

  it('ships free from an amount on, and costs nothing to ship if it does not ship', () => {
    expect(sums({ lines: [{ ...lamp, price: 499 }] })).toEqual({ subtotal: 998, shipping: 60, total: 1058 });
    expect(sums({ lines: [{ ...lamp, price: 500 }] })).toEqual({ subtotal: 1000, shipping: 0, total: 1000 });
    expect(sums({ shipping: null })).toEqual({ subtotal: 600, shipping: 0, total: 600 });
  });

  it('cannot cost more than a number can hold', () => {
    const rates = { freeFrom: orderTotalMax + 1, fee: 1 };
    const most = { ...lamp, price: orderTotalMax, quantity: 1 };
    const tooMuch = { code: 'ORDER_TOTAL_TOO_LARGE', totalMax: orderTotalMax } as const;
    expect(sums({ lines: [most] }).total).toBe(orderTotalMax);
    given()
      .when({ ...submit, lines: [most], shipping: rates, at })
      .rejected(tooMuch);
    given()
      .when({ ...submit, lines: [most, lamp], at })
      .rejected(tooMuch);
  });

  it('has time to be paid for, if it is not paid on delivery', () => {
    const payBy = (paymentMethod: SubmitOrder['paymentMethod']) =>
      given()
        .when({ ...submit, paymentMethod, payWithinMs: 500, at })
        .events.map((event) => (event as OrderFacts).payBy);
    expect([payBy('credit_card'), payBy('atm'), payBy('cod'), payBy(null)].flat()).toEqual([1500, 1500, null, null]);
  });

  it('that was declined is never submitted, and one that was submitted is never declined', () => {
    const declined: OrderEvent = { type: 'OrderDeclined', reason };
    given().when({ type: 'DeclineOrder', reason, at }).then(declined);
    given(declined)
      .when({ type: 'DeclineOrder', reason: { code: 'NOT_PLACED_IN_TIME' }, at })
      .thenNothing();
    given(declined)
      .when({ ...submit, at })
      .rejected(reason);
    given(submitted).when({ type: 'DeclineOrder', reason, at }).thenNothing();
    for (const type of ['PlaceOrder', 'ProcessOrder', 'SettleOrder'] as const) {
      given(declined).when({ type, at }).rejected({ code: 'ORDER_NOT_FOUND' });
      given().when({ type, at }).rejected({ code: 'ORDER_NOT_FOUND' });
    }
  });

  it('is either placed or rejected, by whoever says so first', () => {
    given(submitted)
      .when({ type: 'PlaceOrder', at: later })
      .then({ ...placed, updatedAt: later });
    given(submitted)
      .when({ type: 'RejectOrder', reason, at: later })
      .then({ ...rejected, updatedAt: later });
    given(submitted, placed).when({ type: 'RejectOrder', reason, at: later }).thenNothing();
    given(submitted, rejected).when({ type: 'PlaceOrder', at: later }).thenNothing();
    given(submitted, rejected)
      .when({ type: 'RejectOrder', reason: { code: 'NOT_PLACED_IN_TIME' }, at })
      .thenNothing();
  });

  it('goes from pending to processing, shipped and completed, one step after the other', () => {
    given(submitted, placed)
      .when({ type: 'ProcessOrder', at: later })
      .then({ ...processing, updatedAt: later });
    given(submitted, placed, processing)
      .when({ type: 'ShipOrder', trackingNumber: 'TW1', at: later })
      .then({ ...shipped, updatedAt: later });
    given(submitted, placed, processing, shipped)
      .when({ type: 'CompleteOrder', at: later })
      .then({ type: 'OrderCompleted', ...shippedFacts, status: 'completed', updatedAt: later });
  });

  it('takes no other step', () => {
    const completed: OrderEvent = { type: 'OrderCompleted', ...shippedFacts, status: 'completed' };
    const ways = [
      { events: [submitted], from: 'submitted', allowed: [] },
      { events: [submitted, placed], from: 'pending', allowed: ['processing', 'cancelled'] },
      { events: [submitted, placed, processing], from: 'processing', allowed: ['shipped', 'cancelled'] },
      { events: [submitted, placed, processing, shipped], from: 'shipped', allowed: ['completed'] },
      { events: [submitted, placed, processing, shipped, completed], from: 'completed', allowed: [] },
      { events: [submitted, placed, cancelled], from: 'cancelled', allowed: [] },
      { events: [submitted, rejected], from: 'rejected', allowed: [] },
    ] as const;
    const steps = [
      ['processing', { type: 'ProcessOrder' }],
      ['shipped', { type: 'ShipOrder', trackingNumber: 'TW1' }],
      ['completed', { type: 'CompleteOrder' }],
      ['cancelled', { type: 'CancelOrder', customerId: 'ann' }],
    ] as const;
    for (const { events, from, allowed } of ways) {
      for (const [to, command] of steps) {
        if ((allowed as readonly string[]).includes(to)) continue;
        given(...events)
          .when({ ...command, at: later })
          .rejected({ code: 'ORDER_STATE', from, to });
      }
    }
  });

  it('that does not ship is completed from processing, and its units are taken then', () => {
    const unshipped = { ...facts, paymentMethod: null, ships: false, shipping: 0, total: 600 } as const;
    const events: OrderEvent[] = [
      { type: 'OrderSubmitted', ...unshipped, lines: [lamp] },
      { type: 'OrderPlaced', ...unshipped, status: 'pending', awaits: null },
      { type: 'OrderProcessingStarted', ...unshipped, status: 'processing', awaits: null },
    ];
    given(...events)
      .when({ type: 'ShipOrder', trackingNumber: 'TW1', at: later })
      .rejected({ code: 'ORDER_STATE', from: 'processing', to: 'shipped' });
    given(...events)
      .when({ type: 'CompleteOrder', at: later })
      .then({ type: 'OrderCompleted', ...unshipped, status: 'completed', awaits: 'shipment', updatedAt: later });
  });

  it('that is completed before its stocks have answered the shipment still awaits them', () => {
    const completed = { type: 'OrderCompleted', ...shippedFacts, status: 'completed', updatedAt: later } as const;
    const settled: OrderEvent = { type: 'OrderSettled', ...shippedFacts, awaits: null };
    given(submitted, placed, processing, shipped).when({ type: 'CompleteOrder', at: later }).then(completed);
    given(submitted, placed, processing, shipped, settled)
      .when({ type: 'CompleteOrder', at: later })
      .then({ ...completed, awaits: null });
  });

  it('is cancelled by its customer or by staff, and by nobody else', () => {
    const cancel = { type: 'CancelOrder', customerId: 'ann', at: later } as const;
    given(submitted, placed)
      .when(cancel)
      .then({ ...cancelled, updatedAt: later });
    given(submitted, placed, processing)
      .when({ ...cancel, customerId: null })
      .then({ ...cancelled, updatedAt: later });
    given(submitted, placed)
      .when({ ...cancel, customerId: 'bob' })
      .rejected({ code: 'ORDER_NOT_FOUND' });
  });

  it('is settled once, when something was to be done by its stocks', () => {
    const settle = { type: 'SettleOrder', at: later } as const;
    given(submitted, placed, cancelled)
      .when(settle)
      .then({ type: 'OrderSettled', ...cancelledFacts, awaits: null });
    given(submitted, rejected)
      .when(settle)
      .then({ type: 'OrderSettled', ...rejectedFacts, awaits: null });
    given(submitted, placed, cancelled, { type: 'OrderSettled', ...cancelledFacts, awaits: null })
      .when(settle)
      .thenNothing();
    given(submitted).when(settle).thenNothing();
    given(submitted, placed).when(settle).thenNothing();
  });
});

describe('the payment of an order', () => {
  const payBy = 5000;
  const dueFacts = { ...facts, payBy };
  const due: OrderEvent[] = [
    { type: 'OrderSubmitted', ...dueFacts, lines: [lamp] },
    { type: 'OrderPlaced', ...dueFacts, status: 'pending', awaits: null },
  ];
  const paidFacts = { ...dueFacts, status: 'pending', awaits: null, paidAt: later, updatedAt: later } as const;
  const paid: OrderEvent = { type: 'OrderPaid', ...paidFacts, reference: 'p1' };
  const pay = { type: 'PayOrder', reference: 'p1', at: later } as const;

  it('is noted once, however often it is sent, and no other one after it', () => {
    given(...due)
      .when(pay)
      .then(paid);
    given(...due, paid)
      .when(pay)
      .thenNothing();
    given(...due, paid)
      .when({ ...pay, reference: 'p2' })
      .rejected({ code: 'ORDER_PAID', reference: 'p1' });
    const moved: OrderEvent = { type: 'OrderProcessingStarted', ...paidFacts, status: 'processing' };
    given(...due, paid, moved)
      .when(pay)
      .thenNothing();
  });

  it('is rejected when there is no order to be paid for', () => {
    const to = 'paid';
    given(submitted).when(pay).rejected({ code: 'ORDER_STATE', from: 'submitted', to });
    given(submitted, rejected).when(pay).rejected({ code: 'ORDER_STATE', from: 'rejected', to });
    given(submitted, placed, cancelled).when(pay).rejected({ code: 'ORDER_STATE', from: 'cancelled', to });
    given(submitted, placed, processing, shipped)
      .when(pay)
      .then({ type: 'OrderPaid', ...shippedFacts, paidAt: later, updatedAt: later, reference: 'p1' });
  });

  it('that does not come in time cancels the order, then and not before, and never when it came', () => {
    const unpaid = { ...dueFacts, status: 'cancelled', awaits: 'release', updatedAt: payBy } as const;
    given(...due)
      .when({ type: 'CancelUnpaidOrder', at: payBy - 1 })
      .thenNothing();
    given(...due)
      .when({ type: 'CancelUnpaidOrder', at: payBy })
      .then({ type: 'OrderCancelled', ...unpaid, reason: 'unpaid' });
    given(...due, paid)
      .when({ type: 'CancelUnpaidOrder', at: payBy })
      .thenNothing();
    const ended: OrderEvent = { type: 'OrderCancelled', ...unpaid, reason: 'unpaid' };
    given(...due, ended)
      .when({ type: 'CancelUnpaidOrder', at: payBy })
      .thenNothing();
    given(submitted, placed).when({ type: 'CancelUnpaidOrder', at: payBy }).thenNothing();
    const gone: OrderEvent = { type: 'OrderShipped', ...shippedFacts, payBy };
    given(...due, gone)
      .when({ type: 'CancelUnpaidOrder', at: payBy })
      .thenNothing();
  });
});
