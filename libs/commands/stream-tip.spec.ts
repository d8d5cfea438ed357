import { randomUUID } from 'node:crypto';
import { itemAggregate, itemStock, stockAggregate, stockStream, type Stock, type StockCommand } from '#domain';
import { finish } from '#domain/aggregate';
import { codecOf, OutcomeUnknown, type EventStore } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { createMetrics } from '#platform';
import { faultyStore, freshDatabase, type Fault, type FreshDatabase } from '#dev/testing';
import type { AnyAggregate } from './any-aggregate.ts';
import { decideBatch } from './decide-batch.ts';
import { eventIdOf } from './event-ids.ts';
import { commandMetrics } from './metrics.ts';
import { PostgresSnapshots, snapshotMigrations, type Snapshot } from './snapshots.ts';
import { StreamTip, type TipSurroundings } from './stream-tip.ts';

const wide = { eventsMax: 1000, bytesMax: 1_000_000 };

class WatchedSnapshots extends PostgresSnapshots {
  readonly saved: Snapshot[] = [];
  readonly saves: Promise<void>[] = [];

  override async save(stream: string, version: number, snapshot: Snapshot): Promise<void> {
    this.saved.push(snapshot);
    const save = super.save(stream, version, snapshot);
    this.saves.push(save);
    return save;
  }
}

