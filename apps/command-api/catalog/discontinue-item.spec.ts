import { randomUUID } from 'node:crypto';
import { commandMetrics, CommandRuntime, Draining, Numbers } from '#commands';
import { commandMigrations } from '#commands/migrations';
import { itemAggregate, itemStock, stockStream } from '#domain';
import type { EventStore } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { createMetrics } from '#platform';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import type { UseCaseContext } from '#use-cases';
import { Stocks } from '../stock/stocks.ts';
import { DiscontinueItem, DiscontinueItemHandler } from './discontinue-item.ts';
import { Items } from './items.ts';
import { Products } from './products.ts';
import { Sale } from './sale.ts';

const itemId = 'prod_001';

describe('taking an item out of the catalog', () => {
  let database: FreshDatabase;
  let store: EventStore;

  beforeEach(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...commandMigrations]);
    store = await PostgresEventStore.connect(database.url);
    const command = { type: 'CreateItem', itemId, number: 1, name: 'Lamp', price: 9 } as const;
    await startProcess().items.of(itemId).record('ItemCreated', command, context());
  });

  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  function startProcess() {
    const runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('test')) });
    const [items, stocks] = [new Items(runtime, new Numbers(database.pool)), new Stocks(runtime)];
    const sale = new Sale(items, stocks);
    return { runtime, items, handler: new DiscontinueItemHandler(items, stocks, sale, new Products(stocks)) };
  }

  function context(commandId = randomUUID()): UseCaseContext {
    const deadline = Date.now() + 10_000;
    return { commandId, correlationId: 'c', userId: 'eve', role: 'staff', isRepeatable: true, deadline };
  }

  async function typesIn(stream: string): Promise<string[]> {
    return (await store.readStream(stream, { limit: 10 })).map(({ type }) => type);
  }

  it('says what it recorded before it was stopped, and goes on from there when it is asked again', async () => {
    const { runtime, handler } = startProcess();
    const asked = context();
    const noted: string[] = [];
    const noteRecorded = (): void => {
      noted.push('recorded');
      void runtime.drain(1000);
    };
    const noting = { ...asked, noteSent: () => noted.push('sent'), noteRecorded };
    await expect(handler.execute(new DiscontinueItem(noting, itemId))).rejects.toThrow(Draining);
    expect(noted).toEqual(['sent', 'recorded', 'sent']);
    expect(await typesIn(itemAggregate.streamOf(itemId))).toEqual(['ItemCreated']);
    const outcome = await startProcess().handler.execute(new DiscontinueItem(asked, itemId));
    expect(outcome).toMatchObject({ value: { id: itemId, discontinued: true }, write: { repeated: true } });
    expect(await typesIn(itemAggregate.streamOf(itemId))).toEqual(['ItemCreated', 'ItemDiscontinued']);
    expect(await typesIn(stockStream(itemStock(itemId)))).toEqual(['StockDiscontinued']);
  });

  it('of an item that never was is rejected, and nothing is sent', async () => {
    const noted: string[] = [];
    const noting = { ...context(), noteSent: () => noted.push('sent') };
    const outcome = await startProcess().handler.execute(new DiscontinueItem(noting, 'prod_404'));
    expect(outcome).toEqual({ rejection: { code: 'ITEM_NOT_FOUND' } });
    expect(noted).toEqual([]);
  });
});
