import { stockAggregate, unitsMax, type StockEvent } from '#domain';
import { balanceOf, decisionsOf, lendOf, provided } from '#dev/testing';

const { given } = decisionsOf({
  initial: stockAggregate.initial,
  evolve: stockAggregate.evolve,
  decide: stockAggregate.decide,
});
const at = 2000;
const transfer = { transferId: 1, requestedAt: 1000 };
const to = { ...transfer, toInventoryId: 2 };
const from = { ...transfer, fromInventoryId: 1 };
const send = { type: 'SendUnits', ...to, quantity: 3, at } as const;
const receive = { type: 'ReceiveUnits', ...from, quantity: 3, at } as const;
const tooMany = { code: 'TOO_MANY_UNITS', unitsMax } as const;
const cancel = { type: 'CancelSending', ...to, quantity: 3, reason: tooMany, isInStream: false, at } as const;
const sent: StockEvent = { type: 'UnitsSent', ...to, quantity: 3, balance: balanceOf({ total: 2 }) };
const notSent: StockEvent = {
  type: 'SendingRejected',
  ...to,
  reason: { code: 'INSUFFICIENT_STOCK', available: 2, requested: 3 },
  balance: balanceOf({ total: 2 }),
};
const cancelled: StockEvent = {
  type: 'SendingCancelled',
  ...to,
  quantity: 3,
  reason: tooMany,
  balance: balanceOf({ total: 5 }),
};
const received: StockEvent = { type: 'UnitsReceived', ...from, quantity: 3, balance: balanceOf({ total: 3 }) };

describe('a stock that is to send units', () => {
  it('sends them once, and has fewer', () => {
    given(provided(5)).when(send).then(sent);
    given(provided(5), sent).when(send).thenNothing();
  });

  it('sends all that is available, and nothing of what is promised', () => {
    const lent: StockEvent = {
      type: 'UnitsLent',
      ...lendOf({ quantity: 2 }),
      balance: balanceOf({ total: 5, lent: 2 }),
    };
    given(provided(5), lent)
      .when(send)
      .then({ ...sent, balance: balanceOf({ total: 2, lent: 2 }) });
    given(provided(5), lent)
      .when({ ...send, quantity: 4 })
      .then({
        ...notSent,
        reason: { code: 'INSUFFICIENT_STOCK', available: 3, requested: 4 },
        balance: balanceOf({ total: 5, lent: 2 }),
      });
  });

  it('says for good that it has too few: units that come later are not sent', () => {
    given(provided(2)).when(send).then(notSent);
    given(provided(2), notSent, provided(9)).when(send).thenNothing();
  });

  it('says so of an item that it never had', () => {
    given()
      .when(send)
      .then({ type: 'SendingRejected', ...to, reason: { code: 'NOT_IN_INVENTORY' }, balance: balanceOf({}) });
    const gone: StockEvent = { type: 'StockAdjusted', delta: -5, reason: 'broken', balance: balanceOf({}) };
    given(provided(5), gone)
      .when(send)
      .then({ ...notSent, reason: { code: 'INSUFFICIENT_STOCK', available: 0, requested: 3 }, balance: balanceOf({}) });
  });

  it('sends also when it is discontinued: units that are moved are not sold', () => {
    const discontinued: StockEvent = { type: 'StockDiscontinued', balance: balanceOf({ total: 5 }) };
    given(provided(5), discontinued).when(send).then(sent);
  });

  it('takes back what it has sent, once', () => {
    given(provided(5), sent).when(cancel).then(cancelled);
    given(provided(5), sent, cancelled).when(cancel).thenNothing();
    given(provided(5), sent, cancelled)
      .when({ ...cancel, isInStream: true })
      .thenNothing();
    given(provided(5), sent, cancelled).when(send).thenNothing();
  });

  it('takes nothing back that it has not sent', () => {
    for (const isInStream of [false, true]) {
      given(provided(5))
        .when({ ...cancel, isInStream })
        .thenNothing();
      given(provided(2), notSent)
        .when({ ...cancel, isInStream })
        .thenNothing();
    }
  });

  it('tells transfers apart, also those of the same time', () => {
    const other = { ...send, transferId: 2, quantity: 2 };
    expect(given(provided(5), sent).when(other).events).toMatchObject([{ type: 'UnitsSent', quantity: 2 }]);
    given(provided(5), sent)
      .when({ ...cancel, transferId: 2 })
      .thenNothing();
  });
});

describe('a stock that is to receive units', () => {
  it('receives them once, also if it is the first that it has', () => {
    given().when(receive).then(received);
    given(received).when(receive).thenNothing();
    given(received)
      .when({ type: 'Lend', ...lendOf(), at })
      .then({ type: 'UnitsLent', ...lendOf(), balance: balanceOf({ total: 3, lent: 3 }) });
  });

  it('receives as many as it can count, and says for good that there are too many', () => {
    given(provided(unitsMax - 3))
      .when(receive)
      .then({ ...received, balance: balanceOf({ total: unitsMax }) });
    const balance = balanceOf({ total: unitsMax - 2 });
    const notReceived: StockEvent = { type: 'ReceiptRejected', ...from, reason: tooMany, balance };
    given(provided(unitsMax - 2))
      .when(receive)
      .then(notReceived);
    given(provided(unitsMax - 2), notReceived, provided(1))
      .when(receive)
      .thenNothing();
  });
});

describe('a stock that many transfers have left', () => {
  const transfersMax = 10_000;
  const balance = balanceOf({ total: 5 });
  const of = (n: number) => ({ transferId: n, requestedAt: n });
  const marks = Array.from({ length: transfersMax + 1 }, (_, n): StockEvent => ({ ...notSent, ...of(n), balance }));
  const [first, ...later] = marks as [StockEvent, ...StockEvent[]];

  it('remembers the last ones', () => {
    const remembered = given(provided(5), first, ...later.slice(1));
    remembered.when({ ...send, ...of(0) }).thenNothing();
    expect(remembered.when({ ...send, transferId: 99_999, requestedAt: 0 }).events).toHaveLength(1);
  });

  it('forgets the one that was requested first, and answers none that it may have forgotten', () => {
    const forgetful = given(provided(5), ...later, first);
    for (const known of [of(0), { transferId: 99_999, requestedAt: 0 }, of(1)]) {
      forgetful.when({ ...send, ...known }).thenNothing();
      forgetful.when({ ...receive, ...known }).thenNothing();
      forgetful.when({ ...cancel, ...known }).thenNothing();
    }
    expect(forgetful.when({ ...send, transferId: 99_999, requestedAt: 1 }).events).toHaveLength(1);
  });

  it('takes back what it has sent and forgotten, if that is in its stream', () => {
    const events = given(provided(5), ...later, first).when({ ...cancel, ...of(0), isInStream: true }).events;
    expect(events).toMatchObject([{ type: 'SendingCancelled', quantity: 3, balance: balanceOf({ total: 8 }) }]);
  });
});
