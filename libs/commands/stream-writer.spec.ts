import { randomUUID } from 'node:crypto';
import { itemAggregate, itemStock, stockAggregate, stockStream, type Stock, type StockCommand } from '#domain';
import { OutcomeUnknown, StoreUnavailable, type EventStore, type RecordedEvent } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { createMetrics } from '#platform';
import { faultyStore, freshDatabase, gatedStore, type FreshDatabase } from '#dev/testing';
import type { AnyAggregate } from './any-aggregate.ts';
import type { CommandContext } from './command.ts';
import { ClockBehind, Contended, InDoubt } from './errors.ts';
import { loadStream } from './loaded-stream.ts';
import { commandMetrics } from './metrics.ts';
import { PostgresSnapshots, snapshotMigrations } from './snapshots.ts';
import { StreamWriter, type WriterSurroundings } from './stream-writer.ts';

const provide: StockCommand = { type: 'Provide', quantity: 5, provideId: null };
const buy: StockCommand = { type: 'Purchase', purchaseId: 'p', customerId: 'ann', quantity: 1 };
const buyTooMuch: StockCommand = { ...buy, quantity: 1000 };

describe('the writer of a stream', () => {
  let database: FreshDatabase;
  let store: PostgresEventStore;
  let now: number;
  let around: WriterSurroundings;
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
    now = 1_000_000;
    around = {
      store,
      snapshots: undefined,
      snapshotEveryEvents: 1_000_000,
      snapshotEveryMs: 0,
      metrics: commandMetrics(createMetrics('test')),
      giveUp: new AbortController().signal,
      queueBounds: { commandsMax: 1000, bytesMax: 1_000_000 },
      batchCommandsMax: 100,
      batchEventsMax: 100,
      now: () => now,
    };
  });

  function writerOn(more: Partial<WriterSurroundings> = {}, aggregate: AnyAggregate = stockAggregate): StreamWriter {
    return new StreamWriter(aggregate, stream, { ...around, ...more });
  }

  function contextOf(commandId: string = randomUUID(), patienceMs = 10_000): CommandContext {
    return { commandId, correlationId: 'test', userId: 'ann', deadline: Date.now() + patienceMs };
  }

  function execute(writer: StreamWriter, command: unknown, commandId?: string) {
    return writer.execute(command, contextOf(commandId), 1);
  }

  async function eventsOf(): Promise<readonly RecordedEvent[]> {
    return store.readStream(stream, { limit: 10_000 });
  }

  async function typesOf(): Promise<string[]> {
    return (await eventsOf()).map(({ type }) => type);
  }

  /** The store, and the first revision of every page that is read of the stream. */
  function watched() {
    const reads: (number | undefined)[] = [];
    const readStream: EventStore['readStream'] = (name, request) => {
      reads.push(request.from);
      return store.readStream(name, request);
    };
    return { reads, store: { ...faultyStore(store, []), readStream } };
  }

  /** Has the state of the stream, and none of the commands that led to it: they were forgotten long ago. */
  async function snapshotsWithoutCommands(): Promise<PostgresSnapshots> {
    const snapshots = new PostgresSnapshots(database.pool);
    const last = (await eventsOf()).at(-1) as RecordedEvent;
    const loaded = await loadStream(store, stockAggregate, stream, undefined);
    const state = stockAggregate.snapshots.save(loaded.state as Stock);
    const snapshot = { revision: last.revision, eventId: last.id, lastAt: now, state, recent: [] };
    await snapshots.save(stream, stockAggregate.snapshots.version, snapshot);
    return snapshots;
  }

  it('is idle until it has something to do, and when it is done', async () => {
    const gated = gatedStore(store);
    const writer = writerOn({ store: gated.store });
    expect(writer.idle).toBe(true);
    await writer.untilIdle();
    const outcome = execute(writer, provide);
    const done = writer.untilIdle();
    await gated.arrived;
    expect(writer.idle).toBe(false);
    gated.open();
    await done;
    expect(writer.idle).toBe(true);
    expect(await outcome).toMatchObject({ outcome: 'recorded' });
  });

  it('knows whether the stream has events', async () => {
    const writer = writerOn();
    expect(writer.hasEvents).toBe(false);
    expect(await execute(writer, buy)).toMatchObject({ outcome: 'rejected' });
    expect(writer.hasEvents).toBe(false);
    for (let n = 0; n < 2; n++) {
      await execute(writer, provide);
      expect(writer.hasEvents).toBe(true);
    }
  });

  it('takes as many commands into a batch as it may, and counts them', async () => {
    const writer = writerOn({ batchCommandsMax: 2 });
    await Promise.all([1, 2, 3].map(() => execute(writer, provide)));
    const { values } = await around.metrics.batchCommands.get();
    const valueOf = (end: string) => values.find(({ metricName }) => metricName?.endsWith(end))?.value;
    expect([valueOf('_count'), valueOf('_sum')]).toEqual([2, 3]);
  });

  it('puts no more events into an append than it may', async () => {
    const sizes: number[] = [];
    const append: EventStore['append'] = (...call) => {
      sizes.push(call[2].length);
      return store.append(...call);
    };
    const writer = writerOn({ store: { ...faultyStore(store, []), append }, batchEventsMax: 2 });
    await Promise.all([1, 2, 3].map(() => execute(writer, provide)));
    expect(sizes).toEqual([2, 1]);
  });

  it('reads the stream once more before it says no, and not again', async () => {
    const { reads, store: watchedStore } = watched();
    const writer = writerOn({ store: watchedStore });
    await execute(writer, provide);
    expect(reads).toEqual([0]);
    expect(await execute(writer, buyTooMuch)).toMatchObject({ outcome: 'rejected' });
    expect(reads).toEqual([0, 0]);
    await execute(writerOn(), provide);
    expect(await execute(writer, buyTooMuch)).toMatchObject({ rejection: { available: 10 } });
    expect(reads).toEqual([0, 0, 0]);
  });

  it('does not read the stream again before it says no to what a conflict brought', async () => {
    const { reads, store: watchedStore } = watched();
    const writer = writerOn({ store: watchedStore });
    await execute(writer, { ...provide, quantity: 1 });
    await execute(writerOn(), buy);
    reads.length = 0;
    expect(await execute(writer, buy)).toMatchObject({ outcome: 'rejected' });
    expect(reads).toEqual([0]);
  });

  it('gives up after fifty conflicts in a row, and says that nothing was recorded', async () => {
    let tries = 0;
    const append: EventStore['append'] = async (...call) => {
      tries += 1;
      await execute(writerOn(), provide);
      return store.append(...call);
    };
    const writer = writerOn({ store: { ...faultyStore(store, []), append } });
    await execute(writerOn(), provide);
    await expect(execute(writer, buy)).rejects.toThrow(
      new Contended(`${stream} had 50 conflicts in a row with other processes; nothing was recorded`),
    );
    expect(tries).toBe(50);
    expect(await typesOf()).not.toContain('UnitsPurchased');
  });

  it('fails the commands of a batch that cannot be loaded, and loads the stream for the next', async () => {
    let isAway = true;
    const readStream: EventStore['readStream'] = async (...call) => {
      if (isAway) throw new StoreUnavailable('reads are away');
      return store.readStream(...call);
    };
    const writer = writerOn({ store: { ...faultyStore(store, []), readStream } });
    await expect(execute(writer, provide)).rejects.toThrow('reads are away');
    isAway = false;
    expect(await execute(writer, provide)).toMatchObject({ outcome: 'recorded', revision: 0 });
  });

  it('loads the stream again after an append that failed', async () => {
    const { reads, store: watchedStore } = watched();
    let isBroken = false;
    const append: EventStore['append'] = async (...call) => {
      if (isBroken) throw new Error('permission denied');
      return store.append(...call);
    };
    const writer = writerOn({ store: { ...watchedStore, append } });
    await execute(writer, provide);
    isBroken = true;
    await expect(execute(writer, provide)).rejects.toThrow('permission denied');
    isBroken = false;
    reads.length = 0;
    expect(await execute(writer, provide)).toMatchObject({ outcome: 'recorded', revision: 1 });
    expect(reads).toEqual([0]);
  });

  it('writes streams of aggregates in which nothing falls due', async () => {
    stream = itemAggregate.streamOf(stream);
    const create = { type: 'CreateItem', itemId: 'a', number: 1, name: 'a', price: 1 };
    expect(await execute(writerOn({}, itemAggregate), create)).toMatchObject({ outcome: 'recorded', revision: 0 });
  });

  it('fails a command that cannot be decided', async () => {
    const broken: AnyAggregate = {
      ...stockAggregate,
      decide: () => {
        throw new Error('a defect');
      },
    };
    await expect(execute(writerOn({}, broken), provide)).rejects.toThrow(new Error('a defect'));
  });

  it('loads a stream anew that has become shorter, and decides', async () => {
    const writer = writerOn({
      store: {
        ...faultyStore(store, []),
        append: (_, expected, events) => store.append(stream, expected, events),
        readStream: (_, request) => store.readStream(stream, request),
      },
    });
    for (let n = 0; n < 2; n++) await execute(writer, provide);
    stream += '2';
    await execute(writerOn(), provide);
    expect(await execute(writer, buy)).toMatchObject({ outcome: 'recorded', revision: 1 });
  });

  it('does nothing for a batch whose callers all gave up while it was loaded', async () => {
    const gate = Promise.withResolvers<void>();
    const tried: unknown[] = [];
    let reads = 0;
    const readStream: EventStore['readStream'] = async (...call) => {
      reads += 1;
      await gate.promise;
      return store.readStream(...call);
    };
    const append: EventStore['append'] = async (...call) => {
      tried.push(call);
      return store.append(...call);
    };
    const writer = writerOn({ store: { ...faultyStore(store, []), readStream, append } });
    await expect(writer.execute(buy, contextOf(undefined, 500), 1)).rejects.toThrow(InDoubt);
    gate.resolve();
    await writer.untilIdle();
    expect([tried, reads]).toEqual([[], 1]);
  });

  describe('of a stream whose last event has a later time than its clock', () => {
    async function behindSeconds(): Promise<unknown> {
      return (await around.metrics.clockBehindSeconds.get()).values[0]?.value;
    }

    it('goes on with that time, up to two seconds', async () => {
      const writer = writerOn();
      expect(await execute(writer, provide)).toMatchObject({ at: now });
      expect(await behindSeconds()).toBe(0);
      now -= 2000;
      expect(await execute(writer, provide)).toMatchObject({ outcome: 'recorded', at: now + 2000 });
      expect(await behindSeconds()).toBe(2);
      now += 5000;
      expect(await execute(writer, provide)).toMatchObject({ at: now });
      expect(await behindSeconds()).toBe(0);
    });

    it('records nothing beyond that', async () => {
      await execute(writerOn(), provide);
      now -= 2001;
      await expect(execute(writerOn(), provide)).rejects.toThrow(
        new ClockBehind(`the last event of ${stream} is 2001 ms ahead of this process’s clock`),
      );
    });
  });

  describe('that rejects a command for coming too late', () => {
    const hold: StockCommand = { type: 'Hold', holdId: 'h', customerId: 'ann', quantity: 1, ttlMs: 1000 };

    beforeEach(async () => {
      await execute(writerOn(), provide);
      await execute(writerOn(), { type: 'SetClosingTime', closesAt: now + 100 });
    });

    it('notes the time first, once', async () => {
      now += 100;
      const { reads, store: watchedStore } = watched();
      const writer = writerOn({ store: watchedStore });
      for (let n = 0; n < 2; n++) expect(await execute(writer, hold)).toMatchObject({ rejection: { code: 'CLOSED' } });
      expect(await typesOf()).toEqual(['UnitsProvided', 'ClosingTimeSet', 'TimeNoted']);
      expect(reads).toEqual([0, 1, 2]);
      const { metadata } = (await eventsOf())[2] as RecordedEvent;
      expect(metadata).toMatchObject({ at: now, userId: null });
      expect(metadata.$correlationId).toBe(metadata.commandId);
    });

    it('decides again when another process has changed its mind meanwhile', async () => {
      now += 100;
      const append: EventStore['append'] = async (...call) => {
        if (call[2][0]?.type === 'TimeNoted') await execute(writerOn(), { type: 'SetClosingTime', closesAt: null });
        return store.append(...call);
      };
      const writer = writerOn({ store: { ...faultyStore(store, []), append } });
      expect(await execute(writer, hold)).toMatchObject({ outcome: 'recorded' });
      expect(await typesOf()).toEqual(['UnitsProvided', 'ClosingTimeSet', 'ClosingTimeSet', 'UnitsHeld']);
    });

    it('notes the time for one of several commands', async () => {
      now += 100;
      const writer = writerOn();
      const answers = await Promise.all([execute(writer, { type: 'Reinstate' }), execute(writer, hold)]);
      expect(answers).toMatchObject([{ outcome: 'unchanged' }, { outcome: 'rejected' }]);
      expect(await typesOf()).toContain('TimeNoted');
    });

    it('notes nothing when the last event is of that time', async () => {
      now += 100;
      await execute(writerOn(), provide);
      expect(await execute(writerOn(), hold)).toMatchObject({ outcome: 'rejected' });
      expect(await typesOf()).not.toContain('TimeNoted');
    });

    it('notes nothing for what is rejected or unchanged whatever the time', async () => {
      const writer = writerOn();
      expect(await execute(writer, buyTooMuch)).toMatchObject({ outcome: 'rejected' });
      expect(await execute(writer, { type: 'Reinstate' })).toMatchObject({ outcome: 'unchanged' });
      expect(await typesOf()).not.toContain('TimeNoted');
    });

    it('answers at once where nothing can note the time', async () => {
      now += 100;
      const { noteTime: _noteTime, ...timeless } = stockAggregate;
      expect(await execute(writerOn({}, timeless), hold)).toMatchObject({ outcome: 'rejected' });
      expect(await typesOf()).toHaveLength(2);
    });
  });

  it('fails where an internal command records nothing', async () => {
    const odd: AnyAggregate = { ...stockAggregate, due: () => ({ type: 'Reinstate' }) };
    await expect(execute(writerOn({}, odd), provide)).rejects.toThrow(
      `an internal command of ${stream} recorded nothing`,
    );
  });

  describe('asked for a command again that was recorded', () => {
    async function recordedBefore(command: StockCommand = buy): Promise<string> {
      const commandId = randomUUID();
      await execute(writerOn(), provide);
      await execute(writerOn(), command, commandId);
      return commandId;
    }

    it('answers from its events', async () => {
      const commandId = await recordedBefore();
      const [, event] = await eventsOf();
      expect(await execute(writerOn(), buy, commandId)).toEqual({
        outcome: 'recorded',
        events: [{ ...(event?.data as object), type: 'UnitsPurchased' }],
        at: now,
        revision: 1,
        position: event?.position,
        repeated: true,
      });
    });

    it('is in doubt when they cannot be read, and done with it', async () => {
      const commandId = await recordedBefore();
      let isAway = false;
      const readStream: EventStore['readStream'] = async (...call) => {
        if (isAway && call[1].limit === 1) throw new StoreUnavailable('reads are away');
        return store.readStream(...call);
      };
      const writer = writerOn({ store: { ...faultyStore(store, []), readStream } });
      await execute(writer, buy);
      isAway = true;
      const doubt = (await execute(writer, buy, commandId).catch((error: unknown) => error)) as InDoubt;
      expect(doubt).toBeInstanceOf(InDoubt);
      expect(doubt.message).toBe('the recorded events cannot be read: reads are away');
      expect(await doubt.settled).toBeUndefined();
    });

    it('fails when the store has lost them', async () => {
      const commandId = await recordedBefore();
      const readStream: EventStore['readStream'] = async (name, request) =>
        request.limit === 1 ? [] : store.readStream(name, request);
      const writer = writerOn({ store: { ...faultyStore(store, []), readStream } });
      await execute(writer, buy);
      await expect(execute(writer, buy, commandId)).rejects.toThrow(
        `${stream} ends before a command that was recorded there`,
      );
    });
  });

  describe('that has forgotten commands', () => {
    /** The store, and the ids that it is asked to find. */
    function asked(answer: EventStore['findEvents'] = (...call) => store.findEvents(...call)) {
      const ids: (readonly string[])[] = [];
      const findEvents: EventStore['findEvents'] = (name, wanted) => {
        ids.push(wanted);
        return answer(name, wanted);
      };
      return { ids, store: { ...faultyStore(store, []), findEvents } };
    }

    async function soldOut(): Promise<string> {
      const commandId = randomUUID();
      await execute(writerOn(), { ...provide, quantity: 1 });
      await execute(writerOn(), buy, commandId);
      return commandId;
    }

    it('looks for those that it is about to say no to', async () => {
      const commandId = await soldOut();
      const { ids, store: askedStore } = asked();
      const writer = writerOn({ store: askedStore, snapshots: await snapshotsWithoutCommands() });
      const [other, unchanged] = [randomUUID(), randomUUID()];
      const outcomes = await Promise.all([
        execute(writer, buy, other),
        execute(writer, buy, commandId),
        execute(writer, { type: 'Reinstate' }, unchanged),
      ]);
      expect(outcomes).toMatchObject([
        { outcome: 'rejected' },
        { outcome: 'recorded', revision: 1, repeated: true },
        { outcome: 'unchanged' },
      ]);
      expect(ids).toEqual([[other, commandId, unchanged]]);
    });

    it('answers from what the store recognises, and records the others', async () => {
      const commandId = randomUUID();
      await execute(writerOn(), provide, commandId);
      const writer = writerOn({ snapshots: await snapshotsWithoutCommands() });
      expect(await execute(writer, provide, commandId)).toMatchObject({
        outcome: 'recorded',
        revision: 0,
        repeated: true,
      });
      expect(await execute(writer, provide)).toMatchObject({ outcome: 'recorded', revision: 1, repeated: false });
    });

    it('looks for them also beside what it records', async () => {
      const commandId = await soldOut();
      const { ids, store: askedStore } = asked();
      const writer = writerOn({ store: askedStore, snapshots: await snapshotsWithoutCommands() });
      const outcomes = await Promise.all([execute(writer, buy, commandId), execute(writer, provide)]);
      expect(outcomes).toMatchObject([
        { outcome: 'recorded', revision: 1, repeated: true },
        { outcome: 'recorded', revision: 2, repeated: false },
      ]);
      expect(ids).toEqual([[commandId]]);
    });

    it('asks for nothing when it has forgotten none, and nothing for what it records', async () => {
      await soldOut();
      const { ids, store: askedStore } = asked();
      expect(await execute(writerOn({ store: askedStore }), buy)).toMatchObject({ outcome: 'rejected' });
      const writer = writerOn({ store: askedStore, snapshots: await snapshotsWithoutCommands() });
      expect(await execute(writer, provide)).toMatchObject({ outcome: 'recorded' });
      expect(ids).toEqual([]);
    });

    it('is in doubt of them, and of no others, while the store cannot be asked', async () => {
      const commandId = await soldOut();
      const { store: askedStore } = asked(async () => Promise.reject(new StoreUnavailable('reads are away')));
      const writer = writerOn({ store: askedStore, snapshots: await snapshotsWithoutCommands() });
      const [again, other] = await Promise.allSettled([execute(writer, buy, commandId), execute(writer, provide)]);
      expect(again).toMatchObject({ reason: { message: 'the recorded events cannot be read: reads are away' } });
      expect(again).toMatchObject({ reason: expect.any(InDoubt) });
      expect(other).toMatchObject({ status: 'fulfilled', value: { outcome: 'recorded' } });
    });

    it('fails them as the look-up failed', async () => {
      const commandId = await soldOut();
      const { store: askedStore } = asked(async () => Promise.reject(new Error('permission denied')));
      const writer = writerOn({ store: askedStore, snapshots: await snapshotsWithoutCommands() });
      await expect(execute(writer, buy, commandId)).rejects.toThrow(new Error('permission denied'));
    });
  });

  it('answers the commands of an append that was done from its events, and decides the others', async () => {
    const writer = writerOn({ store: faultyStore(store, ['lost-answer']) });
    const outcomes = await Promise.all([
      execute(writer, { ...provide, quantity: 1 }),
      execute(writer, buyTooMuch),
      execute(writer, provide),
    ]);
    expect(outcomes).toMatchObject([
      { outcome: 'recorded', events: [{ quantity: 1 }], revision: 0, repeated: true },
      { outcome: 'rejected', rejection: { available: 6 } },
      { outcome: 'recorded', events: [{ quantity: 5 }], revision: 1, repeated: true },
    ]);
  });

  it('gives one answer to a command that it is asked for twice at once', async () => {
    const [writer, commandId] = [writerOn(), randomUUID()];
    const [first, second] = await Promise.all([1, 2].map(() => execute(writer, provide, commandId)));
    expect(first).toMatchObject({ outcome: 'recorded', revision: 0, repeated: false });
    expect(second).toEqual({ ...first, repeated: true });
  });

  describe('whose commands the store has recorded, though it was not in the stream', () => {
    /** A store that has recorded the commands before, and tells only that there is a conflict. */
    function reporting(commandIds: readonly string[]): EventStore {
      const append: EventStore['append'] = async (name, expected, events) => {
        const isKnown = events.some(({ id }) => commandIds.includes(id));
        return isKnown ? { outcome: 'conflict', actual: expected } : store.append(name, expected, events);
      };
      return { ...faultyStore(store, []), append };
    }

    it('finds which they are one by one, and records the others', async () => {
      const known = [randomUUID(), randomUUID()] as const;
      for (const commandId of known) await execute(writerOn(), provide, commandId);
      const writer = writerOn({ store: reporting(known), snapshots: await snapshotsWithoutCommands() });
      const commandIds = [known[0], randomUUID(), known[1]];
      const outcomes = await Promise.all(commandIds.map((commandId) => execute(writer, provide, commandId)));
      expect(outcomes).toMatchObject([
        { outcome: 'recorded', revision: 0, repeated: true },
        { outcome: 'recorded', revision: 2, repeated: false },
        { outcome: 'recorded', revision: 1, repeated: true },
      ]);
      expect(await eventsOf()).toHaveLength(3);
    });

    it('does not know of one that is not in the stream', async () => {
      const commandId = randomUUID();
      await execute(writerOn(), provide);
      const writer = writerOn({ store: reporting([commandId]), snapshots: await snapshotsWithoutCommands() });
      const outcome = execute(writer, provide, commandId);
      await expect(outcome).rejects.toThrow(
        `${stream}: the store reports recorded events of a command, but they were not found`,
      );
      await expect(outcome).rejects.toThrow(OutcomeUnknown);
    });
  });
});
