import { randomUUID } from 'node:crypto';
import { commandMigrations } from '#commands/migrations';
import { itemStock, stockAggregate, stockStream, type StockCommand, type StockEvent } from '#domain';
import { codecOf, type EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { eventStoreMigrations } from '#event-store/postgres';
import { WireDouble } from '#dev/event-store-double';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { faults, StoppingStore, type Fault } from './orders/stopping-store.ts';
import { Counter, customer, requestOf } from './returns/counter.ts';

const inTimeMs = 10_000;
/** To search a long stream on a busy machine. */
const searchMs = 60_000;
/** How long a request waits for an append that does not come back. */
const patienceMs = 600;
/** A stock remembers as many sources of what was given back. */
const rememberedMax = 10_000;

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('what is given back, with events in %s,', (kind) => {
  let database: FreshDatabase;
  let double: WireDouble | undefined;
  let store: EventStore;
  let made = 0;

  beforeAll(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...commandMigrations]);
    double = kind === 'EventStoreDB' ? await WireDouble.start() : undefined;
    store = await connectEventStore(double?.url ?? database.url);
  });

  afterAll(async () => {
    await store.close();
    await double?.stop();
    await database.drop();
  });

  function start(on: EventStore = store): Counter {
    return new Counter(on, database.pool);
  }

  async function newItem(): Promise<string> {
    const item = `i${(made += 1)}`;
    await start().provide(item, 5);
    return item;
  }

  /** Gives back one of three by a process that fails in its append, then by another, and by that again. */
  async function failing(take: 'buy' | 'book', fault: Fault | undefined) {
    const item = await newItem();
    const id = await start()[take](item, 3);
    const { commandId } = requestOf(0);
    const connection = new StoppingStore(store, fault, 1, () => start().provide(item, 1));
    const comesBack = fault !== 'held up' && fault !== 'killed before' && fault !== 'killed after';
    const failed = start(connection.store);
    const first = failed
      .giveBack(id, 1, requestOf(comesBack ? inTimeMs : patienceMs, commandId))
      .catch((error: unknown) => error);
    await Promise.race([first, connection.stopped]);
    const answers = [await start().giveBack(id, 1, requestOf(inTimeMs, commandId))];
    await connection.release();
    if (fault === 'stopped') await first;
    answers.push(await start().giveBack(id, 1, requestOf(inTimeMs, commandId)));
    const { balance } = await start().stocks.of(itemStock(item)).read();
    const events = await store.readStream(stockStream(itemStock(item)), { limit: 100 });
    const times = events.filter(({ metadata }) => metadata.commandId === commandId).map(({ type }) => type);
    return { answers, taken: balance.taken, times };
  }

  it.each((['buy', 'book'] as const).flatMap((take) => [undefined, ...faults].map((fault) => [take, fault] as const)))(
    'is given back once, and a retry is told so, whatever fails: %s, %s',
    async (take, fault) => {
      const { answers, taken, times } = await failing(take, fault);
      expect({ times, taken }).toEqual({ times: ['UnitsGivenBack'], taken: 2 });
      const [one, other] = answers;
      expect(one).toMatchObject({ value: { quantity: 3, returnedQuantity: 1 } });
      expect(other).toMatchObject({ value: (one as { value: object }).value });
    },
  );

  it('is found however much was recorded since, without a read model', async () => {
    const item = await newItem();
    const ids = [await start().buy(item, 2), await start().book(item, 2)];
    const { revision } = await append(item, manyReturns(item, await start().stocks.of(itemStock(item)).read(), 1200));
    expect(revision).toBeGreaterThan(1200);
    for (const id of ids) {
      expect(await start().giveBack(id, 1, requestOf(inTimeMs))).toMatchObject({ value: { returnedQuantity: 1 } });
    }
  });

  // The double reads long streams slowly; a store reads them by the same port.
  if (kind === 'PostgreSQL') {
    it('is never more than was taken, also when the stock has forgotten what was given back', async () => {
      const item = await newItem();
      const counter = start();
      const [purchase, hold] = [await counter.buy(item, 3), await counter.book(item, 2)];
      await counter.giveBack(purchase, 2, requestOf(searchMs));
      const stock = await counter.stocks.of(itemStock(item)).read();
      await append(item, manyReturns(item, stock, rememberedMax + 1));
      const { returnsForgottenUpTo } = await start().stocks.of(itemStock(item)).read();
      expect(returnsForgottenUpTo).toBeGreaterThan(0);
      expect(await start().giveBack(purchase, 2, requestOf(searchMs))).toEqual({
        rejection: { code: 'MORE_THAN_TAKEN', outstanding: 1, requested: 2 },
      });
      expect(await start().giveBack(purchase, 1, requestOf(searchMs))).toMatchObject({
        value: { returnedQuantity: 3 },
      });
      expect(await start().giveBack(hold, 2, requestOf(searchMs))).toMatchObject({ value: { returnedQuantity: 2 } });
    });
  }

  type State = ReturnType<typeof stockAggregate.evolve>;

  /** As many returns of one unit by others, of what one of them has bought. */
  function manyReturns(item: string, stock: State, count: number): readonly StockEvent[] {
    const decided: StockEvent[] = [];
    let now = stock;
    const at = Date.now();
    const decide = (command: StockCommand): void => {
      const events = stockAggregate.decide({ ...command, at }, now) as readonly StockEvent[];
      now = events.reduce(stockAggregate.evolve, now);
      decided.push(...events);
    };
    decide({ type: 'Provide', quantity: count, provideId: null });
    decide({ type: 'Purchase', purchaseId: item, quantity: count, customerId: customer });
    for (let n = 0; n < count; n++) {
      const of = { source: 'purchase', sourceId: `${item} ${n}`, customerId: customer } as const;
      const earlier = { returnedQuantity: 0, upTo: now.returnsCount };
      decide({ type: 'GiveBack', ...of, takenQuantity: 1, takenAt: at, reason: null, until: null, earlier });
    }
    return decided;
  }

  /** Writes many events at once, as nobody could ask for them in the time of a test. */
  async function append(item: string, events: readonly StockEvent[]): Promise<{ readonly revision: number }> {
    const stream = stockStream(itemStock(item));
    const [last] = await store.readStream(stream, { direction: 'backwards', limit: 1 });
    let revision = last?.revision ?? -1;
    const codec = codecOf(stockAggregate);
    for (let index = 0; index < events.length; index += 500) {
      const page = events.slice(index, index + 500).map((event) => {
        const commandId = randomUUID();
        const ids = { $correlationId: 'c', $causationId: 'c', commandId };
        return codec.encode(commandId, event, { ...ids, userId: customer, at: Date.now() });
      });
      const result = await store.append(stream, revision, page);
      if (result.outcome !== 'appended') throw new Error(result.outcome);
      ({ revision } = result);
    }
    return { revision };
  }
});
