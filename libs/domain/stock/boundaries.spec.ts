import { defaultHoldLimits, isRejected, stockAggregate, type Stock, type StockEvent } from '#domain';
import { balanceOf, decisionsOf, holdOf, lendOf, provided, unlimited } from '#dev/testing';
import { SortedMap } from '../collections/sorted-map.ts';
import { claimsMax, holdLifeMsMax, unitsMax } from './commands.ts';

const { given } = decisionsOf({
  initial: stockAggregate.initial,
  evolve: stockAggregate.evolve,
  decide: stockAggregate.decide,
});
const at = 2000;

describe('units at their bound', () => {
  const almostAll = provided(unitsMax - 1);
  const all = balanceOf({ total: unitsMax });
  const tooMany = { code: 'TOO_MANY_UNITS', unitsMax } as const;

  it('may be exactly as many as a stock can count, however they come', () => {
    given(almostAll)
      .when({ type: 'Provide', quantity: 1, provideId: 4, at })
      .then({ type: 'UnitsProvided', quantity: 1, provideId: 4, providerId: null, balance: all });
    given(almostAll)
      .when({ type: 'Adjust', delta: 1, reason: 'found', at })
      .then({ type: 'StockAdjusted', delta: 1, reason: 'found', balance: all });
    given()
      .when({ type: 'SetCapacity', capacity: unitsMax, at })
      .then({ type: 'StockAdjusted', delta: unitsMax, reason: 'capacity', balance: all });
  });

  it('are never one more, however they come', () => {
    given(almostAll).when({ type: 'Provide', quantity: 2, provideId: null, at }).rejected(tooMany);
    given(almostAll).when({ type: 'Adjust', delta: 2, reason: 'found', at }).rejected(tooMany);
    given()
      .when({ type: 'SetCapacity', capacity: unitsMax + 1, at })
      .rejected(tooMany);
  });

  it('adjusted by nothing record nothing', () => {
    given(provided(5)).when({ type: 'Adjust', delta: 0, reason: 'count', at }).thenNothing();
  });

  it('come down to exactly what is promised', () => {
    const held: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: 5, held: 2 }) };
    given(provided(5), held)
      .when({ type: 'SetCapacity', capacity: 2, at })
      .then({ type: 'StockAdjusted', delta: -3, reason: 'capacity', balance: balanceOf({ total: 2, held: 2 }) });
  });
});

describe('the life of a hold', () => {
  const held: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: 5, held: 2 }) };
  const extend = { type: 'ExtendHold', holdId: 'h1', customerId: 'ann', at } as const;
  const longest = holdOf().createdAt + holdLifeMsMax;

  it('may be exactly as long as it may be', () => {
    given(provided(5), held)
      .when({ ...extend, ttlMs: longest - at })
      .then({ type: 'HoldExtended', ...holdOf({ expiresAt: longest }), balance: balanceOf({ total: 5, held: 2 }) });
  });

  it('is not a millisecond longer', () => {
    given(provided(5), held)
      .when({ ...extend, ttlMs: longest - at + 1 })
      .rejected({ code: 'HOLD_TOO_LONG', lifeMsMax: holdLifeMsMax }, at);
  });

  it('is over at the millisecond that it was promised until', () => {
    const stock = [provided(5), held].reduce(stockAggregate.evolve, stockAggregate.initial);
    expect(stockAggregate.due(stock, 5999)).toBeUndefined();
    expect(stockAggregate.due(stock, 6000)).toEqual({ type: 'ExpireDue' });
    expect(stockAggregate.due(stockAggregate.initial, 6000)).toBeUndefined();
  });
});

describe('what is asked for again', () => {
  it('is no second hold, whether the first is open or was ended', () => {
    const hold = { type: 'Hold', holdId: 'h1', customerId: 'ann', quantity: 2, ttlMs: 5000, at } as const;
    const held: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: 5, held: 2 }) };
    const cancelled: StockEvent = { type: 'HoldCancelled', ...holdOf(), balance: balanceOf({ total: 5 }) };
    given(provided(5), held).when(hold).thenNothing();
    given(provided(5), held, cancelled).when(hold).thenNothing();
  });

  it('is no release of an order that was shipped', () => {
    const facts = { orderId: 'o1', quantity: 3 };
    const reserved: StockEvent = {
      type: 'UnitsReserved',
      customerId: 'ann',
      ...facts,
      balance: balanceOf({ total: 5, reserved: 3 }),
    };
    const shipped: StockEvent = {
      type: 'ReservationShipped',
      ...facts,
      submittedAt: 1,
      balance: balanceOf({ total: 5, taken: 3 }),
    };
    given(provided(5), reserved, shipped)
      .when({ type: 'ReleaseOrder', orderId: 'o1', submittedAt: 1, at })
      .thenNothing();
  });

  it('is no shipment of an order that was released', () => {
    const facts = { orderId: 'o1', quantity: 3 };
    const reserved: StockEvent = {
      type: 'UnitsReserved',
      customerId: 'ann',
      ...facts,
      balance: balanceOf({ total: 5, reserved: 3 }),
    };
    const released: StockEvent = {
      type: 'ReservationReleased',
      ...facts,
      submittedAt: 1,
      balance: balanceOf({ total: 5 }),
    };
    given(provided(5), reserved, released)
      .when({ type: 'ShipOrder', orderId: 'o1', submittedAt: 1, at })
      .rejected({ code: 'RESERVATION_NOT_FOUND', orderId: 'o1' });
  });

  it('is no second reinstatement', () => {
    given(provided(5)).when({ type: 'Reinstate', at }).thenNothing();
  });
});

