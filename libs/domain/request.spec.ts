import { acceptanceLinesMax, requestAggregate } from '#domain';
import type { AcceptRequest, KnownRequest, MakeRequest, RequestEvent, RequestFacts } from '#domain';
import { acceptanceOf, decisionsOf, requestOf } from '#dev/testing';

const { given } = decisionsOf({
  initial: requestAggregate.initial,
  evolve: requestAggregate.evolve,
  decide: requestAggregate.decide,
});
const [at, later, last] = [1000, 2000, 3000];
const texts = { title: 'Dig out the school', place: null, when: null, note: null };
const make: MakeRequest = {
  type: 'MakeRequest',
  requestId: 10,
  requesterId: 'ann',
  requesterNumber: 1,
  need: { kind: 'Humanpower', qty: 5 },
  ...texts,
};
const people = requestOf();
const made: RequestEvent = { type: 'RequestMade', ...people };
const accept: AcceptRequest = {
  type: 'AcceptRequest',
  acceptanceId: 7,
  accepterId: 'bob',
  accepterNumber: 2,
  offer: { qty: 2 },
};
const counted = { ...people, currentQty: 2, acceptanceCount: 1, updatedAt: later };
const accepted: RequestEvent = { type: 'RequestAccepted', ...counted, acceptance: acceptanceOf() };
const all = { ...counted, currentQty: 5, status: 'completed' } as const;
const completing: RequestEvent[] = [
  { type: 'RequestAccepted', ...all, acceptance: acceptanceOf({ qty: 5 }) },
  { type: 'RequestCompleted', ...all },
];
const cancelled: RequestEvent = { type: 'RequestCancelled', ...people, status: 'cancelled', updatedAt: later };

const water = { itemId: 'water', itemNumber: 5 };
const blanket = { itemId: 'blanket', itemNumber: 8 };

/** A request for water and blankets, of which so much was accepted. */
function goods(ofWater: number, ofBlankets: number, more: Partial<RequestFacts> = {}): RequestFacts {
  const items = [
    { ...water, requiredQty: 30, currentQty: ofWater },
    { ...blanket, requiredQty: 20, currentQty: ofBlankets },
  ];
  return requestOf({ kind: 'Material', requiredQty: 50, currentQty: ofWater + ofBlankets, items, ...more });
}
const goodsMade: RequestEvent = { type: 'RequestMade', ...goods(0, 0) };

function give(items: readonly { itemId: string; qty: number }[], acceptanceId = 7): AcceptRequest {
  return { ...accept, acceptanceId, offer: { items } };
}

describe('a request', () => {
  it('is made once, with nothing accepted yet', () => {
    given()
      .when({ ...make, at })
      .then(made);
    given(made)
      .when({ ...make, at: later })
      .rejected({ code: 'ID_TAKEN', id: '10' });
  });

  it('of items needs their sum', () => {
    const items = [
      { ...water, requiredQty: 30 },
      { ...blanket, requiredQty: 20 },
    ];
    given()
      .when({ ...make, need: { kind: 'Material', items }, at })
      .then(goodsMade);
  });

  it('that was never made cannot be accepted, cancelled, or have acceptances', () => {
    const missing = { code: 'REQUEST_NOT_FOUND' } as const;
    given()
      .when({ ...accept, at })
      .rejected(missing);
    given().when({ type: 'CancelRequest', at }).rejected(missing);
    given().when({ type: 'WithdrawAcceptance', acceptanceId: 7, accepterId: null, at }).rejected(missing);
  });

  it('is cancelled once, and only while it is open', () => {
    given(made).when({ type: 'CancelRequest', at: later }).then(cancelled);
    given(made, cancelled).when({ type: 'CancelRequest', at: last }).rejected({ code: 'REQUEST_CANCELLED' });
    given(made, ...completing)
      .when({ type: 'CancelRequest', at: last })
      .rejected({ code: 'REQUEST_COMPLETED' });
  });
});

