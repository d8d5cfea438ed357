import { lendIn, stockAggregate, type LendFacts, type StockEvent } from '#domain';
import { balanceOf, decisionsOf, holdOf, lendOf, provided, unlimited } from '#dev/testing';

const { given } = decisionsOf({
  initial: stockAggregate.initial,
  evolve: stockAggregate.evolve,
  decide: stockAggregate.decide,
});
const at = 2000;

const lend = { type: 'Lend', lendId: 7, borrowerId: 'ann', quantity: 3, dueAt: null, at } as const;
const giveBack = { type: 'Return', lendId: 7, borrowerId: 'ann', condition: 'ok', note: null, at } as const;
const renew = { type: 'RenewLend', lendId: 7, borrowerId: 'ann', dueAt: 9000, renewalsMax: 2, at } as const;

function lent(facts: Partial<LendFacts> = {}, balance = balanceOf({ total: 5, lent: 3 })): StockEvent {
  return { type: 'UnitsLent', ...lendOf(facts), balance };
}

const back = { partQuantity: 3, condition: 'ok', note: null } as const;
const returned: StockEvent = {
  type: 'UnitsReturned',
  ...lendOf({ returnedQuantity: 3 }),
  ...back,
  balance: balanceOf({ total: 5 }),
};
const held: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: 5, held: 2 }) };

describe('a lend', () => {
  it('takes units away until they are returned', () => {
    given(provided(5)).when(lend).then(lent());
    given(provided(5), lent()).when(giveBack).then(returned);
  });

  it('needs units that are there', () => {
    given(provided(5))
      .when({ ...lend, quantity: 10 })
      .rejected({ code: 'INSUFFICIENT_STOCK', available: 5, requested: 10 });
  });

  it('of what an inventory has never had is rejected in another way than of what has run out', () => {
    given().when(lend).rejected({ code: 'NOT_IN_INVENTORY' });
    const limits: StockEvent = {
      type: 'SaleTermsSet',
      ...unlimited,
      openHoldsMax: 1,
      heldUnitsMax: 1,
      balance: balanceOf({}),
    };
    given(limits).when(lend).rejected({ code: 'NOT_IN_INVENTORY' });
    const gone: StockEvent = { type: 'StockAdjusted', delta: -5, reason: 'sold off', balance: balanceOf({}) };
    given(provided(5), gone).when(lend).rejected({ code: 'INSUFFICIENT_STOCK', available: 0, requested: 3 });
  });

  it('is returned once', () => {
    given(provided(5), lent(), returned).when(giveBack).rejected({ code: 'ALREADY_RETURNED', lendId: 7 });
    given(provided(5))
      .when({ ...giveBack, lendId: 8 })
      .rejected({ code: 'LEND_NOT_FOUND', lendId: 8 });
  });

  it('that is repeated records nothing, whether it is open or was returned', () => {
    given(provided(5), lent()).when(lend).thenNothing();
    given(provided(5), lent(), returned).when(lend).thenNothing();
  });

  it('of another borrower is as one that never was, before and after it was returned', () => {
    const bobs = { ...giveBack, borrowerId: 'bob' };
    given(provided(5), lent()).when(bobs).rejected({ code: 'LEND_NOT_FOUND', lendId: 7 });
    given(provided(5), lent(), returned).when(bobs).rejected({ code: 'LEND_NOT_FOUND', lendId: 7 });
    given(provided(5), lent())
      .when({ ...renew, borrowerId: 'bob' })
      .rejected({ code: 'LEND_NOT_FOUND', lendId: 7 });
  });

  it('of anybody is returned at the desk', () => {
    given(provided(5), lent())
      .when({ ...giveBack, borrowerId: null })
      .then(returned);
  });
});

describe('a lend for which a place is reserved', () => {
  it('is recorded while it is reserved, and not later', () => {
    given(provided(5))
      .when({ ...lend, recordBy: at })
      .then(lent());
    given(provided(5))
      .when({ ...lend, recordBy: at - 1 })
      .rejected({ code: 'NOT_RECORDED_IN_TIME' }, at);
    given(provided(5), held)
      .when({ type: 'LendHeld', lendId: 7, holdId: 'h1', customerId: 'ann', dueAt: null, recordBy: at - 1, at })
      .rejected({ code: 'NOT_RECORDED_IN_TIME' }, at);
  });

  it('is answered later too, when it was recorded in time', () => {
    given(provided(5), lent())
      .when({ ...lend, recordBy: at - 1 })
      .thenNothing();
  });

  it('is found as long as it is open, and known to be back for a while', () => {
    const stock = [provided(5), lent()].reduce(stockAggregate.evolve, stockAggregate.initial);
    expect(lendIn(stock, 7)).toEqual(lendOf());
    expect(lendIn(stock, 8)).toBeUndefined();
    expect(lendIn(stockAggregate.evolve(stock, returned), 7)).toBe('returned');
  });
});

