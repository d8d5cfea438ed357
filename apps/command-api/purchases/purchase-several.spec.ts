import { randomUUID } from 'node:crypto';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { commandMetrics, CommandRuntime, Draining, InDoubt, Numbers, PurchaseReservations } from '#commands';
import { commandMigrations } from '#commands/migrations';
import { itemStock, stockStream } from '#domain';
import type { EventStore } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { PurchaseIds } from '#ids';
import { createMetrics } from '#platform';
import { freshDatabase, gatedStore, type FreshDatabase } from '#dev/testing';
import { isRejected } from '#domain';
import { UseCases, useCasesModule, type UseCaseContext } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { PurchaseLimits } from '../stock/purchase-limits.ts';
import { Stocks } from '../stock/stocks.ts';
import { PurchaseSeveral, PurchaseSeveralHandler, type PurchaseLine } from './purchase-several.ts';
import { PurchaseUnitsHandler } from './purchase-units.ts';

const lamp = stockStream(itemStock('lamp'));
const chair = stockStream(itemStock('chair'));

describe('buying several items at once', () => {
  let database: FreshDatabase;
  let store: EventStore;
  const processes: INestApplicationContext[] = [];

  beforeEach(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...commandMigrations]);
    store = await PostgresEventStore.connect(database.url);
    const { items, stocks } = await startProcess();
    for (const [number, id] of ['lamp', 'chair'].entries()) {
      const create = { type: 'CreateItem', itemId: id, number, name: 'x', price: 9 } as const;
      await items.of(id).record('ItemCreated', create, context());
      const provide = { type: 'Provide', quantity: 50, provideId: null } as const;
      await stocks.of(itemStock(id)).record('UnitsProvided', provide, context());
    }
  });

  afterEach(async () => {
    await Promise.all(processes.splice(0).map((process) => process.close()));
    await store.close();
    await database.drop();
  });

  async function startProcess(on = store) {
    const runtime = new CommandRuntime({ store: on, metrics: commandMetrics(createMetrics('test')) });
    const [items, stocks] = [new Items(runtime, new Numbers(database.pool)), new Stocks(runtime)];
    const limits = new PurchaseLimits(new PurchaseReservations(database.pool), stocks, on, pino({ level: 'silent' }));
    const providers = [
      { provide: PurchaseLimits, useValue: limits },
      { provide: Items, useValue: items },
      { provide: Stocks, useValue: stocks },
      { provide: PurchaseIds, useValue: new PurchaseIds('b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu') },
    ];
    const handlers = [PurchaseUnitsHandler, PurchaseSeveralHandler];
    @Module({ imports: [useCasesModule(handlers, providers, createMetrics('test'))] })
    class Purchases {}
    const process = await NestFactory.createApplicationContext(Purchases, { logger: false });
    processes.push(process);
    const purchase = async (of: UseCaseContext, lines: readonly PurchaseLine[]) => {
      const outcome = await process.get(UseCases).execute(new PurchaseSeveral(of, lines));
      if (isRejected(outcome)) throw new Error('lines are rejected one by one');
      return outcome;
    };
    return { runtime, items, stocks, purchase };
  }

  function context(more: Partial<UseCaseContext> = {}): UseCaseContext {
    const deadline = Date.now() + 10_000;
    return {
      commandId: randomUUID(),
      correlationId: 'c',
      userId: 'eve',
      role: 'customer',
      isRepeatable: true,
      deadline,
      ...more,
    };
  }

  async function purchasesIn(stream: string): Promise<object[]> {
    const events = await store.readStream(stream, { limit: 100 });
    return events.filter(({ type }) => type === 'UnitsPurchased').map(({ data }) => data as object);
  }

  it('goes on in another process where it was stopped, and does nothing twice', async () => {
    const { runtime, purchase } = await startProcess();
    const lines = Array.from({ length: 40 }, (_, n) => ({ id: n % 2 === 0 ? 'lamp' : 'chair', quantity: 1 }));
    const asked = context();
    const unfinished: Promise<void>[] = [];
    const stopped = await purchase(
      {
        ...asked,
        noteRecorded: () => void runtime.drain(1000),
        noteUnfinished: (settled) => unfinished.push(settled),
      },
      lines,
    );
    const bought = stopped.value.filter((outcome) => 'value' in outcome);
    const failed = stopped.value.filter((outcome) => 'failure' in outcome);
    expect(bought.length).toBeGreaterThan(0);
    expect(failed.length).toBeGreaterThan(0);
    for (const { failure } of failed) expect(failure).toBeInstanceOf(Draining);
    expect(unfinished).toHaveLength(failed.length);
    expect((await purchasesIn(lamp)).length + (await purchasesIn(chair)).length).toBe(bought.length);
    const again = await (await startProcess()).purchase(asked, lines);
    expect(again.value.filter((outcome) => 'value' in outcome && outcome.write?.repeated === true)).toHaveLength(
      bought.length,
    );
    expect(again).toMatchObject({
      value: lines.map(({ id }) => ({ value: { itemId: id } })),
      write: { repeated: true },
    });
    expect(again.value).toMatchObject(
      stopped.value.map((outcome) => ('value' in outcome ? { value: outcome.value } : {})),
    );
    expect(await purchasesIn(lamp)).toHaveLength(20);
    expect(await purchasesIn(chair)).toHaveLength(20);
  });

  it('answers a line in doubt as such and the others as they are, and a retry finds the truth', async () => {
    const gate = gatedStore(store, chair);
    const { purchase } = await startProcess(gate.store);
    const lines = [
      { id: 'chair', quantity: 2 },
      { id: 'lamp', quantity: 1 },
      { id: 'lamp', quantity: 51 },
    ];
    const asked = context();
    const unfinished: Promise<void>[] = [];
    const noteUnfinished = (settled: Promise<void>) => unfinished.push(settled);
    const deadline = Date.now() + 2000;
    const first = await purchase({ ...asked, deadline, noteUnfinished }, lines);
    expect(first.value).toMatchObject([
      { failure: expect.any(InDoubt) },
      { value: { itemId: 'lamp', remaining: 49 } },
      { rejection: { code: 'INSUFFICIENT_STOCK', requested: 51 } },
    ]);
    expect(unfinished).toHaveLength(1);
    gate.open();
    await unfinished[0];
    const again = await (await startProcess()).purchase(asked, lines);
    expect(again.value).toMatchObject([
      { value: { itemId: 'chair', quantity: 2, remaining: 48 }, write: { repeated: true } },
      { value: { itemId: 'lamp', remaining: 49 }, write: { repeated: true } },
      { rejection: { code: 'INSUFFICIENT_STOCK' } },
    ]);
    expect(await purchasesIn(chair)).toHaveLength(1);
    expect(await purchasesIn(lamp)).toHaveLength(1);
  });

  it('sends at most sixteen purchases at a time', async () => {
    const gate = gatedStore(store);
    const { purchase } = await startProcess(gate.store);
    let sent = 0;
    const noteSent = () => void (sent += 1);
    const buying = purchase(
      context({ noteSent }),
      Array.from({ length: 40 }, () => ({ id: 'lamp', quantity: 1 })),
    );
    await gate.arrived;
    expect(sent).toBe(16);
    gate.open();
    await buying;
    expect(sent).toBe(40);
  });
});
