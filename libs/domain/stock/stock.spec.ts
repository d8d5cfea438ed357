import { stockAggregate, type StockEvent } from '#domain';
import { balanceOf, decisionsOf, holdOf, provided, unlimited } from '#dev/testing';

const { given } = decisionsOf({
  initial: stockAggregate.initial,
  evolve: stockAggregate.evolve,
  decide: stockAggregate.decide,
});
const at = 2000;

describe('units', () => {
  it('that are provided can be promised', () => {
    given()
      .when({ type: 'Provide', quantity: 5, provideId: null, at })
      .then({
        type: 'UnitsProvided',
        quantity: 5,
        provideId: null,
        providerId: null,
        balance: balanceOf({ total: 5 }),
      });
  });

  it('are never more than a stock can count', () => {
    given(provided(999_999_999))
      .when({ type: 'Provide', quantity: 2, provideId: null, at })
      .rejected({ code: 'TOO_MANY_UNITS', unitsMax: 1_000_000_000 });
  });

  it('are taken by a purchase', () => {
    given(provided(5))
      .when({ type: 'Purchase', purchaseId: 'p1', customerId: 'ann', quantity: 5, at })
      .then({
        type: 'UnitsPurchased',
        purchaseId: 'p1',
        customerId: 'ann',
        quantity: 5,
        balance: balanceOf({ total: 5, taken: 5 }),
      });
  });

  it('are not sold when there are too few', () => {
    given(provided(5))
      .when({ type: 'Purchase', purchaseId: 'p1', customerId: 'ann', quantity: 10, at })
      .rejected({ code: 'INSUFFICIENT_STOCK', available: 5, requested: 10 });
  });

  it('can be adjusted down to what is promised, and no further', () => {
    const held: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: 5, held: 2 }) };
    given(provided(5), held)
      .when({ type: 'Adjust', delta: -3, reason: 'broken', at })
      .then({ type: 'StockAdjusted', delta: -3, reason: 'broken', balance: balanceOf({ total: 2, held: 2 }) });
    given(provided(5), held)
      .when({ type: 'Adjust', delta: -4, reason: 'broken', at })
      .rejected({ code: 'INSUFFICIENT_STOCK', available: 3, requested: 4 });
  });

  it('are adjusted only if they are as the caller last saw them', () => {
    given(provided(5))
      .when({ type: 'Adjust', delta: 1, reason: 'count', expectedAvailable: 4, at })
      .rejected({ code: 'EXPECTED_MISMATCH', expected: 4, available: 5 });
    expect(
      given(provided(5)).when({ type: 'Adjust', delta: 1, reason: 'count', expectedAvailable: 5, at }).events,
    ).toHaveLength(1);
  });

  it('that are counted are those on hand: promised ones are among them, and those taken are not', () => {
    const held: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: 9, taken: 4, held: 2 }) };
    const count = (onHand: number) => ({ type: 'Count', onHand, reason: 'import', at }) as const;
    given(held)
      .when(count(8))
      .then({
        type: 'StockAdjusted',
        delta: 3,
        reason: 'import',
        balance: balanceOf({ total: 12, taken: 4, held: 2 }),
      });
    given(held)
      .when(count(2))
      .then({
        type: 'StockAdjusted',
        delta: -3,
        reason: 'import',
        balance: balanceOf({ total: 6, taken: 4, held: 2 }),
      });
    given(held).when(count(5)).thenNothing();
    given(held).when(count(1)).rejected({ code: 'INSUFFICIENT_STOCK', available: 3, requested: 4 });
    given(held).when(count(1_000_000_000)).rejected({ code: 'TOO_MANY_UNITS', unitsMax: 1_000_000_000 });
  });

  it('come to a capacity by whatever is missing or too much', () => {
    given(provided(5))
      .when({ type: 'SetCapacity', capacity: 3, at })
      .then({ type: 'StockAdjusted', delta: -2, reason: 'capacity', balance: balanceOf({ total: 3 }) });
    given(provided(5)).when({ type: 'SetCapacity', capacity: 5, at }).thenNothing();
    given(provided(5), {
      type: 'UnitsPurchased',
      purchaseId: 'p1',
      customerId: 'ann',
      quantity: 4,
      balance: balanceOf({ total: 5, taken: 4 }),
    })
      .when({ type: 'SetCapacity', capacity: 3, at })
      .rejected({ code: 'CAPACITY_TOO_SMALL', capacity: 3, promised: 4 });
  });

  it('of a slot begin with its capacity and when it closes, in one append', () => {
    const open = { type: 'OpenPlaces', capacity: 5, closesAt: 9000, at } as const;
    const balance = balanceOf({ total: 5 });
    const adjusted: StockEvent = { type: 'StockAdjusted', delta: 5, reason: 'capacity', balance };
    const closing: StockEvent = { type: 'ClosingTimeSet', closesAt: 9000, balance };
    given().when(open).then(adjusted, closing);
    given()
      .when({ ...open, closesAt: null })
      .then(adjusted);
    given({ type: 'ClosingTimeSet', closesAt: 9000, balance: balanceOf({ total: 0 }) })
      .when(open)
      .then(adjusted);
    given({ type: 'ClosingTimeSet', closesAt: 8000, balance: balanceOf({ total: 0 }) })
      .when(open)
      .then(adjusted, closing);
    given()
      .when({ ...open, capacity: 1_000_000_001 })
      .rejected({ code: 'TOO_MANY_UNITS', unitsMax: 1_000_000_000 });
  });

  it('of a slot without a capacity are none, and that is recorded', () => {
    for (const closesAt of [null, 9000]) {
      given()
        .when({ type: 'OpenPlaces', capacity: 0, closesAt, at })
        .then({ type: 'ClosingTimeSet', closesAt, balance: balanceOf({ total: 0 }) });
    }
  });

  it('of a slot stay as they were set since', () => {
    given(provided(5)).when({ type: 'OpenPlaces', capacity: 3, closesAt: 9000, at }).thenNothing();
  });

  it('of a discontinued stock are not sold or held until it is reinstated', () => {
    const discontinued: StockEvent = { type: 'StockDiscontinued', balance: balanceOf({ total: 5 }) };
    const reinstated: StockEvent = { type: 'StockReinstated', balance: balanceOf({ total: 5 }) };
    const buy = { type: 'Purchase', purchaseId: 'p1', customerId: 'ann', quantity: 1, at } as const;
    const hold = { type: 'Hold', holdId: 'h1', customerId: 'ann', quantity: 1, ttlMs: 1000, at } as const;
    given(provided(5), discontinued).when(buy).rejected({ code: 'DISCONTINUED' });
    given(provided(5), discontinued).when(hold).rejected({ code: 'DISCONTINUED' });
    given(provided(5), discontinued).when({ type: 'Discontinue', at }).thenNothing();
    given(provided(5), discontinued).when({ type: 'Reinstate', at }).then(reinstated);
    expect(given(provided(5), discontinued, reinstated).when(buy).events).toHaveLength(1);
  });

  it('cannot be claimed from the closing time on', () => {
    const closing: StockEvent = { type: 'ClosingTimeSet', closesAt: at, balance: balanceOf({ total: 5 }) };
    const hold = { type: 'Hold', holdId: 'h1', customerId: 'ann', quantity: 1, ttlMs: 1000 } as const;
    given(provided(5), closing)
      .when({ ...hold, at })
      .rejected({ code: 'CLOSED', closesAt: at }, at);
    expect(given(provided(5), closing).when({ ...hold, at: at - 1 }).events).toHaveLength(1);
  });
});