describe('the tip of a stream', () => {
  let database: FreshDatabase;
  let store: PostgresEventStore;
  let snapshots: WatchedSnapshots;
  let around: TipSurroundings;
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
    snapshots = new WatchedSnapshots(database.pool);
    around = {
      store,
      snapshots,
      snapshotEveryEvents: 1_000_000,
      snapshotEveryMs: 0,
      metrics: commandMetrics(createMetrics('test')),
      giveUp: new AbortController().signal,
    };
  });

  function tipOn(more: Partial<TipSurroundings> = {}): StreamTip {
    return new StreamTip(stockAggregate, stream, { ...around, ...more });
  }

  /** Decides a command, and appends it. */
  async function append(tip: StreamTip, command: StockCommand, at = 1000) {
    const context = { commandId: randomUUID(), correlationId: 'test', userId: null, deadline: 0 };
    const decided = decideBatch(stockAggregate, await tip.current(), [{ command, context }], at, wide);
    return tip.append(decided, at);
  }

  const provide: StockCommand = { type: 'Provide', quantity: 1, provideId: null };

  /** Appends so many events of each command, without deciding anything. */
  async function recordedOf(commands: readonly (readonly [commandId: string, count: number])[]): Promise<void> {
    const { balance } = stockAggregate.initial;
    const events = commands.flatMap(([commandId, count]) =>
      Array.from({ length: count }, (_, index) =>
        codecOf(stockAggregate).encode(
          eventIdOf(commandId, index),
          { type: 'TimeNoted', balance },
          { $correlationId: 'c', $causationId: 'c', commandId, userId: null, at: 1000 },
        ),
      ),
    );
    await store.append(stream, 'none', events);
  }

  function fillers(count: number) {
    return Array.from({ length: count }, () => [randomUUID(), 1] as const);
  }

  function watched() {
    const reads: unknown[] = [];
    const readStream: EventStore['readStream'] = (name, request) => {
      reads.push(request);
      return store.readStream(name, request);
    };
    return { reads, store: { ...faultyStore(store, []), readStream } };
  }

  describe('finds the events of one command by reading backwards', () => {
    it('up to the first event of the stream', async () => {
      const [first, second] = [randomUUID(), randomUUID()];
      await recordedOf([[first, 1], ...fillers(999), [second, 1]]);
      expect((await tipOn().findRecorded(first)).map(({ revision }) => revision)).toEqual([0]);
      expect((await tipOn().findRecorded(second)).map(({ revision }) => revision)).toEqual([1000]);
      expect(await tipOn().findRecorded(randomUUID())).toEqual([]);
    });

    it('and reads no further than it must', async () => {
      const command = randomUUID();
      await recordedOf([...fillers(1500), [command, 3], ...fillers(1200)]);
      const { reads, store: watchedStore } = watched();
      const tip = tipOn({ store: watchedStore });
      await tip.current();
      reads.length = 0;
      expect((await tip.findRecorded(command)).map(({ revision }) => revision)).toEqual([1500, 1501, 1502]);
      expect(reads).toEqual([
        { direction: 'backwards', from: 2702, limit: 1000 },
        { direction: 'backwards', from: 1702, limit: 1000 },
      ]);
    });

    it('all of them, though a page ends between them', async () => {
      const command = randomUUID();
      await recordedOf([...fillers(10), [command, 5], ...fillers(997)]);
      expect((await tipOn().findRecorded(command)).map(({ revision }) => revision)).toEqual([10, 11, 12, 13, 14]);
    });
  });

  it('finds the events of several commands in a store that can, and of none in one that cannot', async () => {
    const [one, other, unknown] = [randomUUID(), randomUUID(), randomUUID()];
    await recordedOf([...fillers(3), [one, 2], [other, 1], ...fillers(3)]);
    const found = await tipOn().findForgotten([one, unknown, other]);
    const revisions = [...found].map(([command, events]) => [command, events.map(({ revision }) => revision)] as const);
    expect(new Map(revisions)).toEqual(
      new Map([
        [one, [3, 4]],
        [other, [5]],
      ]),
    );
    const blind = tipOn({ store: { ...faultyStore(store, []), findEvents: undefined } });
    expect(await blind.findForgotten([one])).toEqual(new Map());
  });

  it('finds the events at a revision', async () => {
    await recordedOf(fillers(5));
    expect((await tipOn().recorded(1, 2)).map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it('appends at the end that it knows, and remembers where each command is', async () => {
    const expected: unknown[] = [];
    const appendWatched: EventStore['append'] = (...call) => {
      expected.push(call[1]);
      return store.append(...call);
    };
    const tip = tipOn({ store: { ...faultyStore(store, []), append: appendWatched } });
    const commandIds = [randomUUID(), randomUUID(), randomUUID()];
    const commands = commandIds.map((commandId) => {
      return { command: provide, context: { commandId, correlationId: 'test', userId: null, deadline: 0 } };
    });
    await append(tip, provide);
    await tip.append(decideBatch(stockAggregate, await tip.current(), commands, 1000, wide), 1000);
    await append(tip, provide);
    expect(expected).toEqual(['none', 0, 3]);
    const { recent } = await tip.current();
    expect(commandIds.map((commandId) => recent.find(commandId)?.revision)).toEqual([1, 2, 3]);
  });

  it('takes in what other processes wrote, and says whether there was anything', async () => {
    const [tip, other] = [tipOn(), tipOn()];
    await append(tip, provide);
    for (let n = 0; n < 3; n++) await append(other, provide);
    expect(await tip.catchUp()).toBe(true);
    expect(await tip.catchUp()).toBe(false);
    expect(tip.known).toMatchObject({ revision: 3, state: { balance: { total: 4 } } });
  });

  it('knows nothing before it is asked, and nothing more when it is to forget', async () => {
    const tip = tipOn();
    expect(tip.known).toBeUndefined();
    await append(tip, provide);
    expect(tip.known).toMatchObject({ revision: 0, lastAt: 1000 });
    tip.forget();
    expect(tip.known).toBeUndefined();
  });

  it('counts its appends, its doubts and its conflicts', async () => {
    const faults: Fault[] = [];
    const [tip, other] = [tipOn({ store: faultyStore(store, faults) }), tipOn()];
    const counted = async () => {
      const { doubts, conflicts, appendSeconds } = around.metrics;
      const [one, two] = [await doubts.get(), await conflicts.get()];
      const appends = (await appendSeconds.get()).values.find(({ metricName }) => metricName?.endsWith('_count'));
      return [one.values[0]?.value, two.values[0]?.value, appends?.value ?? 0];
    };
    await append(tip, provide);
    expect(await counted()).toEqual([0, 0, 1]);
    faults.push('lost-answer');
    expect(await append(tip, provide)).toMatchObject({ afterDoubt: true });
    expect(await counted()).toEqual([1, 0, 2]);
    await tip.current();
    await append(other, provide);
    expect((await append(tip, provide)).result).toMatchObject({ outcome: 'conflict' });
    expect(await counted()).toEqual([1, 1, 4]);
    expect(tip.known).toMatchObject({ revision: 1 });
  });

  it('reads on after a doubt, also where the store answers a repeat like a first call', async () => {
    let answer: Awaited<ReturnType<EventStore['append']>> | undefined;
    const appendTwice: EventStore['append'] = async (...call) => {
      if (answer !== undefined) return answer;
      answer = await store.append(...call);
      await append(tipOn(), provide);
      throw new OutcomeUnknown('the connection was lost');
    };
    await append(tipOn(), provide);
    const { reads, store: watchedStore } = watched();
    const tip = tipOn({ store: { ...watchedStore, append: appendTwice } });
    expect(await append(tip, provide)).toMatchObject({ result: { outcome: 'appended' }, afterDoubt: true });
    reads.length = 0;
    expect(await tip.current()).toMatchObject({ revision: 2, state: { balance: { total: 3 } } });
    expect(reads).toEqual([{ from: 0, limit: 1000 }]);
  });

  it('reads on after the events were there already', async () => {
    const [tip, other] = [tipOn(), tipOn()];
    const context = { commandId: randomUUID(), correlationId: 'test', userId: null, deadline: 0 };
    const decide = async (one: StreamTip) =>
      decideBatch(stockAggregate, await one.current(), [{ command: provide, context }], 1000, wide);
    const decided = [await decide(tip), await decide(other)] as const;
    await other.append(decided[1], 1000);
    await append(other, provide);
    expect((await tip.append(decided[0], 1000)).result).toMatchObject({ outcome: 'already-done' });
    expect(await tip.current()).toMatchObject({ revision: 1, state: { balance: { total: 2 } } });
  });

  it.each([
    ['none', 0],
    [0, 1],
  ] as const)('forgets a stream that ends at %s, before what it knows', async (actual, revision) => {
    const shorter: EventStore['append'] = async () => ({ outcome: 'conflict', actual });
    const known = tipOn();
    for (let n = 0; n <= revision; n++) await append(known, provide);
    const tip = tipOn({ store: { ...faultyStore(store, []), append: shorter } });
    await append(tip, provide);
    expect(tip.known).toBeUndefined();
  });

  it('keeps what it knows when the stream ends there, and has one of its commands', async () => {
    const same: EventStore['append'] = async () => ({ outcome: 'conflict', actual: 0 });
    await append(tipOn(), provide);
    const tip = tipOn({ store: { ...faultyStore(store, []), append: same } });
    await append(tip, provide);
    expect(tip.known).toMatchObject({ revision: 0 });
  });

  describe('saves a snapshot', () => {
    it('each time that so many events were added, with all that loading needs', async () => {
      const tip = tipOn({ snapshotEveryEvents: 3 });
      for (let n = 0; n < 8; n++) await append(tip, provide, 1000 + n);
      expect(snapshots.saved.map(({ revision }) => revision)).toEqual([2, 5]);
      await Promise.all(snapshots.saves);
      const last = (await store.readStream(stream, { from: 5, limit: 1 }))[0];
      const found = await snapshots.find(stream, stockAggregate.snapshots.version);
      expect(found).toMatchObject({ revision: 5, eventId: last?.id, lastAt: 1005 });
      expect(finish(stockAggregate.snapshots.load(found?.state))).toMatchObject({ balance: { total: 6 } });
      expect(found?.recent).toHaveLength(6);
    });

    it('not before so much time has passed since the last', async () => {
      const tip = tipOn({ snapshotEveryEvents: 1, snapshotEveryMs: 100 });
      for (const at of [1000, 1099, 1100, 1199, 1250]) await append(tip, provide, at);
      expect(snapshots.saved.map(({ lastAt }) => lastAt)).toEqual([1000, 1100, 1250]);
    });

    it('and none of an aggregate without a format', async () => {
      const tip = new StreamTip(itemAggregate as AnyAggregate, 'catalog-a', { ...around, snapshotEveryEvents: 1 });
      const command = { type: 'CreateItem', itemId: 'a', number: 1, name: 'a', price: 1 };
      const context = { commandId: randomUUID(), correlationId: 'test', userId: null, deadline: 0 };
      await tip.append(decideBatch(itemAggregate, await tip.current(), [{ command, context }], 1000, wide), 1000);
      expect(tip.known).toMatchObject({ revision: 0 });
      expect(snapshots.saved).toEqual([]);
    });

    it('and works without any place for them', async () => {
      const tip = tipOn({ snapshots: undefined, snapshotEveryEvents: 1 });
      await append(tip, provide);
      expect(tip.known).toMatchObject({ revision: 0 });
    });
  });

  it('works without snapshots that cannot be read or saved, and counts them', async () => {
    const broken = {
      find: async () => Promise.reject(new Error('no table')),
      save: async () => Promise.reject(new Error('no table')),
    };
    const failures = async () => (await around.metrics.snapshotFailures.get()).values[0]?.value;
    await append(tipOn(), provide);
    const tip = tipOn({ snapshots: broken, snapshotEveryEvents: 1 });
    expect((await tip.current()).state as Stock).toMatchObject({ balance: { total: 1 } });
    expect(await failures()).toBe(1);
    await append(tip, provide);
    expect(await failures()).toBe(2);
    expect(tip.known).toMatchObject({ revision: 1 });
  });
});
