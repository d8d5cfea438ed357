import { randomUUID } from 'node:crypto';
import { itemStock, stockAggregate, stockStream, type StockCommand } from '#domain';
import type { EventStore } from '#event-store';
import { storeOnDouble } from '#dev/event-store-double';
import { faultyStore, storeOnFreshDatabase, type Fault } from '#dev/testing';
import { createMetrics } from '#platform';
import { CommandRuntime } from './command-runtime.ts';
import type { CommandContext } from './command.ts';
import { commandMetrics } from './metrics.ts';

const stores = { PostgreSQL: storeOnFreshDatabase, EventStoreDB: storeOnDouble };
const buy: StockCommand = { type: 'Purchase', purchaseId: 'p', customerId: 'ann', quantity: 1 };

function provide(quantity: number): StockCommand {
  return { type: 'Provide', quantity, provideId: null };
}

function contextOf(commandId: string = randomUUID()): CommandContext {
  return { commandId, correlationId: 'test', userId: 'ann', deadline: Date.now() + 10_000 };
}

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('a command that begins a stream of %s', (kind) => {
  let place: { readonly store: EventStore; readonly close: () => Promise<void> };
  let stream: string;

  beforeAll(async () => {
    place = await stores[kind]();
  });

  afterAll(() => place.close());

  beforeEach(() => {
    stream = stockStream(itemStock(randomUUID()));
  });

  /** A process; `reads` has the first revision of every page that it read. */
  function processOn(faults: Fault[] = []) {
    const reads: (number | undefined)[] = [];
    const readStream: EventStore['readStream'] = (name, request) => {
      reads.push(request.from);
      return place.store.readStream(name, request);
    };
    const store = { ...faultyStore(place.store, faults), readStream };
    const runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('test')) });
    const begin = (command: StockCommand, context = contextOf()) =>
      runtime.begin(stockAggregate, stream, command, context);
    const execute = (command: StockCommand, context = contextOf()) =>
      runtime.execute(stockAggregate, stream, command, context);
    return { reads, runtime, begin, execute };
  }

  async function typesOf(): Promise<string[]> {
    return (await place.store.readStream(stream, { limit: 100 })).map(({ type }) => type);
  }

  it('is recorded without a read, and so is what follows', async () => {
    const { reads, begin, execute } = processOn();
    expect(await begin(provide(5))).toMatchObject({ outcome: 'recorded', revision: 0, repeated: false });
    expect(await execute(buy)).toMatchObject({ outcome: 'recorded', revision: 1 });
    expect(await begin(provide(1))).toMatchObject({ outcome: 'recorded', revision: 2 });
    expect(reads).toEqual([]);
    expect(await typesOf()).toEqual(['UnitsProvided', 'UnitsPurchased', 'UnitsProvided']);
  });

  it('finds what its first attempt recorded, whichever process that was', async () => {
    const context = contextOf();
    const first = processOn();
    const recorded = await first.begin(provide(5), context);
    await first.execute(buy);
    for (const { begin } of [first, processOn(), processOn()]) {
      expect(await begin(provide(5), context)).toEqual({ ...recorded, repeated: true });
    }
    expect(await typesOf()).toEqual(['UnitsProvided', 'UnitsPurchased']);
  });

  it('is recorded once when the answer to its append is lost', async () => {
    const { begin } = processOn(['lost-answer']);
    expect(await begin(provide(5))).toMatchObject({ outcome: 'recorded', revision: 0 });
    expect(await typesOf()).toEqual(['UnitsProvided']);
  });

  it('is recorded once by many attempts at once, in two processes', async () => {
    const context = contextOf();
    const processes = [processOn(), processOn()];
    const attempts = Array.from({ length: 10 }, () => processes.map(({ begin }) => begin(provide(5), context)));
    const outcomes = await Promise.all(attempts.flat());
    expect(outcomes.every((each) => each.outcome === 'recorded' && each.revision === 0)).toBe(true);
    expect(await typesOf()).toEqual(['UnitsProvided']);
  });

  it('is decided on what is there, if the stream has begun', async () => {
    await processOn().begin(provide(5));
    const { begin, runtime } = processOn();
    expect(await begin(provide(2))).toMatchObject({ outcome: 'recorded', revision: 1 });
    expect((await runtime.read(stockAggregate, stream)).balance).toMatchObject({ available: 7, total: 7 });
  });

  it('is rejected only for what is in the store', async () => {
    const rejection = { code: 'INSUFFICIENT_STOCK', available: 0, requested: 1 };
    const other = processOn();
    expect(await other.begin(buy)).toMatchObject({ outcome: 'rejected', rejection });
    expect(other.reads).toEqual([0]);
    await processOn().begin(provide(1));
    expect(await processOn().begin(buy)).toMatchObject({ outcome: 'recorded', revision: 1 });
    expect(await processOn().begin(buy)).toMatchObject({ outcome: 'rejected', rejection });
  });

  it('is not begun by a process that is stopping', async () => {
    const { runtime, begin } = processOn();
    await runtime.drain(1000);
    await expect(begin(provide(5))).rejects.toThrow('this process is stopping');
    expect(runtime.writersInMemory).toBe(0);
  });
});
