import fc from 'fast-check';
import { isRejected, stockAggregate, type StockCommand, type StockEvent } from '#domain';
import { finish } from '#domain/aggregate';
import { balanceOf, decisionsOf, provided } from '#dev/testing';

const { given } = decisionsOf(stockAggregate);
const at = 1_000_000;
const returnsMax = 10_000;

describe('units that are given back', () => {
  const bought: StockEvent = {
    type: 'UnitsPurchased',
    purchaseId: 'p1',
    customerId: 'ann',
    quantity: 3,
    balance: balanceOf({ total: 5, taken: 3 }),
  };
  const giveBack = {
    type: 'GiveBack',
    source: 'purchase',
    sourceId: 'p1',
    customerId: 'ann',
    takenQuantity: 3,
    takenAt: at - 5,
    reason: 'too big',
    until: null,
    at,
  } as const;
  const { type: _type, until: _until, at: _at, ...facts } = giveBack;
  const back = (quantity: number, returnedQuantity: number, number: number): StockEvent => ({
    type: 'UnitsGivenBack',
    ...facts,
    quantity,
    returnedQuantity,
    number,
    balance: balanceOf({ total: 5, taken: 3 - returnedQuantity }),
  });

  it('are available again: all of them, unless a quantity is given', () => {
    given(provided(5), bought)
      .when(giveBack)
      .then(back(3, 3, 1));
    given(provided(5), bought)
      .when({ ...giveBack, quantity: 2 })
      .then(back(2, 2, 1));
  });

  it('come back in parts, never more of them than were taken', () => {
    const two = given(provided(5), bought, back(2, 2, 1));
    two.when(giveBack).then(back(1, 3, 2));
    two.when({ ...giveBack, quantity: 2 }).rejected({ code: 'MORE_THAN_TAKEN', outstanding: 1, requested: 2 });
    given(provided(5), bought, back(3, 3, 1))
      .when(giveBack)
      .rejected({ code: 'MORE_THAN_TAKEN', outstanding: 0, requested: 0 });
  });

  it('are taken back until the time that there is for it, and no later', () => {
    given(provided(5), bought)
      .when({ ...giveBack, until: at })
      .then(back(3, 3, 1));
    given(provided(5), bought)
      .when({ ...giveBack, until: at - 1 })
      .rejected({ code: 'RETURN_TOO_LATE', endedAt: at - 1 }, at);
  });

  it('of an order are those that it has shipped', () => {
    const reserved: StockEvent = {
      type: 'UnitsReserved',
      orderId: 'o1',
      customerId: 'ann',
      quantity: 3,
      balance: balanceOf({ total: 5, reserved: 3 }),
    };
    given(provided(5), reserved)
      .when({ ...giveBack, source: 'order', sourceId: 'o1' })
      .rejected({ code: 'NOT_SHIPPED_YET', orderId: 'o1' });
  });

  describe('so many that some are forgotten', () => {
    const others = Array.from({ length: returnsMax }, (_, n): StockEvent => {
      return { ...back(1, 1, n + 2), sourceId: `other-${n}` } as StockEvent;
    });
    const past = [provided(5), bought, back(2, 2, 1), ...others];

    it('are looked for in the stream, and never come back twice', () => {
      given(...past)
        .when(giveBack)
        .rejected({ code: 'RETURNS_FORGOTTEN' });
      const earlier = { returnedQuantity: 2, upTo: returnsMax + 1 };
      expect(given(...past).when({ ...giveBack, earlier }).events).toMatchObject([
        { quantity: 1, returnedQuantity: 3 },
      ]);
      given(...past)
        .when({ ...giveBack, earlier, quantity: 2 })
        .rejected({ code: 'MORE_THAN_TAKEN', outstanding: 1, requested: 2 });
    });

    it('are looked for again when more was forgotten meanwhile', () => {
      const earlier = { returnedQuantity: 0, upTo: 0 };
      given(...past)
        .when({ ...giveBack, earlier })
        .rejected({ code: 'RETURNS_FORGOTTEN' });
    });

    it('are known without the stream when they came back not long ago, whatever is said of them', () => {
      const again = { ...giveBack, sourceId: 'other-1', takenQuantity: 1, earlier: { returnedQuantity: 0, upTo: 1e6 } };
      given(...past)
        .when(again)
        .rejected({ code: 'MORE_THAN_TAKEN', outstanding: 0, requested: 0 });
    });

    it('stay forgotten in a snapshot', () => {
      const stock = past.reduce(stockAggregate.evolve, stockAggregate.initial);
      const { snapshots } = stockAggregate;
      const restored = finish(snapshots.load(JSON.parse(JSON.stringify(snapshots.save(stock)))));
      expect(JSON.stringify(restored)).toBe(JSON.stringify(stock));
      expect(stockAggregate.decide(giveBack, restored)).toEqual({ rejection: { code: 'RETURNS_FORGOTTEN' } });
    });
  });
});

