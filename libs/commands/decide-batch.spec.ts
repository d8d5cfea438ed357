import { randomUUID } from 'node:crypto';
import { stockAggregate, type Stock, type StockCommand, type StockEvent } from '#domain';
import { AppendTooLarge, sizeOf } from '#event-store';
import { balanceOf, holdOf, provided } from '#dev/testing';
import { decideBatch, type BatchBounds, type WaitingCommand } from './decide-batch.ts';
import { eventIdOf } from './event-ids.ts';
import type { LoadedStream } from './loaded-stream.ts';
import { RecentCommands } from './recent-commands.ts';

const at = 2000;
const wide: BatchBounds = { eventsMax: 1000, bytesMax: 1_000_000 };
const discontinued: StockEvent = { type: 'StockDiscontinued', balance: balanceOf({ total: 5 }) };
const [provide, discontinue, reinstate]: StockCommand[] = [
  { type: 'Provide', quantity: 5, provideId: null },
  { type: 'Discontinue' },
  { type: 'Reinstate' },
];

function buy(quantity: number): StockCommand {
  return { type: 'Purchase', purchaseId: 'p', customerId: 'ann', quantity };
}

function waiting(command: StockCommand | undefined, commandId: string = randomUUID()): WaitingCommand {
  return { command, context: { commandId, correlationId: 'corr', userId: 'ann', deadline: 0 } };
}

function loadedFrom(events: readonly StockEvent[], recent = new RecentCommands()): LoadedStream {
  const state = events.reduce<Stock>(stockAggregate.evolve, stockAggregate.initial);
  const revision = events.length - 1;
  return { state, revision, lastEventId: undefined, lastAt: 0, recent, snapshotRevision: -1, snapshotAt: 0 };
}

/** Decides the commands together. */
function decided(past: readonly StockEvent[], commands: readonly (StockCommand | undefined)[], bounds = wide) {
  const batch = decideBatch(
    stockAggregate,
    loadedFrom(past),
    commands.map((command) => waiting(command)),
    at,
    bounds,
  );
  return { ...batch, verdicts: batch.verdicts.map(({ verdict }) => verdict) };
}

describe('a batch', () => {
  it('is decided in order, each command against what those before it left', () => {
    const { verdicts, state } = decided([provided(5)], [buy(3), buy(3), buy(2)]);
    expect(verdicts).toEqual(['record', 'reject', 'record']);
    expect(state).toMatchObject({ balance: balanceOf({ total: 5, taken: 5 }) });
  });

  it('is what one append needs, and what each caller is told', () => {
    const held = holdOf({ expiresAt: at });
    const past: StockEvent[] = [
      provided(5),
      { type: 'UnitsHeld', ...held, balance: balanceOf({ total: 5, held: 2 }) },
      { type: 'UnitsHeld', ...held, holdId: 'h2', balance: balanceOf({ total: 5, held: 4 }) },
    ];
    const commands = [waiting({ type: 'ExpireDue' }), waiting(buy(9)), waiting(buy(1))] as const;
    const [first, second, third] = commands.map(({ context }) => context.commandId) as [string, string, string];
    const { verdicts, events, recordedBy } = decideBatch(stockAggregate, loadedFrom(past), commands, at, wide);
    const expired = { ...held, type: 'HoldExpired' };
    const bought = { type: 'UnitsPurchased', purchaseId: 'p', customerId: 'ann', quantity: 1 };
    expect(verdicts).toEqual([
      {
        verdict: 'record',
        events: [
          { ...expired, balance: balanceOf({ total: 5, held: 2 }) },
          { ...expired, holdId: 'h2', balance: balanceOf({ total: 5 }) },
        ],
        lastRevision: 4,
      },
      { verdict: 'reject', rejection: { code: 'INSUFFICIENT_STOCK', available: 5, requested: 9 } },
      { verdict: 'record', events: [{ ...bought, balance: balanceOf({ total: 5, taken: 1 }) }], lastRevision: 5 },
    ]);
    expect(second).not.toBe(first);
    expect(recordedBy).toEqual([first, first, third]);
    expect(events.map(({ id, type }) => [id, type])).toEqual([
      [first, 'HoldExpired'],
      [eventIdOf(first, 1), 'HoldExpired'],
      [third, 'UnitsPurchased'],
    ]);
    expect(JSON.parse(events[2]?.metadata ?? '')).toEqual({
      $correlationId: 'corr',
      $causationId: third,
      commandId: third,
      userId: 'ann',
      at,
      schemaVersion: 1,
    });
  });

  it('says since when a command is too late', () => {
    const closing: StockEvent = { type: 'ClosingTimeSet', closesAt: 1500, balance: balanceOf({ total: 5 }) };
    const { verdicts } = decideBatch(stockAggregate, loadedFrom([provided(5), closing]), [waiting(buy(1))], at, wide);
    expect(verdicts).toEqual([{ verdict: 'reject', rejection: { code: 'CLOSED', closesAt: 1500 }, since: 1500 }]);
  });

  it('leaves the state as it was where nothing is recorded', () => {
    const loaded = loadedFrom([provided(5)]);
    const { verdicts, events, state } = decideBatch(stockAggregate, loaded, [waiting(reinstate)], at, wide);
    expect([verdicts, events]).toEqual([[{ verdict: 'unchanged' }], []]);
    expect(state).toBe(loaded.state);
  });

  it('repeats what is remembered, and decides the same command once', () => {
    const recent = new RecentCommands();
    recent.remember('known', 0, 1000);
    const commands = [waiting(buy(9), 'b'), waiting(buy(1), 'a'), waiting(buy(1), 'a'), waiting(buy(2), 'known')];
    const { verdicts, events } = decideBatch(stockAggregate, loadedFrom([provided(5)], recent), commands, at, wide);
    expect(verdicts).toMatchObject([
      { verdict: 'reject' },
      { verdict: 'record' },
      { verdict: 'duplicate', of: 1 },
      { verdict: 'repeat', recorded: { revision: 0, count: 1, at: 1000 } },
    ]);
    expect(events).toHaveLength(1);
  });

  it('decides a command anew that was rejected earlier in it', () => {
    const commands = [waiting(buy(9), 'a'), waiting(buy(9), 'a')];
    const { verdicts } = decideBatch(stockAggregate, loadedFrom([]), commands, at, wide);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['reject', 'reject']);
  });

  it('fails the command that cannot be decided, and no other', () => {
    const broken = {
      ...buy(1),
      get quantity(): number {
        throw new Error('a defect');
      },
    } as StockCommand;
    const { verdicts } = decideBatch(
      stockAggregate,
      loadedFrom([provided(5)]),
      [buy(1), broken, buy(1)].map((command) => waiting(command)),
      at,
      wide,
    );
    expect(verdicts).toMatchObject([
      { verdict: 'record' },
      { verdict: 'throw', error: new Error('a defect') },
      { verdict: 'record' },
    ]);
  });
});