describe('an acceptance', () => {
  it('adds to what was accepted', () => {
    given(made)
      .when({ ...accept, at: later })
      .then(accepted);
    given(made, accepted)
      .when({ ...accept, acceptanceId: 8, at: last })
      .then({
        type: 'RequestAccepted',
        ...counted,
        currentQty: 4,
        acceptanceCount: 2,
        updatedAt: last,
        acceptance: acceptanceOf({ acceptanceId: 8, acceptedAt: last }),
      });
  });

  it('that reaches the need completes it in the same append, and may give more than is needed', () => {
    given(made)
      .when({ ...accept, offer: { qty: 5 }, at: later })
      .then(...completing);
    given(made)
      .when({ ...accept, offer: { qty: 4 }, at: later })
      .then({ ...accepted, currentQty: 4, acceptance: acceptanceOf({ qty: 4 }) });
    const plenty = { ...all, currentQty: 6 };
    given(made)
      .when({ ...accept, offer: { qty: 6 }, at: later })
      .then(
        { type: 'RequestAccepted', ...plenty, acceptance: acceptanceOf({ qty: 6 }) },
        { type: 'RequestCompleted', ...plenty },
      );
  });

  it('is rejected when the request is completed or cancelled', () => {
    given(made, ...completing)
      .when({ ...accept, acceptanceId: 8, at: last })
      .rejected({ code: 'REQUEST_COMPLETED' });
    given(made, cancelled)
      .when({ ...accept, at: last })
      .rejected({ code: 'REQUEST_CANCELLED' });
  });

  it('is made once', () => {
    given(made, accepted)
      .when({ ...accept, at: last })
      .rejected({ code: 'ID_TAKEN', id: '7' });
  });

  it('of items counts for each of them, and quantities of the same item are added', () => {
    const facts = goods(20, 15, { acceptanceCount: 1, updatedAt: later });
    const items = [
      { ...water, qty: 20 },
      { ...blanket, qty: 15 },
    ];
    const given35: RequestEvent = { type: 'RequestAccepted', ...facts, acceptance: acceptanceOf({ qty: 35, items }) };
    for (const offered of [
      [
        { itemId: 'water', qty: 20 },
        { itemId: 'blanket', qty: 15 },
      ],
      [
        { itemId: 'water', qty: 5 },
        { itemId: 'blanket', qty: 15 },
        { itemId: 'water', qty: 15 },
      ],
    ]) {
      given(goodsMade)
        .when({ ...give(offered), at: later })
        .then(given35);
    }
  });

  it('of items completes the request when each of them is reached, whatever the sum', () => {
    const plenty = acceptanceOf({ qty: 100, items: [{ ...water, qty: 100 }] });
    const facts = goods(100, 0, { acceptanceCount: 1, updatedAt: later });
    const open: RequestEvent = { type: 'RequestAccepted', ...facts, acceptance: plenty };
    given(goodsMade)
      .when({ ...give([{ itemId: 'water', qty: 100 }]), at: later })
      .then(open);
    const reached = goods(100, 20, { acceptanceCount: 2, updatedAt: last, status: 'completed' });
    const rest = acceptanceOf({ acceptanceId: 8, qty: 20, items: [{ ...blanket, qty: 20 }], acceptedAt: last });
    given(goodsMade, open)
      .when({ ...give([{ itemId: 'blanket', qty: 20 }], 8), at: last })
      .then({ type: 'RequestAccepted', ...reached, acceptance: rest }, { type: 'RequestCompleted', ...reached });
  });

  it('has what the type of the request asks for', () => {
    given(made)
      .when({ ...give([{ itemId: 'water', qty: 1 }]), at: later })
      .rejected({ code: 'REQUEST_QTY_MISSING' });
    given(goodsMade)
      .when({ ...accept, at: later })
      .rejected({ code: 'REQUEST_ITEMS_MISSING' });
    given(goodsMade)
      .when({ ...give([]), at: later })
      .rejected({ code: 'REQUEST_ITEMS_MISSING' });
    given(goodsMade)
      .when({ ...give([{ itemId: 'tent', qty: 1 }]), at: later })
      .rejected({ code: 'ITEM_NOT_REQUESTED', itemId: 'tent' });
  });

  it('says what is wrong with it before the request has ended, and after', () => {
    given(goodsMade, { type: 'RequestCancelled', ...goods(0, 0, { status: 'cancelled' }) })
      .when({ ...give([]), at: last })
      .rejected({ code: 'REQUEST_ITEMS_MISSING' });
  });

  it('is one of a bounded number: those of people, and lines of those with items', () => {
    const filled = (facts: RequestFacts, one: Parameters<typeof acceptanceOf>[0], count: number) => {
      let state = requestAggregate.evolve(requestAggregate.initial, { type: 'RequestMade', ...facts });
      for (let acceptanceId = 100; acceptanceId < 100 + count; acceptanceId++) {
        const event = {
          type: 'RequestAccepted',
          ...facts,
          acceptance: acceptanceOf({ ...one, acceptanceId }),
        } as const;
        state = requestAggregate.evolve(state, event);
      }
      return (command: AcceptRequest) => requestAggregate.decide({ ...command, at: last }, state);
    };
    const tooMany = { rejection: { code: 'TOO_MANY_ACCEPTANCES', linesMax: acceptanceLinesMax } };
    const many = requestOf({ requiredQty: 1_000_000 });
    expect(filled(many, {}, acceptanceLinesMax)(accept)).toEqual(tooMany);
    expect(filled(many, {}, acceptanceLinesMax - 1)(accept)).toMatchObject([{ type: 'RequestAccepted' }]);
    const both = [
      { ...water, qty: 1 },
      { ...blanket, qty: 1 },
    ];
    const one = give([{ itemId: 'water', qty: 1 }]);
    expect(filled(goods(0, 0), { items: both }, acceptanceLinesMax / 2)(one)).toEqual(tooMany);
    const almost = filled(goods(0, 0), { items: both }, acceptanceLinesMax / 2 - 1);
    expect(almost(give(both))).toMatchObject([{ type: 'RequestAccepted' }]);
  });
});