describe('whatever is bought, booked, ordered and given back', () => {
  interface Taken {
    readonly customerId: string;
    readonly quantity: number;
    readonly at: number;
    back: number;
  }
  const customerId = fc.constantFrom('ann', 'bob');
  const quantity = fc.integer({ min: 1, max: 4 });
  const step = fc.oneof(
    fc.record({ does: fc.constant('buy' as const), customerId, quantity }),
    fc.record({ does: fc.constant('book' as const), customerId, quantity }),
    fc.record({ does: fc.constant('give back' as const), nth: fc.nat(20), quantity: fc.option(quantity) }),
  );

  it('nobody has more than the limit, nothing comes back twice, and every unit is accounted for', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let stock = stockAggregate.evolve(stockAggregate.initial, provided(30));
        let now = 1;
        const taken = new Map<string, Taken>();
        const does = (command: StockCommand): readonly StockEvent[] => {
          const decision = stockAggregate.decide({ ...command, at: now++ }, stock);
          if (isRejected(decision)) return [];
          stock = decision.reduce(stockAggregate.evolve, stock);
          return decision;
        };
        does({ type: 'SetSaleTerms', purchaseLimit: 6 });
        for (const [n, each] of steps.entries()) {
          if (each.does === 'give back') {
            const [sourceId, found] = [...taken][each.nth % Math.max(1, taken.size)] ?? [];
            if (sourceId === undefined || found === undefined) continue;
            const part = each.quantity === null ? {} : { quantity: each.quantity };
            const of = { customerId: found.customerId, takenQuantity: found.quantity, takenAt: found.at };
            const source = { source: 'purchase', sourceId, ...of, reason: null, until: null } as const;
            const [event] = does({ type: 'GiveBack', ...source, ...part });
            if (event?.type === 'UnitsGivenBack') found.back += event.quantity;
            continue;
          }
          const id = String(n);
          const of = { customerId: each.customerId, quantity: each.quantity };
          if (each.does === 'book') does({ type: 'Hold', holdId: id, ...of, ttlMs: 1e6 });
          const command: StockCommand =
            each.does === 'buy'
              ? { type: 'Purchase', purchaseId: id, ...of }
              : { type: 'ConfirmHold', holdId: id, customerId: each.customerId };
          if (does(command).length > 0) taken.set(id, { ...of, at: now - 1, back: 0 });
        }
        const sources = [...taken.values()];
        for (const customer of ['ann', 'bob']) {
          const own = sources.filter((source) => source.customerId === customer);
          const kept = own.reduce((sum, source) => sum + source.quantity - source.back, 0);
          expect(kept).toBeLessThanOrEqual(6);
          expect(stock.takenByCustomer.get(customer) ?? 0).toBe(kept);
        }
        for (const source of sources) expect(source.back).toBeLessThanOrEqual(source.quantity);
        expect(stock.balance.taken).toBe(sources.reduce((sum, source) => sum + source.quantity - source.back, 0));
      }),
    );
  });
});
