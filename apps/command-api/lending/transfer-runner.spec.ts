import { pino } from 'pino';
import { commandMetrics, CommandRuntime } from '#commands';
import { itemStock, stockAggregate, unitsMax } from '#domain';
import type { KnownTransfer, StockCommand, StockEvent, StockId, TransferCommand } from '#domain';
import { codecOf, type EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { createMetrics } from '#platform';
import { systemContext } from '#use-cases';
import { WireDouble } from '#dev/event-store-double';
import { transferOf } from '#dev/testing';
import { Stocks } from '../stock/stocks.ts';
import { TransferRunner } from './transfer-runner.ts';
import { Transfers } from './transfers.ts';

const transfersMax = 10_000;
const eventsPerAppend = 1000;
const metrics = commandMetrics(createMetrics('test'));

/** EventStoreDB cannot find an event by its id: nothing but the stream knows what the state has forgotten. */
describe('a transfer whose stocks have forgotten it', () => {
  let double: WireDouble;
  let store: EventStore;
  let sound: ReturnType<typeof start>;
  let made = 0;

  beforeAll(async () => {
    double = await WireDouble.start();
    store = await connectEventStore(double.url);
    sound = start();
  });

  afterAll(async () => {
    await store.close();
    await double.stop();
  });

  /** What a process knows that has just started. */
  function start() {
    const runtime = new CommandRuntime({ store, metrics });
    const [stocks, transfers] = [new Stocks(runtime), new Transfers(runtime)];
    return { stocks, transfers, runner: new TransferRunner(transfers, stocks, store, pino({ level: 'silent' })) };
  }

  async function requested(): Promise<KnownTransfer> {
    const { transfers } = sound;
    const { status: _, requestedAt: __, endedAt: ___, ...wanted } = transferOf({ transferId: (made += 1) });
    const command: TransferCommand = { type: 'RequestTransfer', ...wanted, itemId: `t${made}`, reason: null };
    const executed = await transfers.of(made).execute(command, systemContext(10_000));
    return transfers.after(made, executed as never);
  }

  const sourceOf = ({ itemId, fromInventoryId }: KnownTransfer): StockId => itemStock(itemId, fromInventoryId);
  const targetOf = ({ itemId, toInventoryId }: KnownTransfer): StockId => itemStock(itemId, toInventoryId);

  async function execute(stock: StockId, command: StockCommand): Promise<void> {
    await sound.stocks.of(stock).execute(command, systemContext(10_000));
  }

  function send({ transferId, requestedAt, quantity, toInventoryId }: KnownTransfer): StockCommand {
    return { type: 'SendUnits', transferId, requestedAt, quantity, toInventoryId };
  }

  /** So many later transfers that the state remembers none of before. */
  async function forget(stock: StockId, { requestedAt }: KnownTransfer): Promise<void> {
    const { stocks } = sound;
    const { balance } = await stocks.of(stock).read();
    const stream = stockAggregate.streamOf(stock);
    const reason = { code: 'NOT_IN_INVENTORY' } as const;
    for (let first = 0; first <= transfersMax; first += eventsPerAppend) {
      const events = Array.from({ length: eventsPerAppend }, (_, index) => {
        const facts = { transferId: 1_000_000 + first + index, requestedAt: requestedAt + 1, toInventoryId: 9 };
        const event: StockEvent = { type: 'SendingRejected', ...facts, reason, balance };
        const id = crypto.randomUUID();
        const metadata = { $correlationId: id, $causationId: id, commandId: id, userId: null, at: Date.now() };
        return codecOf(stockAggregate).encode(id, event, metadata);
      });
      const [last] = await store.readStream(stream, { direction: 'backwards', limit: 1 });
      await store.append(stream, last?.revision ?? 'none', events);
    }
  }

  async function totals(transfer: KnownTransfer): Promise<readonly number[]> {
    const { stocks } = sound;
    const states = await Promise.all([sourceOf(transfer), targetOf(transfer)].map((stock) => stocks.of(stock).read()));
    return states.map(({ balance }) => balance.total);
  }

  async function finish(transfer: KnownTransfer): Promise<KnownTransfer> {
    const { transfer: now, failure } = await start().runner.run(transfer, systemContext(30_000));
    expect(failure).toBeUndefined();
    return now;
  }

  it('is completed once if its units were received', async () => {
    const transfer = await requested();
    const { transferId, requestedAt, quantity, fromInventoryId } = transfer;
    await execute(sourceOf(transfer), { type: 'Provide', quantity: 9, provideId: null });
    await execute(sourceOf(transfer), send(transfer));
    await execute(targetOf(transfer), { type: 'ReceiveUnits', transferId, requestedAt, quantity, fromInventoryId });
    await forget(targetOf(transfer), transfer);
    expect(await finish(transfer)).toMatchObject({ status: 'completed' });
    expect(await totals(transfer)).toEqual([6, 3]);
  });

  it('gets its units back once if its target has no room', async () => {
    const full = await requested();
    await execute(sourceOf(full), { type: 'Provide', quantity: 9, provideId: null });
    await execute(targetOf(full), { type: 'Provide', quantity: unitsMax, provideId: null });
    await execute(sourceOf(full), send(full));
    await forget(sourceOf(full), full);
    const ends = await Promise.all([finish(full), finish(full)]);
    for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: { code: 'TOO_MANY_UNITS' } });
    expect(await totals(full)).toEqual([9, unitsMax]);
  });

  it('gets its units back if it is too old for its target', async () => {
    const old = await requested();
    await execute(sourceOf(old), { type: 'Provide', quantity: 9, provideId: null });
    await forget(targetOf(old), old);
    expect(await finish(old)).toMatchObject({ status: 'rejected', reason: { code: 'TRANSFER_TOO_OLD' } });
    expect(await totals(old)).toEqual([9, 0]);
  });
});
