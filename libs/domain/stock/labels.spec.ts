import { isSameLabels, labelsOf, stockAggregate, type Stock, type StockEvent } from '#domain';
import { balanceOf, decisionsOf, holdOf, lendOf, provided } from '#dev/testing';
import { dueMetadataMax, metadataOfClaimsMax } from './commands.ts';

const { given } = decisionsOf(stockAggregate);
const at = 2000;
const labels = { reference: 'cart-7', metadata: { channel: 'app' } };
const hold = { type: 'Hold', holdId: 'h1', customerId: 'ann', quantity: 2, ttlMs: 4000, at } as const;
const lend = { type: 'Lend', lendId: 7, borrowerId: 'ann', quantity: 3, dueAt: null, at } as const;
const held: StockEvent = { type: 'UnitsHeld', ...holdOf({ labels }), balance: balanceOf({ total: 5, held: 2 }) };
const lent: StockEvent = { type: 'UnitsLent', ...lendOf({ labels }), balance: balanceOf({ total: 5, lent: 3 }) };
const buy = { type: 'Purchase', purchaseId: 'p1', customerId: 'ann', quantity: 3, at } as const;

function stateAfter(...events: readonly StockEvent[]): Stock {
  return events.reduce(stockAggregate.evolve, stockAggregate.initial);
}

describe('what a client notes', () => {
  it('is in the event of a purchase, of a hold and of a lend', () => {
    const from = given(provided(5));
    expect(from.when({ ...buy, labels }).events).toMatchObject([{ type: 'UnitsPurchased', labels }]);
    expect(from.when({ ...hold, labels }).events).toMatchObject([{ type: 'UnitsHeld', labels }]);
    expect(from.when({ ...lend, labels }).events).toMatchObject([{ type: 'UnitsLent', labels }]);
  });

  it('is no field of an event without it', () => {
    for (const command of [buy, hold, lend]) {
      const [event] = given(provided(5)).when({ ...command, labels: undefined }).events;
      expect(Object.keys(event as object)).not.toContain('labels');
    }
    const plain: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: 5, held: 2 }) };
    const cancel = { type: 'CancelHold', holdId: 'h1', customerId: 'ann', at } as const;
    const [cancelled] = given(provided(5), plain).when(cancel).events;
    expect(Object.keys(cancelled as object)).not.toContain('labels');
  });

  it('is in every later event of a hold, and of the lend that it becomes', () => {
    const of = { holdId: 'h1', customerId: 'ann', at };
    const from = given(provided(5), held);
    expect(from.when({ type: 'ExtendHold', ttlMs: 5000, ...of }).events).toMatchObject([{ labels }]);
    expect(from.when({ type: 'ConfirmHold', ...of }).events).toMatchObject([{ labels }]);
    expect(from.when({ type: 'CancelHold', ...of }).events).toMatchObject([{ labels }]);
    expect(from.when({ type: 'ExpireDue', at: 6000 }).events).toMatchObject([{ type: 'HoldExpired', labels }]);
    const order = { orderId: 'o1', submittedAt: at, quantity: 2, holds: [{ holdId: 'h1', quantity: 2 }] };
    const reserve = { type: 'ReserveForOrder', customerId: 'ann', ...order, at } as const;
    expect(from.when(reserve).events).toMatchObject([{ type: 'HoldReserved', labels }]);
    expect(from.when({ type: 'LendHeld', lendId: 7, dueAt: null, ...of }).events).toMatchObject([{ labels }]);
    const asLend: StockEvent = {
      type: 'HoldLent',
      ...holdOf({ labels }),
      ...lendOf({ quantity: 2 }),
      balance: held.balance,
    };
    expect(stateAfter(provided(5), held, asLend).lends.first()?.[1]).toMatchObject({ labels });
  });

  it('is in every later event of a lend', () => {
    const of = { lendId: 7, borrowerId: 'ann', at };
    const from = given(provided(5), lent);
    const back = { type: 'Return', condition: 'ok', note: null, ...of } as const;
    expect(from.when(back).events).toMatchObject([{ type: 'UnitsReturned', labels }]);
    const renewed = from.when({ type: 'RenewLend', dueAt: 9000, renewalsMax: 2, ...of }).events;
    expect(renewed).toMatchObject([{ labels }]);
    const overdue = given(provided(5), lent, ...renewed).when({ type: 'MarkOverdue', at: 9000 }).events;
    expect(overdue).toMatchObject([{ type: 'LendOverdue', labels }]);
  });

  it('is in the event that gives back what was taken with it', () => {
    const bought: StockEvent = {
      type: 'UnitsPurchased',
      purchaseId: 'p1',
      customerId: 'ann',
      quantity: 3,
      labels,
      balance: balanceOf({ total: 5, taken: 3 }),
    };
    const taken = { source: 'purchase', sourceId: 'p1', customerId: 'ann', takenQuantity: 3, takenAt: at - 5 } as const;
    const giveBack = { type: 'GiveBack', ...taken, reason: null, until: null, at } as const;
    expect(given(provided(5), bought).when({ ...giveBack, labels }).events).toMatchObject([{ labels }]);
    const [without] = given(provided(5), bought).when(giveBack).events;
    expect(Object.keys(without as object)).not.toContain('labels');
  });
});

