import { randomUUID } from 'node:crypto';
import { itemStock, stockAggregate, stockStream, type StockCommand } from '#domain';
import type { EventStore } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { createMetrics } from '#platform';
import { faultyStore, freshDatabase, type FreshDatabase } from '#dev/testing';
import { commandMetrics, CommandRuntime } from './index.ts';

describe('holds that are due on a stream that another process writes', () => {
  const stream = stockStream(itemStock('prod_001'));
  let database: FreshDatabase;
  let store: PostgresEventStore;
  let now: number;

  beforeEach(async () => {
    database = await freshDatabase(eventStoreMigrations);
    store = await PostgresEventStore.connect(database.url);
    now = Date.now();
  });

  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  function runtimeOn(events: EventStore): CommandRuntime {
    return new CommandRuntime({ store: events, metrics: commandMetrics(createMetrics('test')), now: () => now });
  }

  function execute(runtime: CommandRuntime, command: StockCommand) {
    const context = { commandId: randomUUID(), correlationId: 'test', userId: 'ann', deadline: Date.now() + 10_000 };
    return runtime.execute(stockAggregate, stream, command, context);
  }

  it('are ended once: what the other wrote is taken in before anything is tried again', async () => {
    const tried: string[][] = [];
    const append: EventStore['append'] = (...call) => {
      tried.push(call[2].map(({ type }) => type));
      return store.append(...call);
    };
    const here = runtimeOn({ ...faultyStore(store, []), append });
    await execute(here, { type: 'Provide', quantity: 5, provideId: null });
    await execute(here, { type: 'Hold', holdId: 'h1', customerId: 'ann', quantity: 2, ttlMs: 1000 });
    now += 2000;
    const buy = { type: 'Purchase', purchaseId: 'p', customerId: 'ann', quantity: 1 } as const;
    expect(await execute(runtimeOn(store), buy)).toMatchObject({ outcome: 'recorded', revision: 3 });
    tried.length = 0;
    expect(await execute(here, buy)).toMatchObject({ outcome: 'recorded', revision: 4 });
    expect(tried).toEqual([['HoldExpired'], ['UnitsPurchased']]);
    const types = (await store.readStream(stream, { limit: 100 })).map(({ type }) => type);
    expect(types.filter((type) => type === 'HoldExpired')).toHaveLength(1);
  });
});
