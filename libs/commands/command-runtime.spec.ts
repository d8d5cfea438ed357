import { randomUUID } from 'node:crypto';
import { itemStock, stockAggregate, stockStream, type StockCommand } from '#domain';
import { OutcomeUnknown, StoreUnavailable, type EventStore, type RecordedEvent } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { createMetrics } from '#platform';
import { faultyStore, freshDatabase, gatedStore, until, type FreshDatabase, type Fault } from '#dev/testing';
import {
  ClockBehind,
  commandMetrics,
  CommandRuntime,
  Draining,
  InDoubt,
  NotInTime,
  Overloaded,
  PostgresSnapshots,
  snapshotMigrations,
  type CommandContext,
  type RuntimeBounds,
} from './index.ts';

type StockOutcome = Awaited<ReturnType<typeof executed>>;

function runtimeOn(store: EventStore, bounds: Partial<RuntimeBounds> = {}, now: () => number = Date.now) {
  return new CommandRuntime({ store, metrics: commandMetrics(createMetrics('test')), bounds, now });
}

function contextOf(commandId: string = randomUUID(), patienceMs = 10_000): CommandContext {
  return { commandId, correlationId: 'test', userId: 'ann', deadline: Date.now() + patienceMs };
}

function executed(runtime: CommandRuntime, stream: string, command: StockCommand, context = contextOf()) {
  return runtime.execute(stockAggregate, stream, command, context);
}

function buy(quantity = 1): StockCommand {
  return { type: 'Purchase', purchaseId: 'p', customerId: 'ann', quantity };
}

function provide(quantity: number): StockCommand {
  return { type: 'Provide', quantity, provideId: null };
}

function tally(outcomes: readonly StockOutcome[]) {
  return Object.groupBy(outcomes, ({ outcome }) => outcome);
}

