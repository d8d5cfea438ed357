import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { itemStock, stockAggregate, stockStream, type StockCommand } from '#domain';
import type { EventStore } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { createMetrics } from '#platform';
import { faultyStore, freshDatabase, gatedStore, type FreshDatabase } from '#dev/testing';
import {
  commandMetrics,
  CommandRuntime,
  Draining,
  Overloaded,
  type CommandMetrics,
  type RuntimeBounds,
} from './index.ts';

const provide: StockCommand = { type: 'Provide', quantity: 5, provideId: null };
const buy: StockCommand = { type: 'Purchase', purchaseId: 'p', customerId: 'ann', quantity: 1 };

describe('the bounds of the command runtime', () => {
  let database: FreshDatabase;
  let store: PostgresEventStore;
  let metrics: CommandMetrics;
  let name: string;
  let names = 0;

  beforeAll(async () => {
    database = await freshDatabase(eventStoreMigrations);
    store = await PostgresEventStore.connect(database.url);
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  const opened: (() => void)[] = [];

  afterEach(() => {
    for (const open of opened.splice(0)) open();
  });

  /** A store whose appends wait until the gate is opened, at the end of the test at the latest. */
  function gatedUntilTheEnd() {
    const gated = gatedStore(store);
    opened.push(gated.open);
    return gated;
  }

  beforeEach(() => {
    name = `item${++names}-`;
    metrics = commandMetrics(createMetrics('test'));
  });

  function runtimeOn(bounds: Partial<RuntimeBounds>, events: EventStore = store): CommandRuntime {
    return new CommandRuntime({ store: events, metrics, bounds });
  }

  function streamOf(item: string): string {
    return stockStream(itemStock(name + item));
  }

  function execute(runtime: CommandRuntime, item: string, command: StockCommand = provide) {
    const context = { commandId: randomUUID(), correlationId: 'test', userId: 'ann', deadline: Date.now() + 10_000 };
    return runtime.execute(stockAggregate, streamOf(item), command, context);
  }

  async function valueOf(metric: 'writers' | 'evictions' | 'commandsInProgress'): Promise<number | undefined> {
    return (await metrics[metric].get()).values[0]?.value;
  }

  /** The store, and the items of which a stream is read from its first event: those that are not in memory. */
  function watched() {
    const loads: string[] = [];
    const readStream: EventStore['readStream'] = (stream, request) => {
      if ((request.from ?? 0) === 0) loads.push(stream);
      return store.readStream(stream, request);
    };
    return { loads, store: { ...faultyStore(store, []), readStream } };
  }

  it('evict the stream that was not used for longest, and count it', async () => {
    const { loads, store: watchedStore } = watched();
    const runtime = runtimeOn({ writersMax: 2 }, watchedStore);
    for (const item of ['a', 'b', 'a', 'c']) await execute(runtime, item);
    expect(loads).toEqual(['a', 'b', 'c'].map(streamOf));
    expect([runtime.writersInMemory, await valueOf('evictions')]).toEqual([2, 1]);
    loads.length = 0;
    for (const item of ['c', 'a', 'b']) await execute(runtime, item);
    expect(loads).toEqual([streamOf('b')]);
  });

  it('evict no stream that is written', async () => {
    const gated = gatedUntilTheEnd();
    const runtime = runtimeOn({ writersMax: 1 }, gated.store);
    const outcomes = ['a', 'b'].map((item) => execute(runtime, item));
    await gated.arrived;
    expect(runtime.writersInMemory).toBe(2);
    gated.open();
    await Promise.all(outcomes);
    // Those that are too many go when another comes.
    await execute(runtime, 'a');
    expect(runtime.writersInMemory).toBe(2);
    await execute(runtime, 'c');
    expect(runtime.writersInMemory).toBe(1);
  });

  it('keep a stream in memory that had been dropped for not existing, once it does', async () => {
    const runtime = runtimeOn({});
    expect(await execute(runtime, 'a', buy)).toMatchObject({ outcome: 'rejected' });
    await setImmediate();
    expect(runtime.writersInMemory).toBe(0);
    await execute(runtime, 'a');
    expect(runtime.writersInMemory).toBe(1);
    expect(await valueOf('writers')).toBe(1);
  });

  it('keep a stream that came to exist while a command waited', async () => {
    const runtime = runtimeOn({ batchCommandsMax: 1 });
    const outcomes = await Promise.all([execute(runtime, 'a', buy), execute(runtime, 'a')]);
    await setImmediate();
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['rejected', 'recorded']);
    expect(runtime.writersInMemory).toBe(1);
  });

  it('drop streams that do not exist, in whatever order their commands are answered', async () => {
    const gate = Promise.withResolvers<void>();
    const readStream: EventStore['readStream'] = async (stream, request) => {
      if (stream === streamOf('a')) await gate.promise;
      return store.readStream(stream, request);
    };
    const runtime = runtimeOn({}, { ...faultyStore(store, []), readStream });
    const slow = execute(runtime, 'a', buy);
    await execute(runtime, 'b', buy);
    await setImmediate();
    gate.resolve();
    await slow;
    await setImmediate();
    expect(runtime.writersInMemory).toBe(0);
  });

  it('take no command once the process stops', async () => {
    const runtime = runtimeOn({});
    await runtime.drain(0);
    await expect(execute(runtime, 'a')).rejects.toThrow(new Draining('this process is stopping'));
  });

  it('count a command as long as it is in progress', async () => {
    const gated = gatedUntilTheEnd();
    const runtime = runtimeOn({}, gated.store);
    const outcomes = [execute(runtime, 'a'), execute(runtime, 'b')];
    await gated.arrived;
    expect(await valueOf('commandsInProgress')).toBe(2);
    gated.open();
    await Promise.all(outcomes);
    expect(await valueOf('commandsInProgress')).toBe(0);
  });

  it('count what waits for a stream in bytes: 256 for each command, and two for each letter', async () => {
    const bytes = 256 + 2 * ['Purchase', 'p', 'ann'].join('').length;
    const full = runtimeOn({ queueBytesMax: 2 * bytes - 1 });
    const [first, second] = await Promise.allSettled([execute(full, 'a', buy), execute(full, 'a', buy)]);
    expect([first?.status, second]).toMatchObject(['fulfilled', { reason: expect.any(Overloaded) }]);
    const wide = runtimeOn({ queueBytesMax: 2 * bytes });
    const outcomes = await Promise.all([execute(wide, 'a', buy), execute(wide, 'a', buy)]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected']);
  });

  it('count also the letters that are deeper in a command, and nothing where there is nothing', async () => {
    const noted = { ...buy, labels: { reference: 'cart', metadata: { channel: 'app' } }, earlier: null } as const;
    const bytes = 256 + 2 * ['Purchase', 'p', 'ann', 'cart', 'app'].join('').length;
    const full = runtimeOn({ queueBytesMax: 2 * bytes - 1 });
    const [first, second] = await Promise.allSettled([execute(full, 'a', noted), execute(full, 'a', noted)]);
    expect([first?.status, second]).toMatchObject(['fulfilled', { reason: expect.any(Overloaded) }]);
    const wide = runtimeOn({ queueBytesMax: 2 * bytes });
    await Promise.all([execute(wide, 'a', noted), execute(wide, 'a', noted)]);
  });

  it('stop the wait for a drain once all is done', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const runtime = runtimeOn({});
    await execute(runtime, 'a');
    const before = timers();
    await runtime.drain(60_000);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('are those of a batch, too', async () => {
    const sizes: number[] = [];
    const append: EventStore['append'] = (...call) => {
      sizes.push(call[2].length);
      return store.append(...call);
    };
    const runtime = runtimeOn({ batchCommandsMax: 3, batchEventsMax: 2 }, { ...faultyStore(store, []), append });
    await Promise.all(Array.from({ length: 4 }, () => execute(runtime, 'a')));
    expect(sizes).toEqual([2, 2]);
  });
});
