import fc from 'fast-check';
import {
  isRejected,
  metadataLength,
  stockAggregate,
  type Stock,
  type StockCommand,
  type StockEvent,
  type Timed,
} from '#domain';
import { finish } from '#domain/aggregate';
import { anyHistory, NaiveStock, provided } from '#dev/testing';

interface Step {
  readonly command: Timed<StockCommand>;
  readonly events: readonly StockEvent[];
  readonly rejectedWith: string | undefined;
  readonly after: Stock;
}

/** As a writer does it: what is due comes first. */
function play(history: readonly Timed<StockCommand>[]): Step[] {
  const steps: Step[] = [];
  let stock = stockAggregate.initial;
  const decide = (command: Timed<StockCommand>): void => {
    const decision = stockAggregate.decide(command, stock);
    const events = isRejected(decision) ? [] : decision;
    stock = events.reduce(stockAggregate.evolve, stock);
    steps.push({
      command,
      events,
      rejectedWith: isRejected(decision) ? decision.rejection.code : undefined,
      after: stock,
    });
  };
  for (const command of history) {
    for (
      let due = stockAggregate.due(stock, command.at);
      due !== undefined;
      due = stockAggregate.due(stock, command.at)
    ) {
      decide({ ...due, at: command.at });
    }
    decide(command);
  }
  return steps;
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((a, b) => a + b, 0);
}

describe('whatever is done to a stock', () => {
  it('never is more promised than there is, and every unit is accounted for', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        for (const { after, events } of play(history)) {
          for (const { balance } of [after, ...events]) {
            const { total, taken, held, reserved, lent, available } = balance;
            expect(Math.min(total, taken, held, reserved, lent, available)).toBeGreaterThanOrEqual(0);
            expect(taken + held + reserved + lent + available).toBe(total);
          }
        }
      }),
    );
  });

  it('the balance is what the claims add up to, and what the last event says', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        for (const { after, events } of play(history)) {
          expect(after.balance.held).toBe(sum([...after.holds].map(([, { quantity }]) => quantity)));
          expect(after.balance.held).toBe(sum([...after.holdsByCustomer].map(([, { units }]) => units)));
          expect(after.holds.size).toBe(sum([...after.holdsByCustomer].map(([, { count }]) => count)));
          expect(after.holdsByDue.size).toBe(after.holds.size);
          expect(after.balance.reserved).toBe(sum([...after.reservations].map(([, { quantity }]) => quantity)));
          const lends = [...after.lends].map(([, lend]) => lend);
          expect(after.balance.lent).toBe(
            sum(lends.map(({ quantity, returnedQuantity }) => quantity - returnedQuantity)),
          );
          expect(after.lendsByDue.size).toBe(lends.filter(({ dueAt, overdue }) => dueAt !== null && !overdue).length);
          const open = [...[...after.holds].map(([, facts]) => facts), ...lends];
          expect(after.metadataOfClaims).toBe(sum(open.map(metadataLength)));
          expect(events.at(-1)?.balance ?? after.balance).toEqual(after.balance);
        }
      }),
    );
  });

  it('a replay from any snapshot comes to the same as one from the first event', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(), (history, somewhere) => {
        const steps = play(history);
        const events = steps.flatMap((step) => step.events);
        const cut = events.length === 0 ? 0 : somewhere % (events.length + 1);
        const whole = events.reduce(stockAggregate.evolve, stockAggregate.initial);
        const before = events.slice(0, cut).reduce(stockAggregate.evolve, stockAggregate.initial);
        const { snapshots } = stockAggregate;
        const restored = finish(snapshots.load(JSON.parse(JSON.stringify(snapshots.save(before)))));
        expect(JSON.stringify(restored)).toBe(JSON.stringify(before));
        expect(JSON.stringify(events.slice(cut).reduce(stockAggregate.evolve, restored))).toBe(JSON.stringify(whole));
      }),
    );
  });

  it('is what a naive stock would have done', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const naive = new NaiveStock();
        const customers = play(history).filter(({ command }) => command.type !== 'ExpireDue');
        for (const { command, rejectedWith, after } of customers) {
          expect([command, rejectedWith !== undefined]).toEqual([command, !naive.accepts(command)]);
          expect(after.balance.available).toBe(naive.available(command.at));
        }
      }),
    );
  });

  it('five thousand due holds are out of the way in twenty-five appends of bounded size', () => {
    let stock = stockAggregate.evolve(stockAggregate.initial, provided(5000));
    for (let n = 0; n < 5000; n++) {
      const hold = { type: 'Hold', holdId: `h${n}`, customerId: `c${n}`, quantity: 1, ttlMs: 1000 + n, at: 0 } as const;
      const decision = stockAggregate.decide(hold, stock);
      if (!isRejected(decision)) stock = decision.reduce(stockAggregate.evolve, stock);
    }
    expect(stock.balance.available).toBe(0);
    const steps = playFrom(stock, 10_000);
    expect(steps.map(({ length }) => length)).toEqual(Array.from({ length: 25 }, () => 200));
  });

  function playFrom(start: Stock, at: number): (readonly StockEvent[])[] {
    const batches: (readonly StockEvent[])[] = [];
    let stock = start;
    for (let due = stockAggregate.due(stock, at); due !== undefined; due = stockAggregate.due(stock, at)) {
      const decision = stockAggregate.decide({ ...due, at }, stock);
      if (isRejected(decision)) throw new Error('what is due was rejected');
      stock = decision.reduce(stockAggregate.evolve, stock);
      batches.push(decision);
    }
    return batches;
  }
});
