import { advance, begin, claimsOf, itemStock, nextTasks, notPlacedBecause, placeWithinMs } from '#domain';
import { orderOf } from '#dev/testing';
import type { KnownOrder, OrderLine, OrderProgressEvent, OrderTask, StockRejection } from '#domain';

const at = 1000;
const cancelAt = 9000;
const line: OrderLine = { itemId: 'a', name: 'A', price: 1, quantity: 2, thumbnail: null, holdId: null };
const lines = [{ ...line, itemId: 'b' }, line, { ...line, itemId: 'b', quantity: 3 }];
const order: KnownOrder = { ...orderOf({ submittedAt: at }), lines, reason: null, payment: null };
const insufficient: StockRejection = { code: 'INSUFFICIENT_STOCK', available: 1, requested: 2 };

/** given(events).when(event).then(tasks) */
function given(known: KnownOrder, ...before: readonly OrderProgressEvent[]) {
  const progress = before.reduce(advance, begin(known));
  return {
    when: (event: OrderProgressEvent, time = at) => {
      const tasks = nextTasks({ ...event, at: time }, advance(progress, event));
      return {
        // oxlint-disable-next-line unicorn/no-thenable -- given, when, then; nobody awaits it
        then: (...wanted: readonly OrderTask[]): void => expect(tasks).toEqual(wanted),
        thenNothing: (): void => expect(tasks).toEqual([]),
      };
    },
  };
}

const read = (known: KnownOrder): OrderProgressEvent => ({ type: 'OrderRead', order: known });
const answered = (itemId: string): OrderProgressEvent => ({ type: 'StockAnswered', itemId });
const reserve = (itemId: string, quantity: number): OrderTask => {
  const { orderId, customerId, submittedAt } = order;
  const command = { type: 'ReserveForOrder', orderId, customerId, submittedAt, quantity, holds: [] } as const;
  return { to: 'stock', itemId, stock: itemStock(itemId), command };
};
const tell = (itemId: string, type: 'ReleaseOrder' | 'ShipOrder'): OrderTask => {
  const { orderId, submittedAt } = order;
  return { to: 'stock', itemId, stock: itemStock(itemId), command: { type, orderId, submittedAt } };
};

describe('what is done for an order that is submitted', () => {
  it('is to reserve its lines, those of one item together, one stock after the other in the order of their names', () => {
    given(order).when(read(order)).then(reserve('a', 2));
    given(order, read(order)).when(answered('a')).then(reserve('b', 5));
    given(order, read(order), answered('a'))
      .when(answered('b'))
      .then({ to: 'order', command: { type: 'PlaceOrder' } });
  });

  it('is to reject it when a stock rejects its line, and to ask no further stock', () => {
    const reason = { ...insufficient, itemId: 'a' };
    given(order, read(order))
      .when({ type: 'StockAnswered', itemId: 'a', rejection: insufficient })
      .then({ to: 'order', command: { type: 'RejectOrder', reason } });
  });

  it('is to reject it when it could not be placed for too long', () => {
    const late = { to: 'order', command: { type: 'RejectOrder', reason: { code: 'NOT_PLACED_IN_TIME' } } } as const;
    given(order)
      .when(read(order), at + placeWithinMs)
      .then(reserve('a', 2));
    given(order)
      .when(read(order), at + placeWithinMs + 1)
      .then(late);
    given(order, read(order))
      .when(answered('a'), at + placeWithinMs + 1)
      .then(late);
  });

  it('is to take what is held for the customer last, since nobody else can take it', () => {
    const held = { ...line, holdId: 'h1', quantity: 1 };
    const claims = claimsOf({
      lines: [held, { ...line, itemId: 'b' }, { ...held, itemId: 'c' }, { ...line, itemId: 'c' }],
    });
    expect(claims).toEqual([
      { itemId: 'b', quantity: 2, holds: [] },
      { itemId: 'c', quantity: 3, holds: [{ holdId: 'h1', quantity: 1 }] },
      { itemId: 'a', quantity: 1, holds: [{ holdId: 'h1', quantity: 1 }] },
    ]);
    const twice = claimsOf({ lines: [held, { ...held, quantity: 2 }] });
    expect(twice).toEqual([{ itemId: 'a', quantity: 3, holds: [{ holdId: 'h1', quantity: 3 }] }]);
  });
});

describe.each([
  ['release', 'ReleaseOrder', 'rejected'],
  ['release', 'ReleaseOrder', 'cancelled'],
  ['shipment', 'ShipOrder', 'shipped'],
  ['shipment', 'ShipOrder', 'completed'],
] as const)('what is done for an order that awaits the %s', (awaits, type, status) => {
  const waiting: KnownOrder = { ...order, status, awaits };

  it(`is to send ${type} to all of its stocks, and to settle it when all have answered: ${status}`, () => {
    given(waiting).when(read(waiting)).then(tell('a', type), tell('b', type));
    given(waiting, read(waiting)).when(answered('b')).thenNothing();
    given(waiting, read(waiting), answered('b'))
      .when(answered('a'))
      .then({ to: 'order', command: { type: 'SettleOrder' } });
  });
});

describe('what is done for an order that awaits nothing of its stocks', () => {
  const placed: KnownOrder = { ...order, status: 'pending', awaits: null };
  const cancel: OrderTask = { to: 'order', command: { type: 'CancelUnpaidOrder' } };

  it('is nothing', () => {
    given(placed)
      .when(read(placed), cancelAt * 1000)
      .thenNothing();
  });

  it('is to cancel it when its payment is due, not earlier, and not once it is paid or gone', () => {
    const due: KnownOrder = { ...placed, payBy: cancelAt };
    given(due)
      .when(read(due), cancelAt - 1)
      .thenNothing();
    given(due).when(read(due), cancelAt).then(cancel);
    const processing: KnownOrder = { ...due, status: 'processing' };
    given(processing).when(read(processing), cancelAt).then(cancel);
    for (const over of [{ paidAt: at }, { status: 'shipped' }, { status: 'cancelled' }] as const) {
      const ended: KnownOrder = { ...due, ...over };
      given(ended).when(read(ended), cancelAt).thenNothing();
    }
  });
});

describe('the reason why an order is not placed', () => {
  it('is what its stock says, in the words of an order', () => {
    expect(notPlacedBecause('a', insufficient)).toEqual({ ...insufficient, itemId: 'a' });
    expect(notPlacedBecause('a', { code: 'DISCONTINUED' })).toEqual({ code: 'ITEM_UNKNOWN', itemId: 'a' });
    for (const code of ['ORDER_RELEASED', 'ORDER_TOO_OLD'] as const) {
      expect(notPlacedBecause('a', { code, orderId: 'ord_1' })).toEqual({ code: 'NOT_PLACED_IN_TIME' });
    }
  });
});
