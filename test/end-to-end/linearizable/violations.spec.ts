import type { Answered, Ask, Asker, History, Operation, Recorded } from './history.ts';
import { violationsOf } from './violations.ts';

const bought = { type: 'UnitsPurchased', purchaseId: 'p', customerId: 'ann', quantity: 1 } as const;
const held = { holdId: 'h', customerId: 'ann', quantity: 2, createdAt: 1000, expiresAt: 2000 };
const heldFacts = { holdId: 'h', quantity: 2, confirmedQuantity: null, expiresAt: 2000 };
const [ann, bob] = ['ann', 'bob'].map((userId) => ({ userId, isStaff: false })) as [Asker, Asker];
const soldOut = { rejected: 'INSUFFICIENT_STOCK', available: 0 };

function balance(total: number, taken: number, inHolds = 0) {
  return { total, taken, held: inHolds, reserved: 0, lent: 0, available: total - taken - inHolds };
}

function provided(total: number): Recorded {
  const event = {
    type: 'UnitsProvided',
    quantity: total,
    provideId: null,
    providerId: null,
    balance: balance(total, 0),
  } as const;
  return { revision: 0, at: 0, commandId: 'setup', event };
}

function purchased(revision: number, commandId: string, total = 2, taken = revision): Recorded {
  return { revision, at: 1000, commandId, event: { ...bought, balance: balance(total, taken) } };
}

function buys(commandId: string, [sent, answered]: [number, number], answer: Answered | undefined): Operation {
  return { commandId, asker: ann, ask: { type: 'purchase', quantity: 1 }, sent, answered, answer };
}

function left(remaining: number): Answered {
  return { accepted: { quantity: 1, remaining } };
}

/** Two units, bought one after the other; the third buyer hears that there is none. */
function soundHistory(): History {
  return {
    events: [provided(2), purchased(1, 'a'), purchased(2, 'b')],
    operations: [buys('a', [1, 2], left(1)), buys('b', [3, 4], left(0)), buys('c', [5, 6], soldOut)],
  };
}

/** A hold of two units, and what is asked of it afterwards. */
function heldThen(ask: Ask, answer: Answered, asker = ann): History {
  const accepted = { ...heldFacts, status: 'open' as const };
  const hold = { type: 'hold', quantity: 2, ttlMs: 1000 } as const;
  return {
    events: [
      provided(2),
      { revision: 1, at: 1000, commandId: 'a', event: { type: 'UnitsHeld', ...held, balance: balance(2, 0, 2) } },
    ],
    operations: [
      { commandId: 'a', asker: ann, ask: hold, sent: 1, answered: 2, answer: { accepted } },
      { commandId: 'b', asker, ask, sent: 3, answered: 4, answer },
    ],
  };
}

const expired = { type: 'HoldExpired', ...held, balance: balance(2, 0) } as const;
const confirms = { type: 'confirm', holdId: 'h' } as const;

