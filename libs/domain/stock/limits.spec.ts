import { stockAggregate, type Stock, type StockEvent } from '#domain';
import { balanceOf, decisionsOf, holdOf, provided, unlimited } from '#dev/testing';

const { given } = decisionsOf(stockAggregate);
const at = 1_000_000;

describe('a sale', () => {
  const window: StockEvent = {
    type: 'SaleTermsSet',
    ...unlimited,
    saleStartsAt: at,
    saleEndsAt: at + 10,
    balance: balanceOf({ total: 5 }),
  };
  const rejection = { code: 'NOT_ON_SALE', saleStartsAt: at, saleEndsAt: at + 10 } as const;
  const buy = { type: 'Purchase', purchaseId: 'p1', customerId: 'ann', quantity: 1 } as const;
  const hold = { type: 'Hold', holdId: 'h1', customerId: 'ann', quantity: 1, ttlMs: 1000 } as const;
  const order = { type: 'ReserveForOrder', orderId: 'o1', submittedAt: 1, customerId: 'ann', quantity: 1 } as const;

  it.each([buy, hold, { ...order, holds: [] }] as const)('has a beginning and an end: $type', (command) => {
    const stock = given(provided(5), window);
    stock.when({ ...command, at: at - 1 }).rejected(rejection);
    expect(stock.when({ ...command, at }).events).toHaveLength(1);
    expect(stock.when({ ...command, at: at + 9 }).events).toHaveLength(1);
    stock.when({ ...command, at: at + 10 }).rejected(rejection, at + 10);
  });

  it('that is over still lets go what was held before, into a purchase or an order', () => {
    const held: StockEvent = {
      type: 'UnitsHeld',
      ...holdOf({ expiresAt: at + 1000 }),
      balance: balanceOf({ total: 5, held: 2 }),
    };
    const after = { customerId: 'ann', at: at + 10 } as const;
    const stock = given(provided(5), held, window);
    expect(stock.when({ type: 'ConfirmHold', holdId: 'h1', ...after }).events).toHaveLength(1);
    const ofHold = { ...order, ...after, quantity: 2, holds: [{ holdId: 'h1', quantity: 2 }] };
    expect(stock.when(ofHold).events).toMatchObject([{ type: 'HoldReserved' }]);
  });

  it('is set in parts, and records nothing when it is as it was', () => {
    const balance = balanceOf({ total: 5 });
    given(provided(5))
      .when({ type: 'SetSaleTerms', saleStartsAt: at, at })
      .then({ type: 'SaleTermsSet', ...unlimited, saleStartsAt: at, balance });
    given(provided(5), window)
      .when({ type: 'SetSaleTerms', saleStartsAt: null, at })
      .then({ type: 'SaleTermsSet', ...unlimited, saleEndsAt: at + 10, balance });
    given(provided(5), window)
      .when({ type: 'SetSaleTerms', saleStartsAt: at, saleEndsAt: at + 10, at })
      .thenNothing();
  });

  it('ends after it starts, whichever of the two is set last', () => {
    for (const wanted of [{ saleStartsAt: at + 10 }, { saleEndsAt: at }]) {
      given(provided(5), window)
        .when({ type: 'SetSaleTerms', ...wanted, at })
        .rejected({ code: 'SALE_ENDS_TOO_EARLY' });
    }
  });
});

