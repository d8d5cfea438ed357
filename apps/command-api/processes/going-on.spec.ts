import { pino } from 'pino';
import { commandMetrics, CommandRuntime } from '#commands';
import { itemStock, type KnownOrder, type OrderCommand, type TransferCommand } from '#domain';
import { madeId } from '#ids';
import { createMetrics } from '#platform';
import { systemContext } from '#use-cases';
import { storeOnFreshDatabase, transferOf, type StoreOnFreshDatabase } from '#dev/testing';
import { FinishTransfer, FinishTransferHandler } from '../lending/finish-transfer.ts';
import { TransferRunner } from '../lending/transfer-runner.ts';
import { Transfers } from '../lending/transfers.ts';
import { FinishOrder, FinishOrderHandler } from '../orders/finish-order.ts';
import { OrderRunner } from '../orders/order-runner.ts';
import { Orders } from '../orders/orders.ts';
import type { PurchaseLimits } from '../stock/purchase-limits.ts';
import { Stocks } from '../stock/stocks.ts';

const log = pino({ level: 'silent' });
// None of these stocks has so many customers that others count them.
const limits = {
  within: (_stock: unknown, command: unknown, _context: unknown, execute: (counted: unknown) => unknown) =>
    execute(command),
} as unknown as PurchaseLimits;

describe('what a process goes on with', () => {
  let made: StoreOnFreshDatabase;
  let runtime: CommandRuntime;
  let stocks: Stocks;

  beforeAll(async () => {
    made = await storeOnFreshDatabase();
    runtime = new CommandRuntime({ store: made.store, metrics: commandMetrics(createMetrics('test')) });
    stocks = new Stocks(runtime);
    for (const stock of [itemStock('lamp'), itemStock('tent'), itemStock('boat', 2)])
      await stocks.of(stock).execute({ type: 'Provide', quantity: 9, provideId: null }, systemContext(10_000));
  });

  afterAll(() => made.close());

  const request = { ...systemContext(30_000), correlationId: 'request-1', userId: 'ann' };

  /** The events of all streams that have this correlation id, each as its type and its stream. */
  async function causedBy(correlationId: string): Promise<readonly string[]> {
    const { events } = await made.store.readAll(undefined, 1000);
    return events
      .filter(({ metadata }) => metadata.$correlationId === correlationId)
      .map(({ type, stream }) => `${type} ${stream}`);
  }

  it('has the correlation id of the request that began it: of an order', async () => {
    const orders = new Orders(runtime);
    const orderId = madeId('order', crypto.randomUUID());
    const line = { name: 'x', price: 500, quantity: 2, thumbnail: null, holdId: null };
    const lines = [
      { ...line, itemId: 'lamp' },
      { ...line, itemId: 'tent' },
    ];
    const wanted = { orderId, customerId: 'ann', orderNumber: 'ORD-20260101-0001', lines };
    const submit = { type: 'SubmitOrder', ...wanted, paymentMethod: 'cod', shipping: null, payWithinMs: null };
    await orders.of(orderId).execute(submit as unknown as OrderCommand, request);
    const finishing = new FinishOrderHandler(orders, new OrderRunner(orders, stocks, limits, log));
    await finishing.execute(new FinishOrder(systemContext(30_000), orderId));
    expect(((await orders.of(orderId).read()) as KnownOrder).status).toBe('pending');
    expect((await causedBy('request-1')).toSorted()).toEqual([
      `OrderPlaced order-${orderId}`,
      `OrderSubmitted order-${orderId}`,
      'UnitsReserved stock-item:lamp:1',
      'UnitsReserved stock-item:tent:1',
    ]);
  });

  it('has the correlation id of the request that began it: of a transfer', async () => {
    const transfers = new Transfers(runtime);
    const { status: _, requestedAt: __, endedAt: ___, ...wanted } = transferOf({ itemId: 'boat' });
    const command: TransferCommand = { type: 'RequestTransfer', ...wanted, reason: null };
    await transfers.of(1).execute(command, { ...request, commandId: crypto.randomUUID(), correlationId: 'request-2' });
    const runner = new TransferRunner(transfers, stocks, made.store, log);
    await new FinishTransferHandler(transfers, runner).execute(new FinishTransfer(systemContext(30_000), 1));
    expect(await causedBy('request-2')).toEqual([
      'TransferRequested transfer-1',
      'UnitsSent stock-item:boat:2',
      'UnitsReceived stock-item:boat:3',
      'TransferCompleted transfer-1',
    ]);
  });
});
