import { randomUUID } from 'node:crypto';
import { itemStock, stockAggregate, stockStream } from '#domain';
import { codecOf, type EventStore } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { balanceOf, faultyStore, freshDatabase, type FreshDatabase } from '#dev/testing';
import { catchUp, loadStream, type LoadedStream } from './loaded-stream.ts';
import { RecentCommands } from './recent-commands.ts';
import type { Snapshot } from './snapshots.ts';

describe('a stream that is loaded', () => {
  let database: FreshDatabase;
  let store: PostgresEventStore;
  let stream: string;
  let streams = 0;

  beforeAll(async () => {
    database = await freshDatabase(eventStoreMigrations);
    store = await PostgresEventStore.connect(database.url);
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  beforeEach(() => {
    stream = stockStream(itemStock(`item${++streams}`));
  });

  /** Records an event at each of the times, the total of each being its number; returns their ids. */
  async function recorded(times: readonly number[]): Promise<string[]> {
    const ids = times.map(() => randomUUID());
    const events = times.map((at, n) => {
      const commandId = ids[n] as string;
      const event = {
        type: 'UnitsProvided',
        quantity: 1,
        provideId: null,
        providerId: null,
        balance: balanceOf({ total: n + 1 }),
      } as const;
      const metadata = { $correlationId: 'c', $causationId: 'c', commandId, userId: null, at };
      return codecOf(stockAggregate).encode(commandId, event, metadata);
    });
    await store.append(stream, 'none', events);
    return ids;
  }

  function load(snapshot?: Snapshot, from: EventStore = store): Promise<LoadedStream> {
    return loadStream(from, stockAggregate, stream, snapshot);
  }

  function watched() {
    const reads: unknown[] = [];
    const readStream: EventStore['readStream'] = (name, request) => {
      reads.push(request);
      return store.readStream(name, request);
    };
    return { reads, store: { ...faultyStore(store, []), readStream } };
  }

  async function snapshotAt(revision: number, ids: readonly string[], remembered = ids): Promise<Snapshot> {
    const recent = new RecentCommands();
    for (const id of remembered.slice(0, revision + 1)) recent.remember(id, ids.indexOf(id), 500);
    const stock = { ...stockAggregate.initial, balance: balanceOf({ total: 100 }) };
    const state = stockAggregate.snapshots.save(stock);
    return { revision, eventId: ids[revision] as string, lastAt: 5000, state, recent: recent.save() };
  }

  it('is as at first when it has no events', async () => {
    expect(await load()).toMatchObject({
      state: stockAggregate.initial,
      revision: -1,
      lastEventId: undefined,
      lastAt: 0,
      snapshotRevision: -1,
      snapshotAt: 0,
    });
  });

  it('has all that its events tell, and the latest of their times', async () => {
    const ids = await recorded([1000, 1200, 1100]);
    const loaded = await load();
    expect(loaded).toMatchObject({
      state: { balance: balanceOf({ total: 3 }) },
      revision: 2,
      lastEventId: ids[2],
      lastAt: 1200,
      snapshotRevision: -1,
    });
    expect(loaded.recent.find(ids[1] as string)).toEqual({ revision: 1, count: 1, at: 1200 });
  });

  it('is read in pages, to its end', async () => {
    const { reads, store: watchedStore } = watched();
    await recorded(Array.from({ length: 2000 }, () => 1000));
    expect(await load(undefined, watchedStore)).toMatchObject({ revision: 1999, state: { balance: { total: 2000 } } });
    expect(reads).toEqual([0, 1000, 2000].map((from) => ({ from, limit: 1000 })));
  });

  it('is read on from where it was known', async () => {
    const { reads, store: watchedStore } = watched();
    await recorded([1000, 1000]);
    const known = await load();
    expect(await catchUp(watchedStore, stockAggregate, stream, known)).toEqual(known);
    expect(reads).toEqual([{ from: 1, limit: 1000 }]);
  });

  it('is read from its snapshot on', async () => {
    const { reads, store: watchedStore } = watched();
    const ids = await recorded([1000, 1000, 1000]);
    const snapshot = await snapshotAt(2, ids);
    expect(await load(snapshot, watchedStore)).toMatchObject({
      state: { balance: balanceOf({ total: 100 }) },
      revision: 2,
      lastEventId: ids[2],
      lastAt: 5000,
      snapshotRevision: 2,
      snapshotAt: 5000,
    });
    expect(reads).toEqual([
      { from: 2, limit: 1 },
      { from: 2, limit: 1000 },
    ]);
  });

  it('knows whether its snapshot has all its commands', async () => {
    const ids = await recorded([1000, 1000, 1000]);
    const [whole, cut] = [await load(await snapshotAt(2, ids)), await load(await snapshotAt(2, ids, ids.slice(1)))];
    expect([whole.recent.isComplete, cut.recent.isComplete]).toEqual([true, false]);
    expect(whole.recent.find(ids[0] as string)).toMatchObject({ revision: 0 });
  });

  it('is read from its first event when the store has another at the end of the snapshot, or none', async () => {
    const ids = await recorded([1000, 1000]);
    const other = { ...(await snapshotAt(1, ids)), eventId: randomUUID() };
    const beyond = { ...(await snapshotAt(1, ids)), revision: 9 };
    for (const snapshot of [other, beyond]) {
      expect(await load(snapshot)).toMatchObject({
        state: { balance: balanceOf({ total: 2 }) },
        revision: 1,
        snapshotRevision: -1,
      });
    }
  });

  it('remembers its commands for half a minute, however many, if the store cannot find them', async () => {
    const ids = await recorded([1000]);
    const blind = { ...faultyStore(store, []), findEvents: undefined };
    const isRemembered = async (from: EventStore, snapshot?: Snapshot) => {
      const { recent } = await load(snapshot, from);
      for (let n = 1; n <= 20_001; n++) recent.remember(`c${n}`, n, 30_999);
      return recent.find(ids[0] as string) !== undefined;
    };
    const snapshot = await snapshotAt(0, ids);
    expect([await isRemembered(blind), await isRemembered(blind, snapshot)]).toEqual([true, true]);
    expect([await isRemembered(store), await isRemembered(store, snapshot)]).toEqual([false, false]);
  });
});
