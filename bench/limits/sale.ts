import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { commandMetrics, CommandRuntime, PostgresSnapshots, PurchaseReservations } from '#commands';
import { isRejected, itemStock } from '#domain';
import { connectEventStore } from '#event-store/connect';
import { createLogger, createMetrics, createPool, readConfig } from '#platform';
import { PurchaseLimits } from '../../apps/command-api/stock/purchase-limits.ts';
import { Stocks } from '../../apps/command-api/stock/stocks.ts';
import { eachOf } from '../harness/each-of.ts';
import { secrets } from '../projections/secrets.ts';
import type { LimitsPace } from './pace.ts';

export interface SaleTask extends LimitsPace {
  readonly postgres: string;
  readonly redis: string;
  /** null for a sale without a limit. */
  readonly purchaseLimit: number | null;
}

/** One measurement: the next customers of a sale. */
export interface Customers {
  readonly customersBefore: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The longest time in which the event loop did nothing else. */
  readonly loopDelayMaxMs: number;
  readonly heapMb: number;
  readonly rssMb: number;
}

export interface Restart {
  /** From the first purchase in a new process to its answer. */
  readonly firstPurchaseMs: number;
  readonly loopDelayMaxMs: number;
}

export interface Sale {
  readonly purchaseLimit: number | null;
  readonly customers: readonly Customers[];
  readonly restart: Restart;
}

const patienceMs = 30_000;
const loopResolutionMs = 1;
const stock = itemStock('prod_limited');

/** Each customer buys one unit of the same item, and then another process goes on with the sale. */
export async function sellToMany({ customers, customersEach, purchaseLimit, ...servers }: SaleTask): Promise<Sale> {
  const selling = await open(servers);
  await selling.send({ type: 'Provide', quantity: 2 * customers, provideId: null });
  if (purchaseLimit !== null) await selling.send({ type: 'SetSaleTerms', purchaseLimit });
  const measured: Customers[] = [];
  for (let before = 0; before < customers; before += customersEach) {
    measured.push(await sellTo(selling, before, customersEach));
  }
  await selling.close();
  return { purchaseLimit, customers: measured, restart: await restart(servers) };
}

async function sellTo(selling: Selling, customersBefore: number, count: number): Promise<Customers> {
  const latencies: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: loopResolutionMs });
  delay.enable();
  const began = performance.now();
  await eachOf(
    Array.from({ length: count }, () => randomUUID()),
    async (customerId) => {
      const asked = performance.now();
      await selling.buy(customerId);
      latencies.push(performance.now() - asked);
    },
  );
  const seconds = (performance.now() - began) / 1000;
  delay.disable();
  latencies.sort((one, other) => one - other);
  const { rss, heapUsed } = process.memoryUsage();
  return {
    customersBefore,
    perSecond: count / seconds,
    p50Ms: latencies[Math.floor(count * 0.5)] as number,
    p99Ms: latencies[Math.floor(count * 0.99)] as number,
    loopDelayMaxMs: delay.max / 1e6,
    heapMb: heapUsed / 2 ** 20,
    rssMb: rss / 2 ** 20,
  };
}

async function restart(servers: Pick<SaleTask, 'postgres' | 'redis'>): Promise<Restart> {
  const selling = await open(servers);
  const delay = monitorEventLoopDelay({ resolution: loopResolutionMs });
  delay.enable();
  const began = performance.now();
  await selling.buy(randomUUID());
  const firstPurchaseMs = performance.now() - began;
  delay.disable();
  await selling.close();
  return { firstPurchaseMs, loopDelayMaxMs: delay.max / 1e6 };
}

type Selling = Awaited<ReturnType<typeof open>>;

/** Purchases as the use case sends them, without HTTP. */
async function open({ postgres, redis }: Pick<SaleTask, 'postgres' | 'redis'>) {
  const urls = { DATABASE_URL: postgres, EVENTSTORE_URL: postgres, REDIS_URL: redis, HOLDFAST_LOG_LEVEL: 'warn' };
  const config = readConfig({ ...urls, ...secrets }, { port: 0 });
  const pool = createPool({ url: postgres, connectionsMax: config.postgresPoolMax, name: 'bench' });
  const store = await connectEventStore(postgres);
  const metrics = commandMetrics(createMetrics('bench'));
  const runtime = new CommandRuntime({ store, snapshots: new PostgresSnapshots(pool), metrics });
  const stocks = new Stocks(runtime);
  const limits = new PurchaseLimits(new PurchaseReservations(pool), stocks, store, createLogger('bench', config));
  const send = async (command: Parameters<ReturnType<typeof stocks.of>['execute']>[0]): Promise<void> => {
    const answer = await stocks.of(stock).execute(command, newContext());
    if (isRejected(answer)) throw new Error(`${command.type} was rejected: ${answer.rejection.code}`);
  };
  const buy = async (customerId: string): Promise<void> => {
    const ofCustomer = { ...newContext(), userId: customerId };
    const command = { type: 'Purchase', purchaseId: randomUUID(), customerId, quantity: 1 } as const;
    const answer = await limits.within(stock, command, ofCustomer, (counted) =>
      stocks.of(stock).record('UnitsPurchased', counted, ofCustomer),
    );
    if (isRejected(answer)) throw new Error(`a purchase was rejected: ${answer.rejection.code}`);
  };
  const close = async (): Promise<void> => {
    await runtime.drain(patienceMs);
    await Promise.all([store.close(), pool.end()]);
  };
  return { send, buy, close };
}

function newContext() {
  const commandId = randomUUID();
  return { commandId, correlationId: commandId, userId: null, deadline: Date.now() + patienceMs };
}