describe('a hold that never was', () => {
  it('is not found by staff either', () => {
    for (const type of ['ConfirmHold', 'CancelHold'] as const) {
      given(provided(5))
        .when({ type, holdId: 'h9', customerId: null, at })
        .rejected({ code: 'HOLD_NOT_FOUND', holdId: 'h9' });
    }
  });
});

describe('a hold that ended without a beginning', () => {
  it('is an ended hold, and nothing else', () => {
    const cancelled: StockEvent = { type: 'HoldCancelled', ...holdOf(), balance: balanceOf({ total: 5 }) };
    given(provided(5), cancelled)
      .when({ type: 'ConfirmHold', holdId: 'h1', customerId: 'ann', at })
      .rejected({ code: 'HOLD_CANCELLED', holdId: 'h1' });
  });
});

describe('the end of sale', () => {
  it('is recorded with what there is then', () => {
    const held: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: 5, held: 2 }) };
    given(provided(5), held)
      .when({ type: 'Discontinue', at })
      .then({ type: 'StockDiscontinued', balance: balanceOf({ total: 5, held: 2 }) });
  });
});

describe('the passage of time', () => {
  it('is recorded as often as it is noted, and changes nothing', () => {
    const held: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: 5, held: 2 }) };
    const noted: StockEvent = { type: 'TimeNoted', balance: balanceOf({ total: 5, held: 2 }) };
    const note = { ...stockAggregate.noteTime, at };
    given(provided(5), held).when(note).then(noted);
    given(provided(5), held, noted).when(note).then(noted);
    given(provided(5), held, noted)
      .when({ type: 'CancelHold', holdId: 'h1', customerId: 'ann', at })
      .then({ type: 'HoldCancelled', ...holdOf(), balance: balanceOf({ total: 5 }) });
  });
});