describe('a history', () => {
  it('of one thing after the other is sound', () => {
    expect(violationsOf(soundHistory())).toEqual([]);
  });

  it('of things at once is sound in whatever order they were recorded', () => {
    const { events } = soundHistory();
    const operations = [buys('a', [2, 6], left(1)), buys('b', [1, 5], left(0)), buys('c', [3, 4], soldOut)];
    expect(violationsOf({ events, operations })).toEqual([]);
  });

  it('in which an unanswered request was recorded, or not, is sound', () => {
    const { events } = soundHistory();
    const unanswered = [buys('a', [1, 2], left(1)), buys('b', [3, Infinity], undefined)];
    expect(violationsOf({ events, operations: [...unanswered, buys('x', [4, Infinity], undefined)] })).toEqual([]);
  });

  it('that sells what is not there is not', () => {
    const { events, operations } = soundHistory();
    const oversold = { events: [...events, purchased(3, 'c')], operations: operations.slice(0, 2) };
    expect(violationsOf({ ...oversold, operations: [...oversold.operations, buys('c', [5, 6], left(-1))] })).toEqual([
      'UnitsPurchased at 3 cannot be: {"type":"purchase","quantity":1}',
      'UnitsPurchased at 3 leaves -1 available',
    ]);
  });

  it('that records a request twice is not', () => {
    const events = [provided(3), purchased(1, 'a', 3), purchased(2, 'a', 3)];
    const operations = [buys('a', [1, 2], left(2))];
    expect(violationsOf({ events, operations })).toContain('UnitsPurchased at 2 is there twice');
  });

  it('that has lost what was acknowledged is not', () => {
    const { events, operations } = soundHistory();
    expect(violationsOf({ events: events.slice(0, 2), operations: operations.slice(0, 2) })).toEqual([
      expect.stringContaining('is recorded nowhere'),
    ]);
  });

  it('that has what nobody asked for is not', () => {
    const { events, operations } = soundHistory();
    expect(violationsOf({ events, operations: operations.slice(1) })).toContain(
      'UnitsPurchased at 1 was asked for by nobody',
    );
  });

  it('that rejects what was there is not', () => {
    const { events, operations } = soundHistory();
    const early = [...operations.slice(0, 1), buys('c', [3, 4], soldOut), buys('b', [5, 6], left(0))];
    expect(violationsOf({ events, operations: early })).toEqual([
      expect.stringMatching(/of 3 to 4, .*is not right anywhere from 1 to 1$/),
    ]);
  });

  it('that rejects by what was true once is not', () => {
    const { events, operations } = soundHistory();
    const stale = { rejected: 'INSUFFICIENT_STOCK', available: 1 };
    expect(violationsOf({ events, operations: [...operations.slice(0, 2), buys('c', [5, 6], stale)] })).toHaveLength(1);
  });

  it('that shows one client less than another was shown before is not', () => {
    const adds = { type: 'adjust', delta: 1 } as const;
    const adjusted = { type: 'StockAdjusted', delta: 1, reason: 'counted', balance: balance(1, 0) } as const;
    const added = { revision: 1, at: 0, commandId: 'a', event: adjusted };
    const answer = { accepted: { quantity: 1, remaining: 1 } };
    const wantsTwo = (commandId: string, sent: number, available: number): Operation => ({
      ...buys(commandId, [sent, sent + 1], { rejected: 'INSUFFICIENT_STOCK', available }),
      ask: { type: 'purchase', quantity: 2 },
    });
    const adding = {
      commandId: 'a',
      asker: { userId: 'staff', isStaff: true },
      ask: adds,
      sent: 1,
      answered: 9,
      answer,
    };
    const history = (first: number, second: number): History => ({
      events: [{ ...provided(0), event: { ...provided(0).event, balance: balance(0, 0) } }, added],
      operations: [adding, wantsTwo('b', 2, first), wantsTwo('c', 4, second)],
    });
    expect(violationsOf(history(0, 1))).toEqual([]);
    expect(violationsOf(history(1, 0))).toEqual([expect.stringContaining('is not right anywhere from 1 to 1')]);
  });

  it('that turns the order of two requests around is not', () => {
    const { events } = soundHistory();
    const reversed = [buys('b', [1, 2], left(0)), buys('a', [3, 4], left(1))];
    expect(violationsOf({ events, operations: reversed })).toEqual([
      expect.stringMatching(/of 3 to 4, .*stands at 1, though 2 was known before it was sent$/),
    ]);
  });

  it('that rejects a request and records it is not', () => {
    const { events, operations } = soundHistory();
    const rejected = [operations[0] ?? buys('', [0, 0], undefined), buys('b', [3, 4], soldOut)];
    expect(violationsOf({ events, operations: rejected })).toContainEqual(
      expect.stringContaining('is recorded all the same, at 2'),
    );
  });

  it('that answers a repeat otherwise is not', () => {
    const { events, operations } = soundHistory();
    const [a, b, c] = operations as [Operation, Operation, Operation];
    for (const repeated of [
      [a, { ...b, again: left(1) }, c],
      [a, b, { ...c, again: { ...soldOut, available: 1 } }],
    ]) {
      expect(violationsOf({ events, operations: repeated })).toHaveLength(1);
    }
  });

  it('of a hold knows when it is too late, and for whom', () => {
    const late = heldThen(confirms, { rejected: 'HOLD_EXPIRED' });
    expect(violationsOf(late)).toEqual([expect.stringContaining('is not right anywhere')]);
    const ended = { revision: 2, at: 2000, commandId: 'own', event: expired };
    expect(violationsOf({ ...late, events: [...late.events, ended] })).toEqual([]);
    const early = { ...ended, at: 1999 };
    expect(violationsOf({ ...late, events: [...late.events, early] })).toContain(
      'HoldExpired at 2 ends h, which is not due',
    );
    expect(violationsOf(heldThen(confirms, { rejected: 'HOLD_NOT_FOUND' }))).toHaveLength(1);
    expect(violationsOf(heldThen(confirms, { rejected: 'HOLD_NOT_FOUND' }, bob))).toEqual([]);
  });

  it('of a hold that is confirmed after its time, or before others that are due, is not', () => {
    const facts = { ...heldFacts, status: 'confirmed' as const, confirmedQuantity: 2 };
    const history = heldThen(confirms, { accepted: facts });
    const confirmed = { type: 'HoldConfirmed', ...held, confirmedQuantity: 2, balance: balance(2, 2) } as const;
    const at = (time: number): Recorded => ({ revision: 2, at: time, commandId: 'b', event: confirmed });
    expect(violationsOf({ ...history, events: [...history.events, at(1999)] })).toEqual([]);
    expect(violationsOf({ ...history, events: [...history.events, at(2000)] })).toContain(
      'HoldConfirmed at 2 comes before h expires, which is due',
    );
  });
});