describe('the metadata of open claims', () => {
  const long = (length: number) => ({ metadata: { note: 'x'.repeat(length - 10) } });

  it('is counted until the claim ends', () => {
    const counted = (...events: readonly StockEvent[]) => stateAfter(provided(5), ...events).metadataOfClaims;
    const size = 'channel'.length + 'app'.length + 6;
    const later: StockEvent = { type: 'HoldExtended', ...holdOf({ labels, expiresAt: 9000 }), balance: held.balance };
    const gone: StockEvent = { type: 'HoldCancelled', ...holdOf({ labels }), balance: balanceOf({ total: 5 }) };
    const part = { partQuantity: 1, condition: 'ok', note: null } as const;
    const partly = { ...part, ...lendOf({ labels, returnedQuantity: 1 }) };
    const returned = { ...part, partQuantity: 2, ...lendOf({ labels, returnedQuantity: 3 }) };
    expect(counted(held)).toBe(size);
    expect(counted(held, later)).toBe(size);
    expect(counted(held, later, gone)).toBe(0);
    expect(counted(held, lent)).toBe(2 * size);
    const backInPart: StockEvent = { type: 'UnitsReturned', ...partly, balance: lent.balance };
    const back: StockEvent = { type: 'UnitsReturned', ...returned, balance: lent.balance };
    expect(counted(lent, backInPart)).toBe(size);
    expect(counted(lent, backInPart, back)).toBe(0);
  });

  it('is as much as may be, and no more; without it, others hold and lend', () => {
    const full = (length: number): Stock => ({
      ...stateAfter(provided(5)),
      metadataOfClaims: metadataOfClaimsMax - length,
    });
    for (const command of [hold, lend]) {
      expect(stockAggregate.decide({ ...command, labels: long(100) }, full(100))).toHaveLength(1);
      expect(stockAggregate.decide({ ...command, labels: long(100) }, full(99))).toEqual({
        rejection: { code: 'TOO_MUCH_METADATA', charactersMax: metadataOfClaimsMax },
      });
      expect(stockAggregate.decide({ ...command, labels: { reference: 'cart-7' } }, full(0))).toHaveLength(1);
      expect(stockAggregate.decide(command, full(-1))).toHaveLength(1);
    }
  });

  it('limits how many of them expire at once, and how many become overdue, which is one at least', () => {
    const [half, whole] = [long(dueMetadataMax / 2), long(dueMetadataMax + 1)];
    const holds = (...each: readonly (typeof half)[]) =>
      each.map((noted, index): StockEvent => {
        const facts = holdOf({ holdId: `h${index}`, quantity: 1, labels: noted });
        return { type: 'UnitsHeld', ...facts, balance: balanceOf({ total: 5, held: index + 1 }) };
      });
    const lends = (...each: readonly (typeof half)[]) =>
      each.map((noted, index): StockEvent => {
        const facts = lendOf({ lendId: index + 1, quantity: 1, dueAt: 6000, labels: noted });
        return { type: 'UnitsLent', ...facts, balance: balanceOf({ total: 5, lent: index + 1 }) };
      });
    const dueOf = (type: 'ExpireDue' | 'MarkOverdue', events: readonly StockEvent[]) =>
      given(provided(5), ...events).when({ type, at: 6000 }).events.length;
    expect(dueOf('ExpireDue', holds(half, half, half))).toBe(2);
    expect(dueOf('MarkOverdue', lends(half, half, half))).toBe(2);
    expect(dueOf('ExpireDue', holds(whole, half))).toBe(1);
    expect(dueOf('MarkOverdue', lends(whole, half))).toBe(1);
  });
});

describe('labels', () => {
  it('are none if nothing was given, or no entry of metadata', () => {
    expect(labelsOf({})).toBeUndefined();
    expect(labelsOf({ reference: null, metadata: null })).toBeUndefined();
    expect(labelsOf({ metadata: {} })).toBeUndefined();
    expect(labelsOf({ reference: 'r', metadata: {} })).toStrictEqual({ reference: 'r' });
    expect(labelsOf({ metadata: { a: 'b' } })).toStrictEqual({ metadata: { a: 'b' } });
    expect(labelsOf({ reference: 'r', metadata: { a: 'b' } })).toStrictEqual({ reference: 'r', metadata: { a: 'b' } });
  });

  it('are the same in any order, and differ by anything else', () => {
    const one = { reference: 'r', metadata: { a: 'b', c: 'd' } };
    expect(isSameLabels(one, { reference: 'r', metadata: { c: 'd', a: 'b' } })).toBe(true);
    expect(isSameLabels(undefined, undefined)).toBe(true);
    const others = [undefined, { metadata: one.metadata }, { ...one, reference: 's' }, { reference: 'r' }];
    for (const other of others) expect(isSameLabels(one, other)).toBe(false);
    for (const metadata of [{ a: 'b' }, { a: 'b', c: 'e' }, { a: 'b', c: 'd', e: 'f' }, { a: 'b', d: 'd' }]) {
      expect(isSameLabels(one, { reference: 'r', metadata })).toBe(false);
    }
  });
});
