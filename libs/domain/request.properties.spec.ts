import fc from 'fast-check';
import { isRejected, requestAggregate } from '#domain';
import { finish } from '#domain/aggregate';
import type { KnownRequest, Need, Offer, Request, RequestCommand, RequestEvent } from '#domain';

const required = { water: 6, blanket: 4 };
const needs: readonly Need[] = [
  { kind: 'Humanpower', qty: 10 },
  {
    kind: 'Material',
    items: [
      { itemId: 'water', itemNumber: 5, requiredQty: required.water },
      { itemId: 'blanket', itemNumber: 8, requiredQty: required.blanket },
    ],
  },
];
const person = fc.constantFrom('ann', 'bob', 'cyd');
const acceptanceId = fc.integer({ min: 1, max: 8 });
const qty = fc.integer({ min: 1, max: 5 });
const anyOffer: fc.Arbitrary<Offer> = fc.oneof(
  fc.record({ qty }),
  fc.record({
    items: fc.array(fc.record({ itemId: fc.constantFrom('water', 'blanket', 'tent'), qty }), { maxLength: 3 }),
  }),
);

/** With few ids, so that they often collide, and few cancellations, so that requests live. */
const anyCommand: fc.Arbitrary<RequestCommand> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('AcceptRequest' as const),
      acceptanceId,
      accepterId: person,
      accepterNumber: fc.constant(2),
      offer: anyOffer,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('WithdrawAcceptance' as const),
      acceptanceId,
      accepterId: fc.option(person),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'CancelRequest' as const }) },
);
const anyHistory = fc.array(anyCommand, { maxLength: 40, size: 'max' });

interface Step {
  readonly command: RequestCommand;
  readonly events: readonly RequestEvent[];
  readonly before: KnownRequest;
  readonly after: KnownRequest;
}

function play(need: Need, history: readonly RequestCommand[]): readonly Step[] {
  const texts = { title: null, place: null, when: null, note: null };
  const made = { type: 'MakeRequest', requestId: 1, requesterId: 'ann', requesterNumber: 1, need, ...texts } as const;
  const decided = requestAggregate.decide({ ...made, at: 0 }, requestAggregate.initial);
  if (isRejected(decided)) throw new Error('it was not made');
  let request: Request = decided.reduce(requestAggregate.evolve, requestAggregate.initial);
  return history.map((command, index) => {
    const before = request as KnownRequest;
    const decision = requestAggregate.decide({ ...command, at: index + 1 }, request);
    const events = isRejected(decision) ? [] : decision;
    request = events.reduce(requestAggregate.evolve, request);
    return { command, events, before, after: request as KnownRequest };
  });
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((a, b) => a + b, 0);
}

/** A request as plain as can be: its acceptances, and whether it has ended. */
class NaiveRequest {
  readonly #isOfPeople: boolean;
  readonly #accepted = new Map<number, { readonly by: string; readonly water: number; readonly blanket: number }>();
  #ended = false;

  constructor(isOfPeople: boolean) {
    this.#isOfPeople = isOfPeople;
  }

  get total(): number {
    return sum([...this.#accepted.values()].map(({ water, blanket }) => water + blanket));
  }

  get isReached(): boolean {
    const all = [...this.#accepted.values()];
    if (this.#isOfPeople) return this.total >= 10;
    return (
      sum(all.map(({ water }) => water)) >= required.water && sum(all.map(({ blanket }) => blanket)) >= required.blanket
    );
  }

  accepts(command: RequestCommand): boolean {
    if (this.#ended || command.type === 'MakeRequest') return false;
    if (command.type === 'CancelRequest') return (this.#ended = true);
    const known = this.#accepted.get(command.acceptanceId);
    if (command.type === 'WithdrawAcceptance') {
      if (known === undefined || (command.accepterId !== null && command.accepterId !== known.by)) return false;
      return this.#accepted.delete(command.acceptanceId);
    }
    const { offer, accepterId: by } = command;
    if (known !== undefined || this.#isOfPeople !== 'qty' in offer) return false;
    const items = 'qty' in offer ? [{ itemId: 'water', qty: offer.qty }] : offer.items;
    if (items.length === 0 || items.some(({ itemId }) => itemId === 'tent')) return false;
    const of = (id: string): number => sum(items.filter(({ itemId }) => itemId === id).map((item) => item.qty));
    this.#accepted.set(command.acceptanceId, { by, water: of('water'), blanket: of('blanket') });
    this.#ended = this.isReached;
    return true;
  }
}

describe.each(needs)('whatever is done to a request of type $kind', (need) => {
  it('what was accepted is the sum of its acceptances, of each item too', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        for (const { after } of play(need, history)) {
          const acceptances = [...after.acceptances].map(([, acceptance]) => acceptance);
          expect(after.currentQty).toBe(sum(acceptances.map((each) => each.qty)));
          expect(after.acceptanceCount).toBe(acceptances.length);
          for (const { itemId, currentQty } of after.items) {
            const accepted = acceptances.flatMap(({ items }) => items.filter((item) => item.itemId === itemId));
            expect(currentQty).toBe(sum(accepted.map((item) => item.qty)));
          }
        }
      }),
    );
  });

  it('its need is reached exactly when it is completed, once, and by an acceptance', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const steps = play(need, history);
        for (const { command, events, before, after } of steps) {
          const isReached = after.currentQty >= after.requiredQty;
          const areAllReached = after.items.every((item) => item.currentQty >= item.requiredQty);
          expect(after.status === 'completed').toBe(isReached && areAllReached);
          const completes = before.status === 'open' && after.status === 'completed';
          expect(events.filter(({ type }) => type === 'RequestCompleted')).toHaveLength(completes ? 1 : 0);
          expect(completes && command.type !== 'AcceptRequest').toBe(false);
          // Nothing happens to what has ended.
          expect(before.status === 'open' || after === before).toBe(true);
          for (const event of events)
            expect(event).toMatchObject({ status: after.status, currentQty: after.currentQty });
        }
      }),
    );
  });

  it('the same becomes of a naive request', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const naive = new NaiveRequest(need.kind === 'Humanpower');
        for (const { command, events, after } of play(need, history)) {
          expect([command, events.length > 0]).toEqual([command, naive.accepts(command)]);
          expect(after.currentQty).toBe(naive.total);
          expect(after.status === 'completed').toBe(naive.isReached);
        }
      }),
    );
  });

  it('a replay from any snapshot comes to the same as one from the first event', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(), (history, somewhere) => {
        const { snapshots, evolve } = requestAggregate;
        const steps = play(need, history);
        const cut = steps.length === 0 ? 0 : somewhere % steps.length;
        const from = steps[cut];
        if (from === undefined) return;
        const restored = finish(snapshots.load(JSON.parse(JSON.stringify(snapshots.save(from.before)))));
        expect(JSON.stringify(restored)).toBe(JSON.stringify(from.before));
        const rest = steps.slice(cut).flatMap(({ events }) => events);
        expect(JSON.stringify(rest.reduce(evolve, restored))).toBe(JSON.stringify(steps.at(-1)?.after));
      }),
    );
  });
});