describe('a hold', () => {
  const held: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: 5, held: 2 }) };

  it('sets units aside until it expires', () => {
    given(provided(5))
      .when({ type: 'Hold', holdId: 'h1', customerId: 'ann', quantity: 2, ttlMs: 5000, at: 1000 })
      .then(held);
  });

  it('needs units that nobody else holds', () => {
    given(provided(5), held)
      .when({ type: 'Hold', holdId: 'h2', customerId: 'bob', quantity: 4, ttlMs: 5000, at })
      .rejected({ code: 'INSUFFICIENT_STOCK', available: 3, requested: 4 });
  });

  it('is limited for each customer in number and units', () => {
    const limits: StockEvent = {
      type: 'SaleTermsSet',
      ...unlimited,
      openHoldsMax: 2,
      heldUnitsMax: 3,
      balance: balanceOf({ total: 5, held: 2 }),
    };
    const rejection = { code: 'LIMIT_PER_CUSTOMER', openHoldsMax: 2, heldUnitsMax: 3 } as const;
    const hold = { type: 'Hold', holdId: 'h2', customerId: 'ann', ttlMs: 5000, at } as const;
    given(provided(5), held, limits)
      .when({ ...hold, quantity: 2 })
      .rejected(rejection);
    const [second] = given(provided(5), held, limits).when({ ...hold, quantity: 1 }).events;
    given(provided(5), held, limits, second as StockEvent)
      .when({ ...hold, holdId: 'h3', quantity: 1 })
      .rejected(rejection);
    expect(given(provided(5), held, limits).when({ ...hold, customerId: 'bob', quantity: 3 }).events).toHaveLength(1);
  });

  it('is limited by what the installation says, unless the stock has limits of its own', () => {
    const own: StockEvent = {
      type: 'SaleTermsSet',
      ...unlimited,
      openHoldsMax: 1,
      heldUnitsMax: 0,
      balance: balanceOf({ total: 500 }),
    };
    const hold = { type: 'Hold', holdId: 'h1', customerId: 'ann', ttlMs: 5000, at } as const;
    const limits = { openHoldsMax: 2, heldUnitsMax: 3 };
    given(provided(500))
      .when({ ...hold, quantity: 101 })
      .rejected({ code: 'LIMIT_PER_CUSTOMER', openHoldsMax: 100, heldUnitsMax: 100 });
    expect(given(provided(500)).when({ ...hold, quantity: 100 }).events).toHaveLength(1);
    given(provided(500))
      .when({ ...hold, quantity: 4, limits })
      .rejected({ code: 'LIMIT_PER_CUSTOMER', ...limits });
    expect(given(provided(500)).when({ ...hold, quantity: 3, limits }).events).toHaveLength(1);
    expect(given(provided(500), own).when({ ...hold, quantity: 101, limits }).events).toHaveLength(1);
  });

  it('is confirmed whole', () => {
    given(provided(5), held)
      .when({ type: 'ConfirmHold', holdId: 'h1', customerId: 'ann', at })
      .then({ ...holdOf(), type: 'HoldConfirmed', confirmedQuantity: 2, balance: balanceOf({ total: 5, taken: 2 }) });
  });

  it('is confirmed in part, and releases the rest', () => {
    given(provided(5), held)
      .when({ type: 'ConfirmHold', holdId: 'h1', customerId: 'ann', quantity: 1, at })
      .then({ ...holdOf(), type: 'HoldConfirmed', confirmedQuantity: 1, balance: balanceOf({ total: 5, taken: 1 }) });
    given(provided(5), held)
      .when({ type: 'ConfirmHold', holdId: 'h1', customerId: 'ann', quantity: 3, at })
      .rejected({ code: 'INSUFFICIENT_STOCK', available: 2, requested: 3 });
  });

  it('is cancelled by its customer, or by staff', () => {
    const cancelled: StockEvent = { ...holdOf(), type: 'HoldCancelled', balance: balanceOf({ total: 5 }) };
    given(provided(5), held).when({ type: 'CancelHold', holdId: 'h1', customerId: 'ann', at }).then(cancelled);
    given(provided(5), held).when({ type: 'CancelHold', holdId: 'h1', customerId: null, at }).then(cancelled);
  });

  it('of somebody else is as unknown as one that never was', () => {
    for (const type of ['ConfirmHold', 'CancelHold'] as const) {
      given(provided(5), held)
        .when({ type, holdId: 'h1', customerId: 'bob', at })
        .rejected({ code: 'HOLD_NOT_FOUND', holdId: 'h1' });
      given(provided(5), held)
        .when({ type, holdId: 'h9', customerId: 'ann', at })
        .rejected({ code: 'HOLD_NOT_FOUND', holdId: 'h9' });
    }
  });

  it('is extended from now, and lives a day at most', () => {
    given(provided(5), held)
      .when({ type: 'ExtendHold', holdId: 'h1', customerId: 'ann', ttlMs: 60_000, at })
      .then({ ...holdOf({ expiresAt: at + 60_000 }), type: 'HoldExtended', balance: balanceOf({ total: 5, held: 2 }) });
    given(provided(5), held)
      .when({ type: 'ExtendHold', holdId: 'h1', customerId: 'ann', ttlMs: 24 * 3_600_000, at })
      .rejected({ code: 'HOLD_TOO_LONG', lifeMsMax: 24 * 3_600_000 }, 1001);
  });

  it('may live to the very millisecond of its longest life', () => {
    const extend = { type: 'ExtendHold', holdId: 'h1', customerId: 'ann', at } as const;
    const expiresAt = 1000 + 24 * 3_600_000;
    given(provided(5), held)
      .when({ ...extend, ttlMs: expiresAt - at })
      .then({ ...holdOf({ expiresAt }), type: 'HoldExtended', balance: balanceOf({ total: 5, held: 2 }) });
    given(provided(5), held)
      .when({ ...extend, ttlMs: expiresAt - at + 1 })
      .rejected({ code: 'HOLD_TOO_LONG', lifeMsMax: 24 * 3_600_000 }, at);
  });

  it('that was extended expires at its new time, and not before', () => {
    const extended: StockEvent = {
      ...holdOf({ expiresAt: 9000 }),
      type: 'HoldExtended',
      balance: balanceOf({ total: 5, held: 2 }),
    };
    given(provided(5), held, extended).when({ type: 'ExpireDue', at: 8999 }).thenNothing();
    given(provided(5), held, extended)
      .when({ type: 'ExpireDue', at: 9000 })
      .then({ ...holdOf({ expiresAt: 9000 }), type: 'HoldExpired', balance: balanceOf({ total: 5 }) });
  });

  it('cannot be confirmed, extended or cancelled from its expiry on, whether or not anybody noticed it', () => {
    const expired: StockEvent = { ...holdOf(), type: 'HoldExpired', balance: balanceOf({ total: 5 }) };
    for (const past of [
      [provided(5), held],
      [provided(5), held, expired],
    ]) {
      const rejection = { code: 'HOLD_EXPIRED', holdId: 'h1' } as const;
      const own = { holdId: 'h1', customerId: 'ann', at: 6000 } as const;
      given(...past)
        .when({ type: 'ConfirmHold', ...own })
        .rejected(rejection);
      given(...past)
        .when({ type: 'CancelHold', ...own })
        .rejected(rejection);
      given(...past)
        .when({ type: 'ExtendHold', ttlMs: 1000, ...own })
        .rejected(rejection);
    }
  });

  it('that ended says how', () => {
    const own = { holdId: 'h1', customerId: 'ann', at } as const;
    const confirmed: StockEvent = {
      ...holdOf(),
      type: 'HoldConfirmed',
      confirmedQuantity: 2,
      balance: balanceOf({ total: 5, taken: 2 }),
    };
    const cancelled: StockEvent = { ...holdOf(), type: 'HoldCancelled', balance: balanceOf({ total: 5 }) };
    given(provided(5), held, confirmed)
      .when({ type: 'CancelHold', ...own })
      .rejected({ code: 'HOLD_CONFIRMED', holdId: 'h1' });
    given(provided(5), held, cancelled)
      .when({ type: 'ConfirmHold', ...own })
      .rejected({ code: 'HOLD_CANCELLED', holdId: 'h1' });
  });

  it('expires with the others that are due, the longest due first, two hundred at once', () => {
    let events: StockEvent[] = [provided(1000)];
    for (let n = 0; n < 300; n++) {
      const hold = { type: 'Hold', holdId: `h${n}`, customerId: `c${n}`, quantity: 1, ttlMs: 1000 - n, at: 0 } as const;
      events = [...events, ...given(...events.slice(-1)).when(hold).events];
    }
    const expired = given(...events).when({ type: 'ExpireDue', at: 5000 }).events;
    expect(expired).toHaveLength(200);
    expect(expired[0]).toMatchObject({ holdId: 'h299' });
    expect(given(...events, ...expired).when({ type: 'ExpireDue', at: 5000 }).events).toHaveLength(100);
  });
});

