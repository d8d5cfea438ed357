import { randomUUID } from 'node:crypto';
import { itemAggregate, itemStock, stockAggregate, type Item } from '#domain';
import { StoreUnavailable, type EventStore } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { createMetrics } from '#platform';
import { faultyStore, freshDatabase, type FreshDatabase } from '#dev/testing';
import { CommandRuntime } from './command-runtime.ts';
import { commandMetrics } from './metrics.ts';

const item = { type: 'CreateItem', itemId: 'a', number: 1, name: 'a', price: 1 } as const;

describe('reading streams', () => {
  let database: FreshDatabase;
  let store: PostgresEventStore;
  let writing: CommandRuntime;
  let stream: string;

  beforeAll(async () => {
    database = await freshDatabase(eventStoreMigrations);
    store = await PostgresEventStore.connect(database.url);
    writing = runtimeOn(store);
  });

  beforeEach(() => {
    stream = itemAggregate.streamOf(randomUUID());
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  function runtimeOn(on: EventStore): CommandRuntime {
    return new CommandRuntime({ store: on, metrics: commandMetrics(createMetrics('test')) });
  }

  /** A process that reads, where each read waits at the gate, if there is one; `reads` has where each began. */
  function reader() {
    const reads: (number | undefined)[] = [];
    const asked = Promise.withResolvers<void>();
    const around = { gate: undefined as Promise<void> | undefined, fails: false, asked };
    const readStream: EventStore['readStream'] = async (name, request) => {
      reads.push(request.from);
      const found = await store.readStream(name, request);
      asked.resolve();
      await around.gate;
      if (around.fails) throw new StoreUnavailable('the store is away');
      return found;
    };
    const runtime = runtimeOn({ ...faultyStore(store, []), readStream });
    const read = async () => (await runtime.read(itemAggregate, stream)) as Item & { facts?: { price: number } };
    return { reads, around, runtime, read };
  }

  function context() {
    const commandId = randomUUID();
    return { commandId, correlationId: 'c', userId: null, deadline: Date.now() + 10_000 };
  }

  function create() {
    return writing.execute(itemAggregate, stream, item, context());
  }

  function changePrice(price: number) {
    return writing.execute(itemAggregate, stream, { type: 'ChangeItem', change: { price } }, context());
  }

  it('finds what there is, whichever process wrote it, and asks only for what is new the next time', async () => {
    const { reads, read } = reader();
    expect(await read()).toEqual(itemAggregate.initial);
    await create();
    expect((await read()).facts?.price).toBe(1);
    await changePrice(2);
    await changePrice(3);
    expect((await read()).facts?.price).toBe(3);
    expect((await read()).facts?.price).toBe(3);
    expect(reads).toEqual([0, 0, 0, 2]);
  });

  it('finds the correlation id of the last event', async () => {
    const { runtime } = reader();
    expect(await runtime.lastCorrelationId(stream)).toBeUndefined();
    await writing.execute(itemAggregate, stream, item, { ...context(), correlationId: 'first' });
    await writing.execute(
      itemAggregate,
      stream,
      { type: 'ChangeItem', change: { price: 2 } },
      { ...context(), correlationId: 'second' },
    );
    expect(await runtime.lastCorrelationId(stream)).toBe('second');
  });

  it('is done once for all that ask while the store is being asked, after they have asked', async () => {
    await create();
    const { reads, around, read } = reader();
    const gate = Promise.withResolvers<void>();
    around.gate = gate.promise;
    const first = read();
    await around.asked.promise;
    await changePrice(2);
    const later = Array.from({ length: 50 }, read);
    gate.resolve();
    // The first may see what is from before the change; those that came after it may not.
    expect((await first).facts?.price).toBe(1);
    for (const found of await Promise.all(later)) expect(found.facts?.price).toBe(2);
    expect(reads).toEqual([0, 0]);
    await changePrice(3);
    expect((await read()).facts?.price).toBe(3);
  });

  it('that fails does so for those who waited for it, and for nobody after them', async () => {
    await create();
    const { around, read } = reader();
    around.fails = true;
    const gate = Promise.withResolvers<void>();
    around.gate = gate.promise;
    const first = read();
    first.catch(() => undefined);
    const later = read();
    later.catch(() => undefined);
    gate.resolve();
    await expect(first).rejects.toThrow('the store is away');
    await expect(later).rejects.toThrow('the store is away');
    around.fails = false;
    expect((await read()).facts?.price).toBe(1);
  });

  it('goes on from what the writer of the stream knows, and does not keep what may be large', async () => {
    const stock = stockAggregate.streamOf(itemStock(randomUUID()));
    const provide = { type: 'Provide', quantity: 5, provideId: null } as const;
    await writing.execute(stockAggregate, stock, provide, context());
    const { reads, runtime } = reader();
    const total = async () => (await runtime.read(stockAggregate, stock)).balance.total;
    expect([await total(), await total()]).toEqual([5, 5]);
    await runtime.execute(stockAggregate, stock, provide, context());
    await writing.execute(stockAggregate, stock, provide, context());
    expect(await total()).toBe(15);
    expect(reads).toEqual([0, 0, 0, 1]);
  });
});