describe('a return in parts', () => {
  const first: StockEvent = {
    type: 'UnitsReturned',
    ...lendOf({ returnedQuantity: 1 }),
    partQuantity: 1,
    condition: 'ok',
    note: null,
    balance: balanceOf({ total: 5, lent: 2 }),
  };

  it('leaves the lend open until all is back', () => {
    given(provided(5), lent())
      .when({ ...giveBack, quantity: 1 })
      .then(first);
    given(provided(5), lent(), first)
      .when(giveBack)
      .then({
        type: 'UnitsReturned',
        ...lendOf({ returnedQuantity: 3 }),
        ...back,
        partQuantity: 2,
        balance: balanceOf({ total: 5 }),
      });
  });

  it('is never of more than is still lent', () => {
    given(provided(5), lent(), first)
      .when({ ...giveBack, quantity: 3 })
      .rejected({ code: 'MORE_THAN_LENT', outstanding: 2, requested: 3 });
    expect(given(provided(5), lent(), first).when({ ...giveBack, quantity: 2 }).events).toHaveLength(1);
  });

  it.each(['damaged', 'lost'] as const)('of units that are %s takes them out of the stock', (condition) => {
    given(provided(5), lent())
      .when({ ...giveBack, quantity: 1, condition, note: 'in the rain' })
      .then({
        type: 'UnitsReturned',
        ...lendOf({ returnedQuantity: 1 }),
        partQuantity: 1,
        condition,
        note: 'in the rain',
        balance: balanceOf({ total: 4, lent: 2 }),
      });
  });
});

describe('a hold that becomes a lend', () => {
  const lendHeld = { type: 'LendHeld', lendId: 7, holdId: 'h1', customerId: 'ann', dueAt: 9000, at } as const;
  const heldLent: StockEvent = {
    type: 'HoldLent',
    ...holdOf(),
    ...lendOf({ quantity: 2, dueAt: 9000 }),
    balance: balanceOf({ total: 5, lent: 2 }),
  };

  it('is a lend of its units to its customer, and ended, in one event', () => {
    given(provided(5), held).when(lendHeld).then(heldLent);
    given(provided(5), held)
      .when({ ...lendHeld, customerId: null })
      .then(heldLent);
    given(provided(5), held, heldLent)
      .when({ type: 'CancelHold', holdId: 'h1', customerId: 'ann', at })
      .rejected({ code: 'HOLD_CONFIRMED', holdId: 'h1' });
    given(provided(5), held, heldLent).when(lendHeld).thenNothing();
  });

  it('must be open, and the caller’s own', () => {
    given(provided(5), held)
      .when({ ...lendHeld, customerId: 'bob' })
      .rejected({ code: 'HOLD_NOT_FOUND', holdId: 'h1' });
    given(provided(5), held)
      .when({ ...lendHeld, at: 6000 })
      .rejected({ code: 'HOLD_EXPIRED', holdId: 'h1' });
    given(provided(5), held, heldLent)
      .when({ ...lendHeld, lendId: 8 })
      .rejected({ code: 'HOLD_CONFIRMED', holdId: 'h1' });
  });
});

describe('a renewal', () => {
  const dueSoon = lent({ dueAt: 3000 });
  const renewed: StockEvent = {
    type: 'LendRenewed',
    ...lendOf({ dueAt: 9000, renewals: 1 }),
    balance: balanceOf({ total: 5, lent: 3 }),
  };

  it('gives the lend another due time', () => {
    given(provided(5), dueSoon).when(renew).then(renewed);
  });

  it('that may only be answered if it was recorded before is not recorded', () => {
    given(provided(5), dueSoon)
      .when({ ...renew, recordBy: -1 })
      .rejected({ code: 'NOT_RECORDED_IN_TIME' }, 0);
  });

  it('is allowed as often as the inventory says', () => {
    expect(given(provided(5), dueSoon, renewed).when(renew).events).toHaveLength(1);
    given(provided(5), dueSoon, renewed)
      .when({ ...renew, renewalsMax: 1 })
      .rejected({ code: 'RENEWED_TOO_OFTEN', renewalsMax: 1 });
  });

  it('is rejected when nothing is left and somebody else holds a unit', () => {
    const holding = { type: 'UnitsHeld', ...holdOf({ customerId: 'bob' }) } as const;
    const bobHolds: StockEvent = { ...holding, balance: balanceOf({ total: 5, lent: 3, held: 2 }) };
    const annHolds: StockEvent = { ...bobHolds, customerId: 'ann' };
    given(provided(5), dueSoon, bobHolds).when(renew).rejected({ code: 'LEND_AWAITED', lendId: 7 });
    expect(given(provided(5), dueSoon, annHolds).when(renew).events).toHaveLength(1);
    const oneLeft: StockEvent = { ...bobHolds, quantity: 1, balance: balanceOf({ total: 5, lent: 3, held: 1 }) };
    expect(given(provided(5), dueSoon, oneLeft).when(renew).events).toHaveLength(1);
  });

  it('of an overdue lend makes it one that is due later', () => {
    const overdue: StockEvent = {
      type: 'LendOverdue',
      ...lendOf({ dueAt: 3000, overdue: true }),
      balance: balanceOf({ total: 5, lent: 3 }),
    };
    given(provided(5), dueSoon, overdue)
      .when({ ...renew, at: 4000 })
      .then(renewed);
    expect(given(provided(5), dueSoon, overdue, renewed).when({ type: 'MarkOverdue', at: 9000 }).events).toMatchObject([
      { type: 'LendOverdue', dueAt: 9000 },
    ]);
  });
});