describe('a purchase limit', () => {
  const limited: StockEvent = {
    type: 'SaleTermsSet',
    ...unlimited,
    purchaseLimit: 3,
    countedSince: 1,
    balance: balanceOf({ total: 9 }),
  };
  const buy = { type: 'Purchase', purchaseId: 'p', customerId: 'ann', quantity: 1, at } as const;
  const hold = { type: 'Hold', holdId: 'h2', customerId: 'ann', quantity: 1, ttlMs: 1000, at } as const;
  const bought: StockEvent = {
    ...buy,
    type: 'UnitsPurchased',
    quantity: 2,
    balance: balanceOf({ total: 9, taken: 2 }),
  };
  const rejection = (purchased: number, requested: number) =>
    ({ code: 'LIMIT_PER_CUSTOMER', purchaseLimit: 3, purchased, requested }) as const;

  it('is counted from when it is first set, and goes on counting when it is changed', () => {
    const balance = balanceOf({ total: 9 });
    const set = { type: 'SaleTermsSet', ...unlimited, balance } as const;
    given(provided(9))
      .when({ type: 'SetSaleTerms', purchaseLimit: 3, at })
      .then({ ...set, purchaseLimit: 3, countedSince: at });
    given(provided(9), limited)
      .when({ type: 'SetSaleTerms', purchaseLimit: null, at })
      .then({ ...set, purchaseLimit: null, countedSince: 1 });
    given(provided(9), limited).when({ type: 'SetSaleTerms', purchaseLimit: 3, at }).thenNothing();
    given(provided(9), bought, limited)
      .when({ ...buy, quantity: 4 })
      .rejected(rejection(0, 4));
  });

  it('is of each customer, and rejects what would exceed it', () => {
    const stock = given(provided(9), limited, bought);
    stock.when({ ...buy, quantity: 2 }).rejected(rejection(2, 2));
    expect(stock.when(buy).events).toHaveLength(1);
    expect(stock.when({ ...buy, customerId: 'bob', quantity: 3 }).events).toHaveLength(1);
  });

  it('counts confirmed holds, and lets nobody hold more than they could confirm', () => {
    const held: StockEvent = {
      type: 'UnitsHeld',
      ...holdOf({ quantity: 2, expiresAt: at + 9 }),
      balance: balanceOf({ total: 9, held: 2 }),
    };
    const confirmed: StockEvent = {
      type: 'HoldConfirmed',
      ...holdOf({ quantity: 2, expiresAt: at + 9 }),
      confirmedQuantity: 2,
      balance: balanceOf({ total: 9, taken: 2 }),
    };
    given(provided(9), limited, held)
      .when({ ...hold, quantity: 2 })
      .rejected(rejection(2, 2));
    expect(given(provided(9), limited, held).when(hold).events).toHaveLength(1);
    given(provided(9), limited, held, confirmed)
      .when({ ...buy, quantity: 2 })
      .rejected(rejection(2, 2));
    const confirm = { type: 'ConfirmHold', holdId: 'h1', customerId: null, at } as const;
    given(provided(9), limited, held, bought).when(confirm).rejected(rejection(2, 2));
    expect(given(provided(9), limited, held, bought).when({ ...confirm, quantity: 1 }).events).toHaveLength(1);
  });

  it('counts orders, until they are released', () => {
    const order = { type: 'ReserveForOrder', orderId: 'o1', submittedAt: 5, customerId: 'ann', holds: [], at } as const;
    given(provided(9), limited, bought)
      .when({ ...order, quantity: 2 })
      .rejected(rejection(2, 2));
    const reserved: StockEvent = {
      type: 'UnitsReserved',
      orderId: 'o1',
      customerId: 'ann',
      quantity: 3,
      balance: balanceOf({ total: 9, reserved: 3 }),
    };
    const end = { orderId: 'o1', submittedAt: 5, quantity: 3 };
    const released: StockEvent = { type: 'ReservationReleased', ...end, balance: balanceOf({ total: 9 }) };
    const shipped: StockEvent = { type: 'ReservationShipped', ...end, balance: balanceOf({ total: 9, taken: 3 }) };
    given(provided(9), limited, reserved).when(buy).rejected(rejection(3, 1));
    given(provided(9), limited, reserved, shipped).when(buy).rejected(rejection(3, 1));
    expect(given(provided(9), limited, reserved, released).when({ ...buy, quantity: 3 }).events).toHaveLength(1);
    // Not counted when it was reserved, it frees nothing.
    given(provided(9), reserved, limited, bought, released)
      .when({ ...buy, quantity: 2 })
      .rejected(rejection(2, 2));
  });

  it('does not count what was given back, of what was taken since it was set', () => {
    const back = (takenAt: number): StockEvent => ({
      type: 'UnitsGivenBack',
      source: 'purchase',
      sourceId: 'p',
      customerId: 'ann',
      takenQuantity: 2,
      takenAt,
      quantity: 2,
      returnedQuantity: 2,
      reason: null,
      number: 1,
      balance: balanceOf({ total: 9 }),
    });
    expect(given(provided(9), limited, bought, back(2)).when({ ...buy, quantity: 3 }).events).toHaveLength(1);
    given(provided(9), limited, bought, back(1))
      .when({ ...buy, quantity: 2 })
      .rejected(rejection(2, 2));
  });

  it('asks for those to be counted elsewhere who come after a hundred thousand others', () => {
    const customersMax = 100_000;
    let stock: Stock = [provided(1_000_000), limited].reduce(stockAggregate.evolve, stockAggregate.initial);
    for (let n = 0; n < customersMax; n++) {
      stock = stockAggregate.evolve(stock, { ...bought, customerId: `c${n}`, quantity: 1 });
    }
    const { decide, evolve } = stockAggregate;
    expect(decide({ ...buy, customerId: 'late' }, stock)).toEqual({
      rejection: { code: 'NOT_COUNTED_HERE', purchaseLimit: 3 },
    });
    expect(decide({ ...buy, customerId: 'c5', quantity: 3 }, stock)).toEqual({ rejection: rejection(1, 3) });
    const counted = decide({ ...buy, customerId: 'late', quantity: 3, isCounted: true }, stock);
    expect(counted).toHaveLength(1);
    const after = (counted as readonly StockEvent[]).reduce(evolve, stock);
    expect(after.takenByCustomer.size).toBe(customersMax);
    const tooLate = { ...buy, customerId: 'late', isCounted: true, recordBy: at - 1 };
    expect(decide(tooLate, stock)).toMatchObject({ rejection: { code: 'NOT_RECORDED_IN_TIME' } });
  });
});
