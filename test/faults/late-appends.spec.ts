import { randomUUID } from 'node:crypto';
import { slotStock, stockAggregate, stockStream, type StockCommand } from '#domain';
import { commandMetrics, CommandRuntime, InDoubt, type CommandContext } from '#commands';
import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { eventStoreMigrations } from '#event-store/postgres';
import { WireDouble } from '#dev/event-store-double';
import { createMetrics } from '#platform';
import { freshDatabase, silenced, type Silenced } from '#dev/testing';

const opensAt = Date.now();
const closesAt = opensAt + 60_000;
const dayMs = 86_400_000;
/** How long a request waits for an append that is held back: enough for it to be sent on a busy machine. */
const brieflyMs = 1000;

/** A process that has the event store for itself, and a clock that stands still. */
function processOn(store: EventStore) {
  const clock = { now: opensAt };
  const metrics = commandMetrics(createMetrics('test'));
  const runtime = new CommandRuntime({ store, metrics, now: () => clock.now });
  const execute = (stream: string, command: StockCommand, context: CommandContext = contextOf(10_000)) =>
    runtime.execute(stockAggregate, stream, command, context);
  return { clock, execute };
}

function contextOf(patienceMs: number, commandId: string = randomUUID()): CommandContext {
  return { commandId, correlationId: 'test', userId: 'ann', deadline: Date.now() + patienceMs };
}

const servers = {
  PostgreSQL: async () => {
    const database = await freshDatabase(eventStoreMigrations);
    return { url: database.url, stop: () => database.drop() };
  },
  EventStoreDB: async () => {
    const double = await WireDouble.start();
    return { url: double.url, stop: () => double.stop() };
  },
};

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('an append that reaches %s late', (kind) => {
  let line: Silenced;
  let stores: readonly [behindTheLine: EventStore, direct: EventStore];
  let stop: () => Promise<void>;
  let stocks = 0;

  beforeAll(async () => {
    const server = await servers[kind]();
    line = await silenced(server.url);
    stores = [await connectEventStore(line.url), await connectEventStore(server.url)];
    stop = async () => {
      await Promise.all(stores.map((store) => store.close()));
      line.close();
      await server.stop();
    };
  });

  afterAll(() => stop());

  /**
   * One process decides the command, and its append is held back on the wire. Another is asked the same when its time is
   * up. Then the bytes arrive.
   */
  async function raced(before: readonly StockCommand[], command: StockCommand, laterMs: number) {
    const stream = stockStream(slotStock(++stocks));
    const [held, other] = stores.map(processOn) as [ReturnType<typeof processOn>, ReturnType<typeof processOn>];
    for (const each of before) await held.execute(stream, each);
    const commandId = randomUUID();
    line.silence();
    const doubt: unknown = await held.execute(stream, command, contextOf(brieflyMs, commandId)).catch((error) => error);
    other.clock.now = opensAt + laterMs;
    const answer = await other.execute(stream, command, contextOf(10_000, commandId));
    line.resume();
    expect(doubt).toBeInstanceOf(InDoubt);
    await (doubt as InDoubt).settled;
    const events = await stores[1].readStream(stream, { from: before.length, limit: 100 });
    const again = await other.execute(stream, command, contextOf(10_000, commandId));
    return { answer, again, recorded: events.map(({ type }) => type) };
  }

  const provide: StockCommand = { type: 'Provide', quantity: 5, provideId: null };
  const hold: StockCommand = { type: 'Hold', holdId: 'h1', customerId: 'ann', quantity: 1, ttlMs: dayMs / 2 };

  it('is not recorded once its caller heard that the sale is closed', async () => {
    const { answer, again, recorded } = await raced([provide, { type: 'SetClosingTime', closesAt }], hold, 60_000);
    expect(answer).toMatchObject({ outcome: 'rejected', rejection: { code: 'CLOSED', closesAt } });
    expect(again).toMatchObject({ outcome: 'rejected', rejection: { code: 'CLOSED', closesAt } });
    expect(recorded).toEqual(['TimeNoted']);
  });

  it('is not recorded once its caller heard that the hold would live too long', async () => {
    const extend: StockCommand = { type: 'ExtendHold', holdId: 'h1', customerId: 'ann', ttlMs: dayMs };
    const { answer, again, recorded } = await raced([provide, hold], extend, 1);
    expect(answer).toMatchObject({ outcome: 'rejected', rejection: { code: 'HOLD_TOO_LONG' } });
    expect(again).toMatchObject({ outcome: 'rejected', rejection: { code: 'HOLD_TOO_LONG' } });
    expect(recorded).toEqual(['TimeNoted']);
  });

  /**
   * The same with two commands in one append, of which the second is asked of another process, and the first would change
   * the answer.
   */
  async function racedWith(neighbour: StockCommand, before: readonly StockCommand[], command: StockCommand) {
    const stream = stockStream(slotStock(++stocks));
    const [held, other] = stores.map(processOn) as [ReturnType<typeof processOn>, ReturnType<typeof processOn>];
    for (const each of before) await held.execute(stream, each);
    const commandId = randomUUID();
    line.silence();
    const [, doubt] = await Promise.all(
      [
        held.execute(stream, neighbour, contextOf(brieflyMs)),
        held.execute(stream, command, contextOf(brieflyMs, commandId)),
      ].map((asked) => asked.catch((error: unknown) => error)),
    );
    const answer = await other.execute(stream, command, contextOf(10_000, commandId));
    line.resume();
    expect(doubt).toBeInstanceOf(InDoubt);
    await (doubt as InDoubt).settled;
    const events = await stores[1].readStream(stream, { from: before.length, limit: 100 });
    return { answer, recorded: events.map(({ type }) => type) };
  }

  it('is not recorded once its caller heard that there is too little, which what goes down with it would have changed', async () => {
    const { answer, recorded } = await racedWith(provide, [{ type: 'SetClosingTime', closesAt }], hold);
    expect(answer).toMatchObject({ outcome: 'rejected', rejection: { code: 'INSUFFICIENT_STOCK' } });
    expect(recorded).not.toContain('UnitsHeld');
  });

  it('is not recorded once its caller heard that nothing has to change, which what goes down with it would have changed', async () => {
    const { answer, recorded } = await racedWith({ type: 'Reinstate' }, [{ type: 'Discontinue' }], {
      type: 'Discontinue',
    });
    expect(answer).toMatchObject({ outcome: 'unchanged' });
    expect(recorded).not.toContain('StockDiscontinued');
  });

  it('is recorded once, where its caller asked again in time', async () => {
    const { answer, again, recorded } = await raced([provide, { type: 'SetClosingTime', closesAt }], hold, 59_999);
    expect(answer).toMatchObject({ outcome: 'recorded' });
    expect(again).toMatchObject({ outcome: 'recorded', repeated: true });
    expect(recorded).toEqual(['UnitsHeld']);
  });
});