describe('the command runtime', () => {
  let database: FreshDatabase;
  let store: PostgresEventStore;
  let stream: string;
  let streams = 0;

  beforeAll(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...snapshotMigrations]);
    store = await PostgresEventStore.connect(database.url);
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  beforeEach(() => {
    stream = stockStream(itemStock(`item${++streams}`));
  });

  async function eventsOf(name = stream): Promise<readonly RecordedEvent[]> {
    return store.readStream(name, { limit: 10_000 });
  }

  it('records what was decided, and answers with it once it is durable', async () => {
    const context = contextOf();
    const outcome = await executed(runtimeOn(store), stream, provide(5), context);
    const [event] = await eventsOf();
    expect(outcome).toMatchObject({
      outcome: 'recorded',
      events: [{ type: 'UnitsProvided', quantity: 5 }],
      revision: 0,
      position: event?.position,
      repeated: false,
    });
    expect(event?.metadata).toMatchObject({ commandId: context.commandId, userId: 'ann', $correlationId: 'test' });
  });

  it('answers a rejection with its facts, and records nothing', async () => {
    expect(await executed(runtimeOn(store), stream, buy(10))).toMatchObject({
      outcome: 'rejected',
      rejection: { code: 'INSUFFICIENT_STOCK', available: 0, requested: 10 },
    });
    expect(await eventsOf()).toEqual([]);
  });

  it('takes what waits into few appends, and sells not one too many', async () => {
    const metrics = commandMetrics(createMetrics('test'));
    const runtime = new CommandRuntime({ store, metrics });
    await executed(runtime, stream, provide(300));
    const { recorded, rejected } = tally(
      await Promise.all(Array.from({ length: 500 }, () => executed(runtime, stream, buy()))),
    );
    expect([recorded?.length, rejected?.length]).toEqual([300, 200]);
    expect(await eventsOf()).toHaveLength(301);
    const { values } = await metrics.appendSeconds.get();
    expect(values.find(({ metricName }) => metricName?.endsWith('_count'))?.value).toBeLessThan(10);
  });

  it('with two processes on one stream, sells not one too many', async () => {
    const [one, other] = [runtimeOn(store), runtimeOn(store)];
    await executed(one, stream, provide(200));
    const buyers = Array.from({ length: 300 }, (_, n) => executed(n % 2 === 0 ? one : other, stream, buy()));
    const { recorded, rejected } = tally(await Promise.all(buyers));
    expect([recorded?.length, rejected?.length]).toEqual([200, 100]);
    expect((await eventsOf()).map(({ revision }) => revision)).toEqual(Array.from({ length: 201 }, (_, n) => n));
  });

  describe('asked the same again', () => {
    async function expectOnePurchase(first: StockOutcome, second: StockOutcome): Promise<void> {
      expect(first).toMatchObject({ outcome: 'recorded', repeated: false });
      expect(second).toEqual({ ...first, repeated: true });
      expect(await eventsOf()).toHaveLength(2);
    }

    it('at the same time, records it once and gives one answer', async () => {
      const runtime = runtimeOn(store);
      await executed(runtime, stream, provide(5));
      const context = contextOf();
      const [first, second] = await Promise.all([1, 2].map(() => executed(runtime, stream, buy(), context)));
      await expectOnePurchase(first as StockOutcome, second as StockOutcome);
    });

    it('later, answers from what it remembers', async () => {
      const runtime = runtimeOn(store);
      await executed(runtime, stream, provide(5));
      const context = contextOf();
      const first = await executed(runtime, stream, buy(), context);
      await expectOnePurchase(first, await executed(runtime, stream, buy(), context));
    });

    it('in another process, answers from the stream', async () => {
      await executed(runtimeOn(store), stream, provide(5));
      const context = contextOf();
      const first = await executed(runtimeOn(store), stream, buy(), context);
      await expectOnePurchase(first, await executed(runtimeOn(store), stream, buy(), context));
    });

    it('of a process that has forgotten, answers from what the store recognises', async () => {
      await executed(runtimeOn(store), stream, provide(5));
      const context = contextOf();
      const first = await executed(runtimeOn(store), stream, buy(), context);
      const forgetful = await forgetfulRuntime();
      await expectOnePurchase(first, await executed(forgetful, stream, buy(), context));
    });

    it('of a process that has forgotten, answers from what the store has, though it would be rejected now', async () => {
      await executed(runtimeOn(store), stream, provide(1));
      const context = contextOf();
      const first = await executed(runtimeOn(store), stream, buy(), context);
      const forgetful = await forgetfulRuntime();
      const [again, other] = await Promise.all([
        executed(forgetful, stream, buy(), context),
        executed(forgetful, stream, buy()),
      ]);
      await expectOnePurchase(first, again);
      expect(other).toMatchObject({ outcome: 'rejected' });
    });

    it('is in doubt when the store cannot be asked for what was forgotten, and others are not', async () => {
      await executed(runtimeOn(store), stream, provide(1));
      const context = contextOf();
      await executed(runtimeOn(store), stream, buy(), context);
      const findEvents = async () => Promise.reject(new StoreUnavailable('reads are away'));
      const forgetful = await forgetfulRuntime({ ...faultyStore(store, []), findEvents });
      const asked = [executed(forgetful, stream, buy(), context), executed(forgetful, stream, provide(3))];
      const [again, other] = await Promise.allSettled(asked);
      expect(again).toMatchObject({ status: 'rejected', reason: expect.any(InDoubt) });
      expect(other).toMatchObject({ status: 'fulfilled', value: { outcome: 'recorded' } });
    });

    it('among others, of a process that has forgotten, records the others', async () => {
      await executed(runtimeOn(store), stream, provide(5));
      const context = contextOf();
      await executed(runtimeOn(store), stream, buy(), context);
      const forgetful = await forgetfulRuntime();
      const outcomes = await Promise.all([
        executed(forgetful, stream, buy()),
        executed(forgetful, stream, buy(), context),
        executed(forgetful, stream, buy()),
      ]);
      expect(outcomes.map((outcome) => outcome.outcome === 'recorded' && outcome.repeated)).toEqual([
        false,
        true,
        false,
      ]);
      expect(await eventsOf()).toHaveLength(4);
    });

    it('after days in which little happened, answers from what the store has, whatever is recorded beside it', async () => {
      const dayMs = 86_400_000;
      let now = Date.now();
      const runtime = runtimeOn(store, {}, () => now);
      let limit = 0;
      const limits = () => ({ type: 'SetSaleTerms', openHoldsMax: ++limit, heldUnitsMax: null }) as const;
      await executed(runtime, stream, provide(1));
      const context = contextOf();
      const first = await executed(runtime, stream, buy(), context);
      for (let days = 0; days < 2; days++) {
        now += 1.5 * dayMs;
        await executed(runtime, stream, limits());
      }
      const [again] = await Promise.all([
        executed(runtime, stream, buy(), context),
        ...Array.from({ length: 3 }, () => executed(runtime, stream, limits())),
      ]);
      expect(again).toEqual({ ...first, repeated: true });
    });

    it('after it was rejected, decides anew', async () => {
      const runtime = runtimeOn(store);
      const context = contextOf();
      expect(await executed(runtime, stream, buy(), context)).toMatchObject({ outcome: 'rejected' });
      await executed(runtime, stream, provide(1));
      expect(await executed(runtime, stream, buy(), context)).toMatchObject({ outcome: 'recorded' });
    });

    /** A snapshot without the recent commands stands for a stream too long to remember them. */
    /** Its snapshot has the state, and none of the commands that led to it. */
    async function forgetfulRuntime(on: EventStore = store): Promise<CommandRuntime> {
      const last = (await eventsOf()).at(-1);
      const state = stockAggregate.snapshots?.save(await runtimeOn(store).read(stockAggregate, stream));
      const snapshots = new PostgresSnapshots(database.pool);
      const snapshot = { revision: last?.revision ?? 0, eventId: last?.id ?? '', lastAt: 0, state, recent: [] };
      await snapshots.save(stream, stockAggregate.snapshots?.version ?? 0, snapshot);
      return new CommandRuntime({ store: on, snapshots, metrics: commandMetrics(createMetrics('test')) });
    }
  });

  describe('on a connection that fails', () => {
    it('settles an answer that was lost by the identical call, and records once', async () => {
      await executed(runtimeOn(store), stream, provide(5));
      const runtime = runtimeOn(faultyStore(store, ['lost-answer', 'lost-answer']));
      expect(await executed(runtime, stream, buy())).toMatchObject({ outcome: 'recorded' });
      expect(await executed(runtime, stream, buy())).toMatchObject({ outcome: 'recorded', revision: 2 });
      expect(await eventsOf()).toHaveLength(3);
    });

    it('reads on from where the stream was known once a lost answer is settled, and not from its first event', async () => {
      const faults: Fault[] = [];
      const from: number[] = [];
      const readStream: EventStore['readStream'] = (name, request) => {
        from.push(request.from ?? 0);
        return store.readStream(name, request);
      };
      const runtime = runtimeOn({ ...faultyStore(store, faults), readStream });
      for (let n = 0; n < 10; n++) await executed(runtime, stream, provide(1));
      from.splice(0);
      faults.push('lost-answer');
      for (let n = 0; n < 2; n++) await executed(runtime, stream, buy());
      // The last known event is read again, because the store may have lost it.
      expect(Math.min(...from)).toBe(9);
      expect(await eventsOf()).toHaveLength(12);
    });

    it('settles an append that was lost by the identical call, and records once', async () => {
      const runtime = runtimeOn(faultyStore(store, ['lost-append', 'unavailable', 'lost-append']));
      expect(await executed(runtime, stream, provide(5))).toMatchObject({ outcome: 'recorded', revision: 0 });
      expect(await eventsOf()).toHaveLength(1);
    });

    it('gives up what was surely not written after a few tries, and works again when the store does', async () => {
      const runtime = runtimeOn(
        faultyStore(
          store,
          Array.from({ length: 4 }, () => 'unavailable'),
        ),
      );
      await expect(executed(runtime, stream, provide(5))).rejects.toThrow(StoreUnavailable);
      expect(await executed(runtime, stream, provide(5))).toMatchObject({ outcome: 'recorded', revision: 0 });
    });
  });

  it('tells a caller whose time is up whether anything may have been recorded', async () => {
    const gated = gatedStore(store);
    const runtime = runtimeOn(gated.store);
    const inFlight = executed(runtime, stream, provide(5), contextOf(randomUUID(), 2000));
    await gated.arrived;
    const waiting = executed(runtime, stream, provide(7), contextOf(randomUUID(), 200));
    await expect(waiting).rejects.toThrow(NotInTime);
    await expect(inFlight).rejects.toThrow(OutcomeUnknown);
    gated.open();
    await runtime.drain(5000);
    expect((await eventsOf()).map(({ data }) => data)).toMatchObject([{ quantity: 5 }]);
  });

  it('decides nothing any more for a caller who was told that nobody knows, and says when all is settled', async () => {
    const gated = gatedStore(store);
    const context = contextOf(randomUUID(), 1000);
    const late = executed(runtimeOn(gated.store), stream, provide(5), context).catch((error: unknown) => error);
    await gated.arrived;
    const doubt = (await late) as InDoubt;
    expect(doubt).toBeInstanceOf(InDoubt);
    const happened: string[] = [];
    const settling = doubt.settled.then(() => happened.push('settled'));
    await executed(runtimeOn(store), stream, provide(7));
    happened.push('written by another');
    gated.open();
    await settling;
    expect(happened).toEqual(['written by another', 'settled']);
    expect((await eventsOf()).map(({ data }) => data)).toMatchObject([{ quantity: 7 }]);
  });

  it('decides nothing for a caller who was told so while the stream was loaded', async () => {
    await executed(runtimeOn(store), stream, provide(5));
    const gate = Promise.withResolvers<void>();
    const readStream: EventStore['readStream'] = async (...call) => {
      await gate.promise;
      return store.readStream(...call);
    };
    const slow = runtimeOn({ ...faultyStore(store, []), readStream });
    const late = await executed(slow, stream, buy(), contextOf(randomUUID(), 500)).catch((error: unknown) => error);
    gate.resolve();
    await (late as InDoubt).settled;
    expect(await eventsOf()).toHaveLength(1);
  });

  it('does nothing for a caller whose time was up before it was asked', async () => {
    const late = contextOf(randomUUID(), -1);
    await expect(executed(runtimeOn(store), stream, provide(5), late)).rejects.toThrow(NotInTime);
    expect(await eventsOf()).toEqual([]);
  });

  it('is in doubt of an append that may still arrive, whatever the store answers to its repeat', async () => {
    let calls = 0;
    const append: EventStore['append'] = async () => {
      calls += 1;
      throw calls === 1 ? new OutcomeUnknown('the connection was lost') : new Error('permission denied');
    };
    const odd = runtimeOn({ ...faultyStore(store, []), append });
    await expect(executed(odd, stream, provide(5))).rejects.toThrow(InDoubt);
  });

  it('puts back what found no room in an append that turns out to be done', async () => {
    const runtime = runtimeOn({ ...faultyStore(store, ['lost-answer']), appendBytesMax: 2000 });
    await Promise.all(Array.from({ length: 20 }, (_, n) => executed(runtime, stream, provide(n + 1))));
    expect((await eventsOf()).map(({ data }) => (data as { quantity: number }).quantity)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
  });

  it('rejects nobody beside a repeat for what it does not know yet', async () => {
    const [one, other] = [runtimeOn(store), runtimeOn(store)];
    await executed(one, stream, provide(1));
    const context = contextOf();
    await executed(other, stream, buy(), context);
    await executed(other, stream, provide(10));
    const [again, another] = await Promise.all([executed(one, stream, buy(), context), executed(one, stream, buy())]);
    expect(again).toMatchObject({ outcome: 'recorded', repeated: true });
    expect(another).toMatchObject({ outcome: 'recorded', repeated: false });
  });

  it('is in doubt, and does not say that nothing was recorded, when a repeat cannot be read', async () => {
    let isAway = false;
    const readStream: EventStore['readStream'] = async (...call) => {
      if (isAway) throw new StoreUnavailable('reads are away');
      return store.readStream(...call);
    };
    const runtime = runtimeOn({ ...faultyStore(store, []), readStream });
    await executed(runtime, stream, provide(5));
    const context = contextOf();
    await executed(runtime, stream, buy(), context);
    await executed(runtime, stream, buy());
    isAway = true;
    const asked = [executed(runtime, stream, buy(), context), executed(runtime, stream, buy())];
    const [again] = await Promise.allSettled(asked);
    expect(again).toMatchObject({ status: 'rejected', reason: expect.any(InDoubt) });
    await (again as { reason: InDoubt }).reason.settled;
  });

  it('loads anew a stream that is shorter than it remembers, and decides', async () => {
    const lost = stockStream(itemStock('lost'));
    const readStream: EventStore['readStream'] = (_, request) => store.readStream(stream, request);
    const append: EventStore['append'] = (_, expected, events) => store.append(stream, expected, events);
    const runtime = runtimeOn({ ...faultyStore(store, []), readStream, append });
    await executed(runtime, lost, provide(5));
    await executed(runtime, lost, buy());
    stream = stockStream(itemStock(`item${++streams}`));
    await executed(runtimeOn(store), stream, provide(7));
    expect(await executed(runtime, lost, buy())).toMatchObject({ outcome: 'recorded', revision: 1 });
  });

  describe('when the store lost the end of a stream, which was written again to the same revision', () => {
    const lost = stockStream(itemStock('lost again'));

    /** Remembers what was lost: of five units, so many sold. In the store, one is sold. */
    async function failedOver(sold: number, context = contextOf()): Promise<CommandRuntime> {
      const readStream: EventStore['readStream'] = (_, request) => store.readStream(stream, request);
      const append: EventStore['append'] = (_, expected, events) => store.append(stream, expected, events);
      const runtime = runtimeOn({ ...faultyStore(store, []), readStream, append });
      await executed(runtime, lost, provide(5));
      await executed(runtime, lost, buy(sold), context);
      stream = stockStream(itemStock(`item${++streams}`));
      await executed(runtimeOn(store), stream, provide(5));
      await executed(runtimeOn(store), stream, buy(1));
      return runtime;
    }

    it('rejects nothing because of what was lost', async () => {
      const runtime = await failedOver(5);
      expect(await executed(runtime, lost, buy(4))).toMatchObject({ outcome: 'recorded', revision: 2 });
    });

    it('reads what the store has', async () => {
      const runtime = await failedOver(5);
      expect(await runtime.read(stockAggregate, lost)).toEqual(await runtimeOn(store).read(stockAggregate, stream));
    });

    it('records a repeated command that was lost', async () => {
      const context = contextOf();
      const runtime = await failedOver(2, context);
      expect(await executed(runtime, lost, buy(2), context)).toMatchObject({ revision: 2, repeated: false });
    });

    it('decides from what the store has after a conflict', async () => {
      const context = contextOf();
      const runtime = await failedOver(2, context);
      await executed(runtimeOn(store), stream, provide(1));
      await executed(runtime, lost, provide(1));
      expect(await executed(runtime, lost, buy(2), context)).toMatchObject({ revision: 4, repeated: false });
    });
  });

  it('says that it was never settled, when it stops before the store has answered', async () => {
    const away = faultyStore(store, ['lost-append', ...Array.from({ length: 100 }, () => 'unavailable' as const)]);
    const runtime = runtimeOn(away);
    const late = executed(runtime, stream, provide(5), contextOf(randomUUID(), 1000)).catch((error: unknown) => error);
    const { settled } = (await late) as InDoubt;
    await runtime.drain(0);
    await expect(settled).rejects.toThrow(OutcomeUnknown);
  });

  it('rejects at once what is more than may wait', async () => {
    const gated = gatedStore(store);
    const runtime = runtimeOn(gated.store, { queueCommandsMax: 2 });
    const first = executed(runtime, stream, provide(1));
    await gated.arrived;
    const waiting = [executed(runtime, stream, provide(2)), executed(runtime, stream, provide(3))];
    await expect(executed(runtime, stream, provide(4))).rejects.toThrow(Overloaded);
    gated.open();
    expect(tally(await Promise.all([first, ...waiting])).recorded).toHaveLength(3);
  });

  it('finishes what it has when it stops, and takes no more', async () => {
    const gated = gatedStore(store);
    const runtime = runtimeOn(gated.store);
    const accepted = [executed(runtime, stream, provide(1)), executed(runtime, stream, provide(2))];
    await gated.arrived;
    const drained = runtime.drain(5000);
    await expect(executed(runtime, stream, provide(3))).rejects.toThrow(Draining);
    gated.open();
    await drained;
    expect(tally(await Promise.all(accepted)).recorded).toHaveLength(2);
  });

  it('splits what is too much for one append, and keeps the order', async () => {
    const runtime = runtimeOn({ ...faultyStore(store, []), appendBytesMax: 2000 });
    await Promise.all(Array.from({ length: 20 }, (_, n) => executed(runtime, stream, provide(n + 1))));
    expect((await eventsOf()).map(({ data }) => (data as { quantity: number }).quantity)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
  });

  it('ends what is due before it decides: five thousand due holds never block a buyer', async () => {
    let now = Date.now();
    const runtime = runtimeOn(store, {}, () => now);
    await executed(runtime, stream, provide(5000));
    const holds = Array.from({ length: 5000 }, (_, n) =>
      executed(runtime, stream, { type: 'Hold', holdId: `h${n}`, customerId: `c${n}`, quantity: 1, ttlMs: 1000 }),
    );
    await Promise.all(holds);
    expect(await executed(runtime, stream, buy(5000))).toMatchObject({ outcome: 'rejected' });
    now += 2000;
    expect(await executed(runtime, stream, buy(5000))).toMatchObject({ outcome: 'recorded', revision: 10_001 });
  });

  it('never records a time before the one before it', async () => {
    let now = Date.now();
    const runtime = runtimeOn(store, {}, () => now);
    const { at } = await executed(runtime, stream, provide(1));
    now -= 1500;
    expect(await executed(runtime, stream, provide(1))).toMatchObject({ at });
  });

  it('rejects a stream that was written by a clock far ahead, until its own has come near', async () => {
    const now = Date.now();
    await executed(
      runtimeOn(store, {}, () => now + 10_000),
      stream,
      provide(1),
    );
    await expect(
      executed(
        runtimeOn(store, {}, () => now),
        stream,
        provide(1),
      ),
    ).rejects.toThrow(ClockBehind);
    expect(
      await executed(
        runtimeOn(store, {}, () => now + 8500),
        stream,
        provide(1),
      ),
    ).toMatchObject({ outcome: 'recorded' });
  });

  it('keeps as many streams in memory as it may, and none that does not exist', async () => {
    const runtime = runtimeOn(store, { writersMax: 10 });
    for (let n = 0; n < 30; n++) await executed(runtime, `${stream}-${n}`, n % 3 === 0 ? buy() : provide(1));
    expect(runtime.writersInMemory).toBe(10);
  });

  it('loads a stream from a snapshot that the store bears out, and only from such', async () => {
    const snapshots = new PostgresSnapshots(database.pool);
    const metrics = commandMetrics(createMetrics('test'));
    const writing = new CommandRuntime({ store, snapshots, metrics, bounds: { snapshotEveryEvents: 10 } });
    for (let n = 0; n < 25; n++) await executed(writing, stream, provide(1));
    const version = stockAggregate.snapshots?.version ?? 0;
    const found = await until(() => snapshots.find(stream, version));
    const reads: number[] = [];
    const watched: EventStore = {
      ...faultyStore(store, []),
      readStream: (name, request) => {
        reads.push(request.from ?? 0);
        return store.readStream(name, request);
      },
    };
    const loading = new CommandRuntime({ store: watched, snapshots, metrics: commandMetrics(createMetrics('test')) });
    expect(await loading.read(stockAggregate, stream)).toMatchObject({ balance: { total: 25 } });
    expect(Math.min(...reads)).toBe(found.revision);

    await snapshots.save(stream, version, { ...found, eventId: randomUUID(), state: { balance: 'a lie' } });
    const doubting = new CommandRuntime({ store, snapshots, metrics: commandMetrics(createMetrics('test')) });
    expect(await doubting.read(stockAggregate, stream)).toMatchObject({ balance: { total: 25 } });
  });

  it('leaves a defect in one command to that command', async () => {
    const broken = {
      ...provide(1),
      get quantity(): number {
        throw new Error('a defect');
      },
    } as unknown as StockCommand;
    const runtime = runtimeOn(store);
    await expect(executed(runtime, stream, broken)).rejects.toThrow('a defect');
  });

  it('leaves a rule that fails for what was there before a batch to the command that meets it', async () => {
    const broken: typeof stockAggregate = {
      ...stockAggregate,
      decide: (command, state) => {
        if (command.type === 'Purchase' && state.balance.total === 0) throw new Error('a defect');
        return stockAggregate.decide(command, state);
      },
    };
    const runtime = runtimeOn(store);
    const together = [provide(5), buy()].map((command) => runtime.execute(broken, stream, command, contextOf()));
    expect((await Promise.all(together)).map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded']);
    await expect(runtime.execute(broken, stockStream(itemStock('none')), buy(), contextOf())).rejects.toThrow(
      'a defect',
    );
  });
});