describe('an acceptance that is withdrawn', () => {
  const withdraw = { type: 'WithdrawAcceptance', acceptanceId: 7, accepterId: 'bob', at: last } as const;

  it('counts no more, and can be withdrawn once', () => {
    const withdrawn: RequestEvent = {
      type: 'AcceptanceWithdrawn',
      ...people,
      updatedAt: last,
      acceptance: acceptanceOf(),
    };
    given(made, accepted).when(withdraw).then(withdrawn);
    given(made, accepted, withdrawn).when(withdraw).rejected({ code: 'ACCEPTANCE_NOT_FOUND' });
  });

  it('of items counts no more for any of them', () => {
    const items = [{ ...water, qty: 20 }];
    const event: RequestEvent = {
      type: 'RequestAccepted',
      ...goods(20, 0, { acceptanceCount: 1 }),
      acceptance: acceptanceOf({ qty: 20, items }),
    };
    given(goodsMade, event)
      .when(withdraw)
      .then({
        type: 'AcceptanceWithdrawn',
        ...goods(0, 0, { updatedAt: last }),
        acceptance: acceptanceOf({ qty: 20, items }),
      });
  });

  it('is one of the accepter, unless staff withdraws it', () => {
    given(made, accepted)
      .when({ ...withdraw, accepterId: 'cyd' })
      .rejected({ code: 'ACCEPTANCE_NOT_FOUND' });
    given(made, accepted)
      .when({ ...withdraw, acceptanceId: 8 })
      .rejected({ code: 'ACCEPTANCE_NOT_FOUND' });
    const [event] = given(made, accepted).when({ ...withdraw, accepterId: null }).events;
    expect(event).toMatchObject({ type: 'AcceptanceWithdrawn', acceptance: { accepterId: 'bob' } });
  });

  it('is one of a request that is open', () => {
    given(made, ...completing)
      .when(withdraw)
      .rejected({ code: 'REQUEST_COMPLETED' });
    given(made, accepted, { ...cancelled, currentQty: 2, acceptanceCount: 1 })
      .when(withdraw)
      .rejected({ code: 'REQUEST_CANCELLED' });
  });

  it('makes room for another', () => {
    const withdrawn: RequestEvent = { type: 'AcceptanceWithdrawn', ...people, acceptance: acceptanceOf() };
    const state = [made, accepted, withdrawn].reduce(requestAggregate.evolve, requestAggregate.initial) as KnownRequest;
    expect([state.acceptanceLines, state.acceptances.size]).toEqual([0, 0]);
  });
});

it('a request begins with RequestMade', () => {
  expect(() => requestAggregate.evolve(requestAggregate.initial, accepted)).toThrow(
    'a request begins with RequestMade',
  );
});