type Asked = readonly (readonly [Ask, Answered, Asker?])[];

describe('a history of lends', () => {
  const lend = { lendId: 7, borrowerId: 'ann', lentAt: 1000, dueAt: null, overdue: false, renewals: 0 } as const;
  const facts = { lendId: 7, quantity: 2, returnedQuantity: 0, isBack: false, dueAt: null, renewals: 0 };
  const lends = { type: 'lend', quantity: 2, borrowerId: 'ann', dueAt: null } as const;
  const gives = (quantity: number, condition: 'ok' | 'lost' = 'ok') =>
    ({ type: 'return', lendId: 7, quantity, condition }) as const;
  const renews = { type: 'renew', lendId: 7, dueAt: 9000, renewalsMax: 1 } as const;

  function lentOf(total: number, units: number) {
    return { total, taken: 0, held: 0, reserved: 0, lent: units, available: total - units };
  }

  function back(
    revision: number,
    commandId: string,
    returnedQuantity: number,
    leaves = lentOf(3, 2 - returnedQuantity),
  ) {
    const part = { quantity: 2, returnedQuantity, partQuantity: 1, condition: 'ok', note: null } as const;
    return {
      revision,
      at: 1000,
      commandId,
      event: { type: 'UnitsReturned', ...lend, ...part, balance: leaves },
    } as const;
  }

  /** Two of three units are lent to Ann; what is asked of the lend afterwards, in this order. */
  function lentThen(events: readonly Recorded[], asked: Asked): History {
    const event = { type: 'UnitsLent', ...lend, quantity: 2, returnedQuantity: 0, balance: lentOf(3, 2) } as const;
    const operations: Asked = [[lends, { accepted: facts }], ...asked];
    return {
      events: [provided(3), { revision: 1, at: 1000, commandId: 'a', event }, ...events],
      operations: operations.map(([ask, answer, asker = ann], index) => {
        const [sent, answered] = [2 * index + 1, 2 * index + 2];
        return { commandId: String.fromCodePoint(97 + index), asker, ask, sent, answered, answer };
      }),
    };
  }

  it('that come back in parts is sound', () => {
    const parts: Asked = [
      [gives(1), { accepted: { ...facts, returnedQuantity: 1 } }],
      [gives(2), { rejected: 'MORE_THAN_LENT', outstanding: 1 }],
      [gives(1), { rejected: 'LEND_NOT_FOUND' }, bob],
      [gives(1), { accepted: { ...facts, returnedQuantity: 2, isBack: true } }],
      [gives(1), { rejected: 'ALREADY_RETURNED' }],
    ];
    expect(violationsOf(lentThen([back(2, 'b', 1), back(3, 'e', 2)], parts))).toEqual([]);
  });

  it('of which one comes back twice is not', () => {
    const twice: Asked = [
      [gives(2), { accepted: { ...facts, returnedQuantity: 2, isBack: true } }],
      [gives(1), { accepted: { ...facts, returnedQuantity: 3, isBack: true } }],
    ];
    const events = [back(2, 'b', 2), back(3, 'c', 3, lentOf(3, -1))];
    expect(violationsOf(lentThen(events, twice))).toContain(
      'UnitsReturned at 3 cannot be: {"type":"return","lendId":7,"quantity":1,"condition":"ok"}',
    );
  });

  it('of which lost units stay in the stock is not', () => {
    const lost: Asked = [[gives(2, 'lost'), { accepted: { ...facts, returnedQuantity: 2, isBack: true } }]];
    expect(violationsOf(lentThen([back(2, 'b', 2, lentOf(1, 0))], lost))).toEqual([]);
    expect(violationsOf(lentThen([back(2, 'b', 2)], lost))).toEqual([
      expect.stringMatching(/^UnitsReturned at 2 leaves .*, not /),
    ]);
  });

  it('that lends what is out is not', () => {
    const more = { ...lend, lendId: 8, borrowerId: 'bob', quantity: 2, returnedQuantity: 0 };
    const event = { type: 'UnitsLent', ...more, balance: lentOf(3, 4) } as const;
    const wants = [{ ...lends, borrowerId: 'bob' }, { accepted: { ...facts, lendId: 8 } }, bob] as const;
    expect(violationsOf(lentThen([{ revision: 2, at: 1000, commandId: 'b', event }], [wants]))).toContain(
      'UnitsLent at 2 leaves -1 available',
    );
  });

  it('that rejects a return of what is out, or a renewal that nobody waits for, is not', () => {
    for (const [ask, rejected] of [
      [gives(1), 'ALREADY_RETURNED'],
      [gives(1), 'LEND_NOT_FOUND'],
      [renews, 'RENEWED_TOO_OFTEN'],
      [renews, 'LEND_AWAITED'],
    ] as const) {
      expect(violationsOf(lentThen([], [[ask, { rejected }]]))).toEqual([
        expect.stringContaining('is not right anywhere from 1 to 1'),
      ]);
    }
  });

  it('that renews once more than is allowed is not', () => {
    const renewed = (revision: number, commandId: string, renewals: number): Recorded => {
      const event = { type: 'LendRenewed', ...lend, quantity: 2, returnedQuantity: 0, dueAt: 9000, renewals } as const;
      return { revision, at: 1000, commandId, event: { ...event, balance: lentOf(3, 2) } };
    };
    const accepted = (renewals: number) => ({ accepted: { ...facts, dueAt: 9000, renewals } });
    const once = lentThen(
      [renewed(2, 'b', 1)],
      [
        [renews, accepted(1)],
        [renews, { rejected: 'RENEWED_TOO_OFTEN' }],
      ],
    );
    expect(violationsOf(once)).toEqual([]);
    const twice = lentThen(
      [renewed(2, 'b', 1), renewed(3, 'c', 2)],
      [
        [renews, accepted(1)],
        [renews, accepted(2)],
      ],
    );
    expect(violationsOf(twice)).toContainEqual(expect.stringContaining('LendRenewed at 3 cannot be'));
  });

  it('that renews though somebody waits is not', () => {
    const hold = { type: 'UnitsHeld', ...held, customerId: 'bob', quantity: 1 } as const;
    const heldBalance = { total: 3, taken: 0, held: 1, reserved: 0, lent: 2, available: 0 };
    const heldByBob: Recorded = { revision: 2, at: 1000, commandId: 'b', event: { ...hold, balance: heldBalance } };
    const holds: Ask = { type: 'hold', quantity: 1, ttlMs: 1000 };
    const holding = { accepted: { ...heldFacts, quantity: 1, status: 'open' } } as const;
    const waits = [holds, holding, bob] as const;
    expect(violationsOf(lentThen([heldByBob], [waits, [renews, { rejected: 'LEND_AWAITED' }]]))).toEqual([]);
    const event = { type: 'LendRenewed', ...lend, quantity: 2, returnedQuantity: 0, dueAt: 9000, renewals: 1 } as const;
    const renewed: Recorded = { revision: 3, at: 1000, commandId: 'c', event: { ...event, balance: heldBalance } };
    const accepted = { accepted: { ...facts, dueAt: 9000, renewals: 1 } };
    expect(violationsOf(lentThen([heldByBob, renewed], [waits, [renews, accepted]]))).toContainEqual(
      expect.stringContaining('LendRenewed at 3 cannot be'),
    );
  });
});