describe('an order’s reservation', () => {
  const order = { orderId: 'o1', submittedAt: 900 };
  const reserved: StockEvent = {
    type: 'UnitsReserved',
    orderId: 'o1',
    customerId: 'ann',
    quantity: 3,
    balance: balanceOf({ total: 5, reserved: 3 }),
  };
  const released: StockEvent = {
    type: 'ReservationReleased',
    ...order,
    quantity: 3,
    balance: balanceOf({ total: 5 }),
  };
  const shipped: StockEvent = {
    type: 'ReservationShipped',
    ...order,
    quantity: 3,
    balance: balanceOf({ total: 5, taken: 3 }),
  };
  const reserve = { type: 'ReserveForOrder', ...order, customerId: 'ann', quantity: 3, holds: [], at } as const;

  it('is made once, however often it is asked for', () => {
    given(provided(5)).when(reserve).then(reserved);
    given(provided(5), reserved).when(reserve).thenNothing();
    given(provided(5), reserved, shipped).when(reserve).thenNothing();
    given(provided(2)).when(reserve).rejected({ code: 'INSUFFICIENT_STOCK', available: 2, requested: 3 });
  });

  it('is released once, and cannot be made again', () => {
    given(provided(5), reserved)
      .when({ type: 'ReleaseOrder', ...order, at })
      .then(released);
    given(provided(5), reserved, released)
      .when({ type: 'ReleaseOrder', ...order, at })
      .thenNothing();
    given(provided(5), reserved, released).when(reserve).rejected({ code: 'ORDER_RELEASED', orderId: 'o1' });
  });

  it('that comes after its release is rejected', () => {
    const mark: StockEvent = {
      type: 'ReservationReleased',
      ...order,
      quantity: 0,
      balance: balanceOf({ total: 5 }),
    };
    given(provided(5))
      .when({ type: 'ReleaseOrder', ...order, at })
      .then(mark);
    given(provided(5), mark).when(reserve).rejected({ code: 'ORDER_RELEASED', orderId: 'o1' });
  });

  it('is shipped once', () => {
    given(provided(5), reserved)
      .when({ type: 'ShipOrder', ...order, at })
      .then(shipped);
    given(provided(5), reserved, shipped)
      .when({ type: 'ShipOrder', ...order, at })
      .thenNothing();
    given(provided(5))
      .when({ type: 'ShipOrder', ...order, at })
      .rejected({ code: 'RESERVATION_NOT_FOUND', orderId: 'o1' });
  });
});