describe('what is overdue', () => {
  const lends = [
    lent({ lendId: 1, quantity: 1, dueAt: 4000 }, balanceOf({ total: 5, lent: 1 })),
    lent({ lendId: 2, quantity: 1, dueAt: 3000 }, balanceOf({ total: 5, lent: 2 })),
    lent({ lendId: 3, quantity: 1 }, balanceOf({ total: 5, lent: 3 })),
  ];
  const balance = balanceOf({ total: 5, lent: 3 });
  const overdue = (facts: Partial<LendFacts>): StockEvent => {
    return { type: 'LendOverdue', ...lendOf({ quantity: 1, overdue: true, ...facts }), balance };
  };

  it('is recorded once, at the millisecond that it is due', () => {
    given(provided(5), ...lends)
      .when({ type: 'MarkOverdue', at: 2999 })
      .thenNothing();
    given(provided(5), ...lends)
      .when({ type: 'MarkOverdue', at: 3000 })
      .then(overdue({ lendId: 2, dueAt: 3000 }));
    given(provided(5), ...lends, overdue({ lendId: 2, dueAt: 3000 }))
      .when({ type: 'MarkOverdue', at: 3000 })
      .thenNothing();
  });

  it('is recorded longest due first', () => {
    given(provided(5), ...lends)
      .when({ type: 'MarkOverdue', at: 9000 })
      .then(overdue({ lendId: 2, dueAt: 3000 }), overdue({ lendId: 1, dueAt: 4000 }));
  });

  it('is not what is back', () => {
    const all = { returnedQuantity: 1, partQuantity: 1, condition: 'ok', note: null } as const;
    const lessLent = balanceOf({ total: 5, lent: 2 });
    const isBack: StockEvent = {
      type: 'UnitsReturned',
      ...lendOf({ lendId: 2, quantity: 1, dueAt: 3000 }),
      ...all,
      balance: lessLent,
    };
    given(provided(5), ...lends, isBack)
      .when({ type: 'MarkOverdue', at: 3000 })
      .thenNothing();
  });

  it('is recorded for so many lends at once, and the rest after them', () => {
    const many = Array.from({ length: 201 }, (_, n) =>
      lent({ lendId: n + 1, quantity: 1, dueAt: 3000 }, balanceOf({ total: 500, lent: n + 1 })),
    );
    const { events } = given(provided(500), ...many).when({ type: 'MarkOverdue', at: 3000 });
    expect(events).toHaveLength(200);
    expect(
      given(provided(500), ...many, ...(events as StockEvent[])).when({ type: 'MarkOverdue', at: 3000 }).events,
    ).toMatchObject([{ lendId: 201 }]);
  });
});

describe('a lend of long ago', () => {
  const past = Array.from({ length: 1002 }, (_, n) => {
    const facts = lendOf({ lendId: n + 1, quantity: 1 });
    const all = { returnedQuantity: 1, partQuantity: 1, condition: 'ok', note: null } as const;
    const isBack: StockEvent = { type: 'UnitsReturned', ...facts, ...all, balance: balanceOf({ total: 5 }) };
    return [{ type: 'UnitsLent', ...facts, balance: balanceOf({ total: 5, lent: 1 }) }, isBack] as const;
  }).flat();
  const stock = given(provided(5), ...past);

  it('is known to be back, though the stock has forgotten it', () => {
    given(provided(5), ...past)
      .when({ ...giveBack, lendId: 1 })
      .rejected({ code: 'ALREADY_RETURNED', lendId: 1 });
    stock.when({ ...giveBack, lendId: 2 }).rejected({ code: 'ALREADY_RETURNED', lendId: 2 });
    stock.when({ ...giveBack, lendId: 1003 }).rejected({ code: 'LEND_NOT_FOUND', lendId: 1003 });
  });

  it('is not recorded a second time', () => {
    stock.when({ ...lend, lendId: 2 }).rejected({ code: 'LEND_TOO_OLD', lendId: 2 });
    stock.when({ ...lend, lendId: 3 }).thenNothing();
    expect(stock.when({ ...lend, lendId: 1003 }).events).toHaveLength(1);
  });

  it('that is still open is returned like any other', () => {
    const open: StockEvent = {
      type: 'UnitsLent',
      ...lendOf({ lendId: 0, quantity: 1 }),
      balance: balanceOf({ total: 5, lent: 1 }),
    };
    expect(given(provided(5), open, ...past).when({ ...giveBack, lendId: 0 }).events).toHaveLength(1);
  });
});