describe('rules that are set', () => {
  const balance = balanceOf({ total: 5 });
  const limits = { openHoldsMax: 2, heldUnitsMax: 3 } as const;
  const limited: StockEvent = { type: 'SaleTermsSet', ...unlimited, ...limits, balance };

  it('are recorded when either limit is another', () => {
    for (const other of [{ openHoldsMax: 9 }, { heldUnitsMax: 9 }, { heldUnitsMax: null }]) {
      given(provided(5), limited)
        .when({ type: 'SetSaleTerms', ...limits, ...other, at })
        .then({ ...limited, ...other });
    }
  });

  it('record nothing when the limits are what they were', () => {
    given(provided(5), limited)
      .when({ type: 'SetSaleTerms', ...limits, at })
      .thenNothing();
  });

  it('are a stock’s own once they are set, though they are what the installation says', () => {
    given(provided(5))
      .when({ type: 'SetSaleTerms', ...defaultHoldLimits, at })
      .then({ type: 'SaleTermsSet', ...unlimited, ...defaultHoldLimits, balance });
  });

  it('close at another time, or never, and record nothing when it is the same', () => {
    const closing: StockEvent = { type: 'ClosingTimeSet', closesAt: 9000, balance };
    given().when({ type: 'SetClosingTime', closesAt: null, at }).thenNothing();
    given(provided(5)).when({ type: 'SetClosingTime', closesAt: 9000, at }).then(closing);
    given(provided(5), closing).when({ type: 'SetClosingTime', closesAt: 9000, at }).thenNothing();
    given(provided(5), closing)
      .when({ type: 'SetClosingTime', closesAt: null, at })
      .then({ ...closing, closesAt: null });
  });

  it('give way to the end of sale: whoever holds all they may hears that it is discontinued', () => {
    const held: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: 5, held: 2 }) };
    const discontinued: StockEvent = { type: 'StockDiscontinued', balance: balanceOf({ total: 5, held: 2 }) };
    given(provided(5), held, limited, discontinued)
      .when({ type: 'Hold', holdId: 'h2', customerId: 'ann', quantity: 2, ttlMs: 1000, at })
      .rejected({ code: 'DISCONTINUED' });
  });

  it('are there before anybody sets them: one customer has a hundred holds at most', () => {
    const held = Array.from({ length: 100 }, (_, n): StockEvent => {
      const facts = holdOf({ holdId: `held-${n}`, quantity: 1 });
      return { type: 'UnitsHeld', ...facts, balance: balanceOf({ total: 500, held: n + 1 }) };
    });
    const hold = { type: 'Hold', holdId: 'h', customerId: 'ann', quantity: 1, ttlMs: 1000, at } as const;
    expect(given(provided(500), ...held.slice(1)).when(hold).events).toHaveLength(1);
    given(provided(500), ...held)
      .when(hold)
      .rejected({ code: 'LIMIT_PER_CUSTOMER', ...defaultHoldLimits });
  });

  it('hold for the first hold as for any other', () => {
    const hold = { type: 'Hold', holdId: 'h1', customerId: 'ann', ttlMs: 1000, at } as const;
    expect(given(provided(5), limited).when({ ...hold, quantity: 3 }).events).toHaveLength(1);
    given(provided(5), limited)
      .when({ ...hold, quantity: 4 })
      .rejected({ code: 'LIMIT_PER_CUSTOMER', ...limits });
  });

  it('limit the number of holds by itself, too', () => {
    const held: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: 5, held: 2 }) };
    const hold = { type: 'Hold', holdId: 'h2', customerId: 'ann', quantity: 1, ttlMs: 1000, at } as const;
    const unlimitedUnits = { type: 'SaleTermsSet', ...unlimited, heldUnitsMax: 0, balance } as const;
    expect(given(provided(5), held, { ...unlimitedUnits, openHoldsMax: 2 }).when(hold).events).toHaveLength(1);
    given(provided(5), held, { ...unlimitedUnits, openHoldsMax: 1 })
      .when(hold)
      .rejected({ code: 'LIMIT_PER_CUSTOMER', openHoldsMax: 1, heldUnitsMax: null });
  });

  it('count what a customer holds, not what they no longer do', () => {
    const held = (holdId: string, units: number): StockEvent => {
      return { type: 'UnitsHeld', ...holdOf({ holdId, quantity: 1 }), balance: balanceOf({ total: 5, held: units }) };
    };
    const cancelled: StockEvent = {
      type: 'HoldCancelled',
      ...holdOf({ quantity: 1 }),
      balance: balanceOf({ total: 5, held: 1 }),
    };
    const past = [provided(5), held('h1', 1), held('h2', 2), cancelled, limited];
    const hold = { type: 'Hold', holdId: 'h3', customerId: 'ann', ttlMs: 1000, at } as const;
    expect(given(...past).when({ ...hold, quantity: 2 }).events).toHaveLength(1);
    given(...past)
      .when({ ...hold, quantity: 3 })
      .rejected({ code: 'LIMIT_PER_CUSTOMER', ...limits });
  });
});

describe('open claims at their bound', () => {
  /** Of every kind, so many in all. */
  function claimed(count: number): Stock {
    const held: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: unitsMax, held: 2 }) };
    const lent: StockEvent = {
      type: 'UnitsLent',
      ...lendOf({ lendId: 1, quantity: 1 }),
      balance: balanceOf({ total: unitsMax, held: 2, lent: 1 }),
    };
    const orders = Array.from({ length: count - 2 }, (_, order) => {
      return [`o${order}`, { quantity: 1, customerId: 'ann', countedQuantity: 0 }] as const;
    });
    const stock = [provided(unitsMax), held, lent].reduce(stockAggregate.evolve, stockAggregate.initial);
    return { ...stock, reservations: SortedMap.from(orders) };
  }

  it('are as many as may be, of all kinds together, and no more', () => {
    const hold = { type: 'Hold', holdId: 'h2', customerId: 'bob', quantity: 1, ttlMs: 1000, at } as const;
    expect(stockAggregate.decide(hold, claimed(claimsMax - 1))).toHaveLength(1);
    expect(stockAggregate.decide(hold, claimed(claimsMax))).toEqual({
      rejection: { code: 'TOO_MANY_CLAIMS', claimsMax },
    });
  });

  it('do not keep anybody from buying', () => {
    const buy = { type: 'Purchase', purchaseId: 'p', customerId: 'ann', quantity: 1, at } as const;
    expect(isRejected(stockAggregate.decide(buy, claimed(claimsMax)))).toBe(false);
  });
});