describe('an order that is paid from holds', () => {
  const order = { orderId: 'o1', submittedAt: 900 };
  const hold = (holdId: string, quantity: number): Extract<StockEvent, { type: 'UnitsHeld' }> => ({
    type: 'UnitsHeld',
    holdId,
    customerId: 'ann',
    quantity,
    createdAt: 100,
    expiresAt: 5000,
    balance: balanceOf({ total: 5, held: quantity }),
  });
  const held = hold('h1', 3);
  const { type: _type, balance: _balance, ...facts } = held;
  const reserve = { type: 'ReserveForOrder', ...order, customerId: 'ann', at } as const;

  it('has their units at once, and gives back those that it does not need', () => {
    given(provided(5), held)
      .when({ ...reserve, quantity: 2, holds: [{ holdId: 'h1', quantity: 2 }] })
      .then({
        type: 'HoldReserved',
        ...facts,
        orderId: 'o1',
        reservedQuantity: 2,
        balance: balanceOf({ total: 5, reserved: 2 }),
      });
  });

  it('takes what is not held from what is available, with what the hold gives back', () => {
    const events = given(provided(5), held).when({
      ...reserve,
      quantity: 5,
      holds: [{ holdId: 'h1', quantity: 1 }],
    }).events;
    expect(events).toMatchObject([
      { type: 'HoldReserved', reservedQuantity: 1, balance: balanceOf({ total: 5, reserved: 1 }) },
      { type: 'UnitsReserved', orderId: 'o1', quantity: 4, balance: balanceOf({ total: 5, reserved: 5 }) },
    ]);
    given(provided(5), held)
      .when({ ...reserve, quantity: 6, holds: [{ holdId: 'h1', quantity: 1 }] })
      .rejected({ code: 'INSUFFICIENT_STOCK', available: 4, requested: 5 });
    const released = given(provided(5), held, ...events).when({ type: 'ReleaseOrder', ...order, at }).events;
    expect(released).toMatchObject([{ type: 'ReservationReleased', quantity: 5, balance: balanceOf({ total: 5 }) }]);
  });

  it('takes nothing when one of its holds is too small, ended, or not the customer’s', () => {
    const events = [provided(5), held] as const;
    const one = { ...reserve, quantity: 1, holds: [{ holdId: 'h1', quantity: 1 }] };
    given(...events)
      .when({ ...reserve, quantity: 4, holds: [{ holdId: 'h1', quantity: 4 }] })
      .rejected({ code: 'INSUFFICIENT_STOCK', available: 3, requested: 4 });
    given(...events)
      .when({ ...one, customerId: 'bob' })
      .rejected({ code: 'HOLD_NOT_FOUND', holdId: 'h1' });
    given(...events)
      .when({ ...one, at: 5000 })
      .rejected({ code: 'HOLD_EXPIRED', holdId: 'h1' });
    const cancelled: StockEvent = { type: 'HoldCancelled', ...facts, balance: balanceOf({ total: 5 }) };
    given(...events, cancelled)
      .when(one)
      .rejected({ code: 'HOLD_CANCELLED', holdId: 'h1' });
  });

  it('ends the hold for good', () => {
    const reserved = given(provided(5), held).when({
      ...reserve,
      quantity: 3,
      holds: [{ holdId: 'h1', quantity: 3 }],
    }).events;
    const of = given(provided(5), held, ...reserved);
    of.when({ type: 'ConfirmHold', holdId: 'h1', customerId: 'ann', at }).rejected({
      code: 'HOLD_CONFIRMED',
      holdId: 'h1',
    });
    of.when({ type: 'ExpireDue', at: 9000 }).thenNothing();
    expect(of.when({ type: 'ShipOrder', ...order, at }).events).toMatchObject([
      { type: 'ReservationShipped', quantity: 3, balance: balanceOf({ total: 5, taken: 3 }) },
    ]);
  });
});

