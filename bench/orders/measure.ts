import { connectEventStore } from '#event-store/connect';
import { eachOf } from '../harness/each-of.ts';
import { migrateAll } from '../harness/migrate-all.ts';
import type { Servers } from '../harness/contender.ts';
import type { BenchmarkOptions } from '../harness/run-benchmark.ts';
import type { Measured as Tallied } from '../harness/tally.ts';
import { bestPool } from '../http/best-pool.ts';
import { inTurns } from '../http/in-turns.ts';
import { donePerSecond, type Measured } from '../http/measured.ts';
import { Shop } from '../http/shop.ts';
import { secrets } from '../projections/secrets.ts';
import { startService, type RunningService } from '../projections/service.ts';
import type { SeenAfter } from '../projections/constant-rate.ts';
import { perform } from '../projections/perform.ts';
import { spread, type Spread } from '../report/summary.ts';
import type { CoreTask } from './core.ts';
import type { FeedTask } from './feed-lag.ts';
import { takeOrders, type Contender, type Load } from './contender.ts';
import { connections, feedEventsPerSecond, type OrdersPace } from './pace.ts';
import { RecordedOrders } from './recorded-orders.ts';
import { rivals, startRival, type StartService, type Way } from './rival.ts';
import { hotItemsCount, itemNames, unitsOfEach } from './stocks.ts';

export interface ScenarioMeasured {
  readonly title: string;
  /** Holdfast, the row lock, the conditional update. */
  readonly contenders: readonly Measured[];
  /** Holdfast at half of the orders per second that it had. */
  readonly atHalf: Measured;
  /** The cancels alone: each order is cancelled immediately. */
  readonly cancels: Measured;
}

type MeasureOptions = BenchmarkOptions<OrdersPace>;

// Limits are high enough that no caller is limited.
const generous = { HOLDFAST_WRITES_PER_MINUTE_MAX: '10000000', HOLDFAST_ANONYMOUS_WRITES_PER_MINUTE_MAX: '10000000' };
const scenarios = [
  { title: `${hotItemsCount} hot items`, itemsCount: hotItemsCount },
  { title: `${itemNames.length.toLocaleString('en-US')} items at random`, itemsCount: itemNames.length },
];

/** The handler of Holdfast, without HTTP. */
export interface CoreMeasured {
  readonly title: string;
  readonly perSecond: Spread;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMicrosPerOrder: number;
}

export interface OrdersMeasured {
  readonly scenarios: readonly ScenarioMeasured[];
  readonly core: readonly CoreMeasured[];
  readonly feed: SeenAfter;
}

export async function measureOrders(options: MeasureOptions): Promise<OrdersMeasured> {
  const place = await options.servers.withDatabase();
  await migrateAll(place.postgres);
  const store = await connectEventStore(place.postgres);
  const orders = new RecordedOrders(store);
  try {
    const overHttp = await measureScenarios(options, place, orders);
    // In the same database, whose items and customers it orders with; command-api has stopped.
    const core = await measureCores(options, place, orders);
    return { scenarios: overHttp, core, feed: await measureFeed(options) };
  } finally {
    await store.close();
  }
}

/** With a projector as it is deployed, which carries all read models as well. */
async function measureFeed({ servers, directory, pace, profile, say }: MeasureOptions): Promise<SeenAfter> {
  say(`the feed, at ${feedEventsPerSecond} purchases a second`);
  const { postgres, redis } = await servers.withDatabase();
  await migrateAll(postgres);
  const env = { DATABASE_URL: postgres, EVENTSTORE_URL: postgres, REDIS_URL: redis };
  const projector = await startService('projector', 'dist/apps/projector/main.js', directory, env, profile);
  try {
    const { feedWarmUpMs: warmUpMs, measureMs } = pace;
    const task: FeedTask = { postgres, redis, perSecond: feedEventsPerSecond, warmUpMs, measureMs };
    return await perform<SeenAfter>('feed-lag.ts', task);
  } finally {
    await projector.stop();
  }
}