describe('an append', () => {
  let size: number;

  beforeAll(() => {
    size = decided([provided(5)], [provide]).events.reduce((sum, event) => sum + sizeOf(event), 0);
  });

  it('has exactly as many events as it may, and no more', () => {
    expect(decided([], [provide, provide, provide], { ...wide, eventsMax: 2 }).verdicts).toHaveLength(2);
  });

  it('has exactly as many bytes as it may, and no more', () => {
    const sizes = decided([provided(5)], [buy(1), buy(1)]).events.map(sizeOf) as [number, number];
    const bytes = sizes[0] + sizes[1];
    expect(decided([provided(5)], [buy(1), buy(1)], { ...wide, bytesMax: bytes }).verdicts).toHaveLength(2);
    expect(decided([provided(5)], [buy(1), buy(1)], { ...wide, bytesMax: bytes - 1 }).verdicts).toHaveLength(1);
  });

  it('has all events of its first command, however many', () => {
    const past: StockEvent[] = ['h1', 'h2', 'h3'].map((holdId, n) => ({
      type: 'UnitsHeld',
      ...holdOf({ holdId, quantity: 1, expiresAt: at }),
      balance: balanceOf({ total: 5, held: n + 1 }),
    }));
    const { events, verdicts } = decided([provided(5), ...past], [{ type: 'ExpireDue' }, buy(1)], {
      ...wide,
      eventsMax: 2,
    });
    expect(verdicts).toEqual(['record']);
    expect(events).toHaveLength(3);
  });

  it('is never of a command that is too large by itself: that fails, and those after it are decided', () => {
    const large: StockCommand = { ...buy(1), purchaseId: 'p'.repeat(size) } as StockCommand;
    const { verdicts } = decideBatch(
      stockAggregate,
      loadedFrom([provided(5)]),
      [waiting(large), waiting(provide)],
      at,
      { ...wide, bytesMax: size },
    );
    expect(verdicts).toMatchObject([{ verdict: 'throw', error: expect.any(AppendTooLarge) }, { verdict: 'record' }]);
    expect((verdicts[0] as { error: Error }).error.message).toMatch(
      new RegExp(`^an append of \\d+ bytes exceeds the limit of ${size} bytes$`),
    );
  });

  it('may be exactly as large as one command', () => {
    expect(decided([provided(5)], [provide], { ...wide, bytesMax: size }).verdicts).toEqual(['record']);
  });
});

describe('a command that would be answered otherwise without those before it goes down by itself', () => {
  it('when it would be rejected', () => {
    expect(decided([], [provide, buy(1), provide]).verdicts).toEqual(['record']);
  });

  it('when nothing would have to change', () => {
    expect(decided([provided(5), discontinued], [reinstate, discontinue]).verdicts).toEqual(['record']);
  });

  it('when it would fail', () => {
    const failing: typeof stockAggregate = {
      ...stockAggregate,
      decide: (command, state) => {
        if (command.type === 'Discontinue' && state.balance.total === 0) throw new Error('a defect');
        return stockAggregate.decide(command, state);
      },
    };
    const commands = [provide, discontinue].map((command) => waiting(command));
    expect(decideBatch(failing, loadedFrom([]), commands, at, wide).verdicts).toHaveLength(1);
  });

  it('but not when it records nothing', () => {
    expect(decided([provided(5)], [buy(5), buy(1), reinstate]).verdicts).toEqual(['record', 'reject', 'unchanged']);
    expect(decided([provided(5)], [discontinue, discontinue]).verdicts).toEqual(['record', 'unchanged']);
  });

  it('at the time at which it is decided', () => {
    const closing: StockEvent = { type: 'ClosingTimeSet', closesAt: at + 1, balance: balanceOf({ total: 5 }) };
    expect(decided([provided(5), closing], [provide, buy(1)]).verdicts).toEqual(['record', 'record']);
  });
});
