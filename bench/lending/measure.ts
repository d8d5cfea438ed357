import { Redis } from 'ioredis';
import { connectEventStore } from '#event-store/connect';
import { createPool } from '#platform';
import { eachOf } from '../harness/each-of.ts';
import { migrateAll } from '../harness/migrate-all.ts';
import type { BenchmarkOptions } from '../harness/run-benchmark.ts';
import { bestPool } from '../http/best-pool.ts';
import { inTurns } from '../http/in-turns.ts';
import type { Measured } from '../http/measured.ts';
import { Shop } from '../http/shop.ts';
import { secrets } from '../projections/secrets.ts';
import { startService, type RunningService } from '../projections/service.ts';
import { letWork, type Clients, type Contender, type LendingAnswer } from './contender.ts';
import type { Work } from './load.ts';
import { connections, requestsEach, type LendingPace } from './pace.ts';
import { RecordedLends } from './recorded-lends.ts';
import { startAcceptances, startLends, type StartService } from './rivals.ts';
import { itemNames, unitsOfEach } from './stocks.ts';

export interface ScenarioMeasured {
  readonly title: string;
  /** Holdfast and the row lock. */
  readonly contenders: readonly Measured<LendingAnswer>[];
}

export interface LendingMeasured {
  readonly scenarios: readonly ScenarioMeasured[];
}

type MeasureOptions = BenchmarkOptions<LendingPace>;

interface Scenario {
  readonly title: string;
  readonly holdfast: Contender;
  readonly startRival: (size: number) => Promise<Contender>;
}

// Limits are high enough that no caller is limited.
const generous = { HOLDFAST_WRITES_PER_MINUTE_MAX: '10000000', HOLDFAST_ANONYMOUS_WRITES_PER_MINUTE_MAX: '10000000' };

export async function measureLending(options: MeasureOptions): Promise<LendingMeasured> {
  const { servers, directory, profile, say } = options;
  const place = await servers.withDatabase();
  await migrateAll(place.postgres);
  const env = { DATABASE_URL: place.postgres, EVENTSTORE_URL: place.postgres, REDIS_URL: place.redis, ...generous };
  const store = await connectEventStore(place.postgres);
  const pool = createPool({ url: servers.postgres, connectionsMax: 1, name: 'bench' });
  const redis = new Redis(servers.redis);
  const services = new Set<RunningService>();
  const start: StartService = async (name, file, settings) => {
    const service = await startService(name, file, directory, { ...env, ...settings }, profile);
    services.add(service);
    return { url: service.url, stop: () => (services.delete(service), service.stop()) };
  };
  try {
    const commandApi = await start('command-api', 'dist/apps/command-api/main.js', {});
    say(`${itemNames.length} items and ${connections} customers`);
    const shop = await Shop.open(commandApi.url, { PATH: process.env['PATH'], ...env, ...secrets });
    const tokens = await shop.customers(connections);
    const lends = new RecordedLends(store);
    const holdfast = { ...commandApi, title: 'Holdfast', recorded: () => lends.count() };
    const measured: ScenarioMeasured[] = [];
    for (const scenario of await scenariosOf(options, shop, holdfast, start)) {
      measured.push(await measureScenario(scenario, { tokens, pool, redis }, options));
    }
    return { scenarios: measured };
  } finally {
    await Promise.all(Array.from(services, (service) => service.stop()));
    await Promise.all([store.close(), pool.end(), redis.quit()]);
  }
}

async function scenariosOf(
  { servers, pace: { rounds } }: MeasureOptions,
  shop: Shop,
  holdfast: Omit<Contender, 'workOf'>,
  start: StartService,
): Promise<readonly Scenario[]> {
  const inventoryId = await shop.inventory();
  await eachOf(itemNames, (name) => shop.itemToLend(unitsOfEach, inventoryId, name));
  const lending = (title: string, lends: (round: number) => Work): Scenario => {
    const startRival = (size: number) => startLends({ servers, start }, inventoryId, lends, size);
    return { title, holdfast: { ...holdfast, workOf: lends }, startRival };
  };
  const ofItems = { type: 'lend', inventoryId } as const;
  const requests: number[] = [];
  while (requests.length < rounds * requestsEach) requests.push(await shop.request());
  const numbers = requests.map((_, index) => index + 1);
  return [
    lending('Lends of one hot item', (round) => ({ ...ofItems, item: itemNames[round] ?? '', returns: false })),
    lending('Lends of one hot item that are returned immediately', (round) => ({
      ...ofItems,
      item: itemNames[rounds + round] ?? '',
      returns: true,
    })),
    {
      title: 'Acceptances of one hot request',
      holdfast: { ...holdfast, workOf: (round) => accepting(requests, round) },
      startRival: (size) =>
        startAcceptances({ servers, start }, numbers.length, (round) => accepting(numbers, round), size),
    },
  ];
}

function accepting(requests: readonly number[], round: number): Work {
  return { type: 'accept', requests: requests.slice(round * requestsEach, (round + 1) * requestsEach) };
}

async function measureScenario(
  { title, holdfast, startRival }: Scenario,
  clients: Clients,
  { pace, say }: MeasureOptions,
): Promise<ScenarioMeasured> {
  say(`${title}: the pool of the rival`);
  const calibrated = { warmUpMs: pace.warmUpMs, measureMs: pace.calibrateMs };
  const size = await bestPool(pace.poolSizes, startRival, (rival) => letWork(rival, 0, clients, calibrated));
  const rowLock = await startRival(size);
  say(`${title}: in turns`);
  const contenders = await inTurns([holdfast, rowLock], pace.rounds, (each, round) =>
    letWork(each, round, clients, pace),
  );
  await rowLock.stop();
  return { title, contenders };
}