async function measureCores(
  { pace, profile, say }: MeasureOptions,
  place: Servers,
  orders: RecordedOrders,
): Promise<readonly CoreMeasured[]> {
  const measured: CoreMeasured[] = [];
  for (const { title, itemsCount } of scenarios) {
    say(`${title}: without HTTP`);
    const rounds: Tallied[] = [];
    for (let round = 0; round < pace.rounds; round++) {
      const task: CoreTask = { ...place, itemsCount, warmUpMs: pace.warmUpMs, measureMs: pace.measureMs };
      const profiling = profile === undefined ? undefined : { folder: profile, name: `core-${itemsCount}.cpuprofile` };
      const before = await orders.count();
      const answer = await perform<Tallied>('orders-core.ts', task, { built: true, profiling });
      const made = (await orders.count()) - before;
      if (made !== answer.boughtInAll) throw new Error(`${made} orders are recorded, of ${answer.boughtInAll}`);
      rounds.push(answer);
    }
    const median = (of: (round: Tallied) => number): number => spread(rounds.map(of)).median;
    measured.push({
      title,
      perSecond: spread(rounds.map(({ bought, seconds }) => bought / seconds)),
      p50Ms: median(({ p50Ms }) => p50Ms),
      p99Ms: median(({ p99Ms }) => p99Ms),
      cpuMicrosPerOrder: median(({ cpuMicros, bought }) => cpuMicros / bought),
    });
  }
  return measured;
}

async function measureScenarios(
  { servers, directory, pace, profile, say }: MeasureOptions,
  place: Servers,
  orders: RecordedOrders,
): Promise<readonly ScenarioMeasured[]> {
  const env = { DATABASE_URL: place.postgres, EVENTSTORE_URL: place.postgres, REDIS_URL: place.redis, ...generous };
  const services = new Set<RunningService>();
  const start: StartService = async (name, file, settings) => {
    const service = await startService(name, file, directory, { ...env, ...settings }, profile);
    services.add(service);
    const stop = (): Promise<void> => (services.delete(service), service.stop());
    return { url: service.url, stop };
  };
  try {
    const commandApi = await start('command-api', 'dist/apps/command-api/main.js', {});
    say(`${itemNames.length} items and ${connections} customers`);
    const tokens = await provide(commandApi.url, env);
    const holdfast = { ...commandApi, title: 'Holdfast', recorded: () => orders.count() };
    const measured: ScenarioMeasured[] = [];
    for (const { title, itemsCount } of scenarios) {
      const load = { itemsCount, warmUpMs: pace.warmUpMs, measureMs: pace.measureMs };
      const others: Contender[] = [];
      for (const way of Object.keys(rivals) as Way[]) {
        say(`${title}: ${rivals[way]}`);
        const open = (pool: number): Promise<Contender> => startRival(servers, start, way, pool);
        const calibrated = { ...load, measureMs: pace.calibrateMs };
        const pool = await bestPool(pace.poolSizes, open, (rival) => takeOrders(rival, tokens, calibrated));
        others.push(await open(pool));
      }
      say(`${title}: in turns`);
      const contenders = await inTurns([holdfast, ...others], pace.rounds, (each) => takeOrders(each, tokens, load));
      await Promise.all(others.map(({ stop }) => stop()));
      const half = (contenders[0] === undefined ? 0 : donePerSecond(contenders[0])) / 2;
      const paced = async (what: string, pacing: Pick<Load, 'turnsPerSecond' | 'cancels'>): Promise<Measured> => {
        say(`${title}: ${what}`);
        const [found] = await inTurns([{ ...holdfast, title: what }], pace.rounds, (each) =>
          takeOrders(each, tokens, { ...load, ...pacing }),
        );
        return found as Measured;
      };
      const atHalf = await paced('an order, at half of capacity', { turnsPerSecond: half });
      // An order and a cancel take twice as many requests.
      const cancels = await paced('a cancel, at half of capacity', { turnsPerSecond: half / 2, cancels: true });
      measured.push({ title, contenders, atHalf, cancels });
    }
    return measured;
  } finally {
    await Promise.all(Array.from(services, (service) => service.stop()));
  }
}

/** Prepares Holdfast over its API. Returns the tokens of the customers. */
async function provide(url: string, env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const shop = await Shop.open(url, { PATH: process.env['PATH'], ...env, ...secrets });
  await eachOf(itemNames, async (name) => void (await shop.item(unitsOfEach, name)));
  return shop.customers(connections);
}
