import { randomUUID } from 'node:crypto';
import { commandMetrics, CommandRuntime, Numbers, OrderNumbers, PostgresSnapshots } from '#commands';
import { PurchaseReservations } from '#commands';
import { isRejected } from '#domain';
import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { HoldIds } from '#ids';
import { OrderContacts } from '#people';
import { createLogger, createMetrics, createPool, readConfig } from '#platform';
import { Items } from '../../apps/command-api/catalog/items.ts';
import { OrderRunner } from '../../apps/command-api/orders/order-runner.ts';
import { OrderTerms } from '../../apps/command-api/orders/order-terms.ts';
import { Orders } from '../../apps/command-api/orders/orders.ts';
import { PlaceOrder, PlaceOrderHandler } from '../../apps/command-api/orders/place-order.ts';
import { PricedLines } from '../../apps/command-api/orders/priced-lines.ts';
import { PurchaseLimits } from '../../apps/command-api/stock/purchase-limits.ts';
import { Stocks } from '../../apps/command-api/stock/stocks.ts';
import { runBuyers } from '../harness/load.ts';
import type { Measured } from '../harness/tally.ts';
import { secrets } from '../projections/secrets.ts';
import { delivery, linesOf } from './order.ts';
import { connections } from './pace.ts';
import { itemNames } from './stocks.ts';

export interface CoreTask {
  readonly postgres: string;
  readonly redis: string;
  readonly itemsCount: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

const patienceMs = 10_000;

/** Places orders with the handler of command-api, composed as there, without HTTP. The items and users exist already. */
export async function measureCore({ postgres, redis, itemsCount, ...load }: CoreTask): Promise<Measured> {
  const urls = { DATABASE_URL: postgres, EVENTSTORE_URL: postgres, REDIS_URL: redis, HOLDFAST_LOG_LEVEL: 'warn' };
  const config = readConfig({ ...urls, ...secrets }, { port: 0 });
  const pool = createPool({ url: postgres, connectionsMax: config.postgresPoolMax, name: 'bench' });
  const store = await connectEventStore(postgres);
  const metrics = commandMetrics(createMetrics('bench'));
  const runtime = new CommandRuntime({ store, snapshots: new PostgresSnapshots(pool), metrics });
  const handler = composed(runtime, store, pool, config);
  const { rows } = await pool.query<{ id: string }>(`select id from users where role = 'customer'`);
  const names = itemNames.slice(0, itemsCount);
  const { shippingInfo: contact, paymentMethod } = delivery;
  let turn = 0;
  const order = async (): Promise<'bought' | 'rejected'> => {
    const commandId = randomUUID();
    const userId = rows[turn++ % rows.length]?.id ?? '';
    const caller = { commandId, correlationId: commandId, userId, role: 'customer', isRepeatable: true } as const;
    const context = { ...caller, deadline: Date.now() + patienceMs };
    const wanted = { lines: linesOf(names), delivery: { contact, paymentMethod } };
    const outcome = await handler.execute(new PlaceOrder(context, wanted));
    return isRejected(outcome) ? 'rejected' : 'bought';
  };
  const { tally } = await runBuyers(order, { ...load, inFlight: connections });
  await runtime.drain(patienceMs);
  await Promise.all([store.close(), pool.end()]);
  return tally.result();
}

function composed(
  runtime: CommandRuntime,
  store: EventStore,
  pool: ReturnType<typeof createPool>,
  config: ReturnType<typeof readConfig>,
) {
  const holdIds = new HoldIds(config.idSecret);
  const orders = new Orders(runtime);
  const stocks = new Stocks(runtime);
  const log = createLogger('bench', config);
  const limits = new PurchaseLimits(new PurchaseReservations(pool), stocks, store, log);
  return new PlaceOrderHandler(
    orders,
    new PricedLines(new Items(runtime, new Numbers(pool)), stocks, holdIds),
    new OrderTerms(config),
    new OrderNumbers(pool),
    new OrderContacts(pool),
    new OrderRunner(orders, stocks, limits, log),
    holdIds,
  );
}