describe('a stock that many orders have left', () => {
  const settledMax = 10_000;
  const of = (n: number) => ({ orderId: `o${n}`, submittedAt: n });
  const marks = Array.from({ length: settledMax + 1 }, (_, n): StockEvent => ({
    type: 'ReservationReleased',
    ...of(n),
    quantity: 0,
    balance: balanceOf({ total: 5 }),
  }));
  const reserve = { type: 'ReserveForOrder', customerId: 'ann', quantity: 1, holds: [], at } as const;

  it('forgets the one that was submitted first, and reserves for no order that it may have forgotten', () => {
    const [first] = marks;
    const before = given(provided(5), ...marks.slice(1), first as StockEvent);
    before.when({ ...reserve, ...of(0) }).rejected({ code: 'ORDER_TOO_OLD', orderId: 'o0' });
    before.when({ ...reserve, orderId: 'other', submittedAt: 0 }).rejected({ code: 'ORDER_TOO_OLD', orderId: 'other' });
    before.when({ ...reserve, ...of(1) }).rejected({ code: 'ORDER_RELEASED', orderId: 'o1' });
    expect(before.when({ ...reserve, orderId: 'other', submittedAt: 1 }).events).toHaveLength(1);
  });

  it('still releases and ships what it has reserved for an order older than those', () => {
    const reserved: StockEvent = {
      type: 'UnitsReserved',
      orderId: 'o0',
      customerId: 'ann',
      quantity: 3,
      balance: balanceOf({ total: 5, reserved: 3 }),
    };
    const [, ...later] = marks;
    const more = Array.from(later, (mark, n): StockEvent => ({ ...mark, ...of(settledMax + 1 + n) }));
    const balance = balanceOf({ total: 5, reserved: 3 });
    const held = [...later, ...more].map((mark) => ({ ...mark, balance }));
    const stock = given(provided(5), reserved, ...held);
    const order = { orderId: 'o0', submittedAt: 0 };
    stock.when({ ...reserve, ...order, quantity: 3 }).thenNothing();
    expect(stock.when({ type: 'ReleaseOrder', ...order, at }).events).toMatchObject([{ quantity: 3 }]);
    expect(stock.when({ type: 'ShipOrder', ...order, at }).events).toMatchObject([{ quantity: 3 }]);
    const forgotten = { orderId: 'o1', submittedAt: 1 };
    stock.when({ type: 'ReleaseOrder', ...forgotten, at }).thenNothing();
    stock.when({ type: 'ShipOrder', ...forgotten, at }).thenNothing();
  });
});
