import { randomUUID } from 'node:crypto';
import { commandMetrics, CommandRuntime, NotInTime, Overloaded } from '#commands';
import { itemStock, stockAggregate, stockStream, type StockCommand } from '#domain';
import type { EventStore } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { HoldIds } from '#ids';
import { createMetrics } from '#platform';
import { faultyStore, freshDatabase, type FreshDatabase } from '#dev/testing';
import { findEndOfHold } from './find-end-of-hold.ts';

describe('a hold that ended long ago', () => {
  const ids = new HoldIds('b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu');
  const stock = itemStock('prod_001');
  let database: FreshDatabase;
  let store: EventStore;
  let runtime: CommandRuntime;

  beforeAll(async () => {
    database = await freshDatabase(eventStoreMigrations);
    store = await PostgresEventStore.connect(database.url);
    runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('test')) });
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  function execute(command: StockCommand) {
    const context = { commandId: randomUUID(), correlationId: 'c', userId: 'ann', deadline: Date.now() + 10_000 };
    return runtime.execute(stockAggregate, stockStream(stock), command, context);
  }

  it('is found in its stream, and one that never was is not', async () => {
    await execute({ type: 'Provide', quantity: 10_000, provideId: null });
    const hold = ids.make(stock, Date.now());
    const never = ids.make(stock, Date.now());
    await execute({ type: 'Hold', holdId: hold.holdId, customerId: 'ann', quantity: 2, ttlMs: 60_000 });
    await execute({ type: 'CancelHold', holdId: hold.holdId, customerId: 'ann' });
    const later = Array.from({ length: 1200 }, (_, n) =>
      execute({ type: 'Purchase', purchaseId: `p${n}`, customerId: 'bob', quantity: 1 }),
    );
    await Promise.all(later);
    expect(await findEndOfHold(store, hold, Date.now() + 10_000)).toMatchObject({
      event: { type: 'HoldCancelled', customerId: 'ann', quantity: 2 },
    });
    const many = await Promise.all(Array.from({ length: 20 }, () => findEndOfHold(store, never, Date.now() + 10_000)));
    expect(many).toEqual(Array.from({ length: 20 }, () => undefined));
  });

  it('is looked for by a few at once, awaited by so many, and by nobody whose time is up', async () => {
    const gate = Promise.withResolvers<void>();
    const readStream: EventStore['readStream'] = async (...call) => {
      await gate.promise;
      return store.readStream(...call);
    };
    const slow = { ...faultyStore(store, []), readStream };
    const deadline = Date.now() + 10_000;
    const asked = Array.from({ length: 100 }, () => findEndOfHold(slow, ids.make(stock, Date.now()), deadline));
    await expect(asked.at(-1)).rejects.toThrow(Overloaded);
    gate.resolve();
    const ends = await Promise.allSettled(asked);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(68);
    await expect(findEndOfHold(store, ids.make(stock, Date.now()), Date.now())).rejects.toThrow(NotInTime);
  });
});
