import { randomUUID } from 'node:crypto';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { commandMetrics, CommandRuntime, Numbers } from '#commands';
import { commandMigrations } from '#commands/migrations';
import { isRejected } from '#domain';
import { StoreUnavailable, type EventStore } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { createMetrics } from '#platform';
import { faultyStore, freshDatabase, type FreshDatabase } from '#dev/testing';
import { UseCases, useCasesModule, type UseCaseContext } from '#use-cases';
import { Stocks } from '../stock/stocks.ts';
import { OpenSeries } from './open-series.ts';
import { Places } from './places.ts';
import { slots } from './slots.module.ts';
import { Slots } from './slots.ts';

const hour = 3_600_000;
const wanted = Array.from({ length: 12 }, (_, place) => ({
  title: `slot ${place}`,
  capacity: 10,
  startsAt: place * hour,
  endsAt: (place + 1) * hour,
  terms: {},
}));

describe('opening a series of slots', () => {
  let database: FreshDatabase;
  let store: EventStore;
  const processes: INestApplicationContext[] = [];

  beforeEach(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...commandMigrations]);
    store = await PostgresEventStore.connect(database.url);
  });

  afterEach(async () => {
    await Promise.all(processes.splice(0).map((process) => process.close()));
    await store.close();
    await database.drop();
  });

  async function startProcess(on: EventStore) {
    const runtime = new CommandRuntime({ store: on, metrics: commandMetrics(createMetrics('test')) });
    const [slotStreams, stocks] = [new Slots(runtime), new Stocks(runtime)];
    const providers = [
      { provide: Slots, useValue: slotStreams },
      { provide: Places, useValue: new Places(slotStreams, stocks) },
      { provide: Numbers, useValue: new Numbers(database.pool) },
    ];
    @Module({ imports: [useCasesModule(slots.handlers, providers, createMetrics('test'))] })
    class SlotsAlone {}
    const process = await NestFactory.createApplicationContext(SlotsAlone, { logger: false });
    processes.push(process);
    const open = async (of: UseCaseContext) => {
      const outcome = await process.get(UseCases).execute(new OpenSeries(of, wanted));
      if (isRejected(outcome)) throw new Error(outcome.rejection.code);
      return outcome;
    };
    return { open };
  }

  function context(more: Partial<UseCaseContext> = {}): UseCaseContext {
    const deadline = Date.now() + 10_000;
    const caller = { userId: 'eve', role: 'staff', isRepeatable: true } as const;
    return { commandId: randomUUID(), correlationId: 'c', deadline, ...caller, ...more };
  }

  /** How many events of each type there are. */
  async function recorded(): Promise<Record<string, number>> {
    const { events } = await store.readAll(undefined, 1000);
    const types = Object.groupBy(events, ({ type }) => type);
    return Object.fromEntries(Object.entries(types).map(([type, all = []]) => [type, all.length]));
  }

  const whole = { SlotOpened: 12, StockAdjusted: 12, ClosingTimeSet: 12 };

  it('opens each, in their order', async () => {
    const { open } = await startProcess(store);
    const { value, write } = await open(context());
    expect(value.map(({ title }) => title)).toEqual(wanted.map(({ title }) => title));
    expect(value[3]).toMatchObject({ startsAt: '1970-01-01T03:00:00.000Z', capacity: 10, remaining: 10 });
    expect(write?.repeated).toBe(false);
    expect(await recorded()).toEqual(whole);
  });

  it('that stopped anywhere is gone on with by a retry, in another process, and doubles nothing', async () => {
    const of = context();
    for (const done of [0, 5, 11]) {
      const passing = faultyStore(store, []);
      let appends = 0;
      const stopped = await startProcess({
        ...passing,
        append: async (...call) => {
          appends += 1;
          if (appends > done) throw new StoreUnavailable('the store is away');
          return passing.append(...call);
        },
      });
      const unfinished: Promise<void>[] = [];
      await expect(
        stopped.open({ ...of, deadline: Date.now() + 10_000, noteUnfinished: (settled) => unfinished.push(settled) }),
      ).rejects.toThrow('the store is away');
      expect(unfinished.length).toBeGreaterThan(0);
    }
    const other = await startProcess(store);
    const first = await other.open(of);
    expect(first.value.map(({ title }) => title)).toEqual(wanted.map(({ title }) => title));
    expect(await recorded()).toEqual(whole);
    const again = await other.open(of);
    expect(again.value).toEqual(first.value);
    expect(again.write?.repeated).toBe(true);
    expect(await recorded()).toEqual(whole);
  });
});
