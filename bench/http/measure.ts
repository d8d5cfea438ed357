import { randomUUID } from 'node:crypto';
import type { BenchServers } from '../harness/servers.ts';
import { migrateAll } from '../harness/migrate-all.ts';
import { findNginx } from '../../test/deploy/nginx/find-nginx.ts';
import { startGateway } from '../../test/deploy/nginx/start-gateway.ts';
import { perform } from '../projections/perform.ts';
import { secrets } from '../projections/secrets.ts';
import { startService, type RunningService } from '../projections/service.ts';
import type { LoadAnswer } from './clients.ts';
import { measureExpiry, type Expiry } from './expiry.ts';
import { inTurns } from './in-turns.ts';
import type { LoadTask } from './load.ts';
import type { Measured } from './measured.ts';
import { connections, expiringSlotsCount, hotItemsBehindGateway, slotsCount, type HttpPace } from './pace.ts';
import { Shop } from './shop.ts';

export interface SalesMeasured {
  readonly hotItem: readonly Measured[];
  readonly withProjector: readonly Measured[];
  readonly holds: readonly Measured[];
  readonly expiry: Expiry;
  /** Empty without nginx. */
  readonly gateway: readonly Measured[];
}

export interface MeasureOptions {
  readonly servers: BenchServers;
  readonly directory: string;
  readonly pace: HttpPace;
  readonly profile: string | undefined;
  readonly say: (line: string) => void;
}

type Contender = Pick<LoadTask, 'url' | 'services' | 'paths'> & { readonly title: string; readonly confirms?: boolean };

const units = 100_000_000;
// Limits are high enough that no caller is limited; holds last for the whole benchmark.
const generous = { HOLDFAST_WRITES_PER_MINUTE_MAX: '10000000' };

export async function measureSales(options: MeasureOptions): Promise<SalesMeasured> {
  const { servers, directory, profile, say } = options;
  const place = await servers.withDatabase();
  const env = { DATABASE_URL: place.postgres, EVENTSTORE_URL: place.postgres, REDIS_URL: place.redis, ...generous };
  await migrateAll(place.postgres);
  const services: RunningService[] = [];
  const start = async (name: string, file: string, settings: NodeJS.ProcessEnv = {}): Promise<RunningService> => {
    const service = await startService(name, file, directory, { ...env, ...settings }, profile);
    services.push(service);
    return service;
  };
  try {
    const commandApi = await start('command-api', 'dist/apps/command-api/main.js');
    const shop = await Shop.open(commandApi.url, { PATH: process.env['PATH'], ...env, ...secrets });
    const item = await shop.item(units);
    const hot = [`/items/${item}/purchase`];
    const rival = async (title: string, way: string, pool: number): Promise<Contender> => {
      const { postgres } = await servers.withDatabase();
      const theirs = randomUUID();
      const settings = { BENCH_WAY: way, BENCH_POOL: String(pool), BENCH_ITEM: theirs };
      const service = await start(way, 'bench/sale-service.ts', { DATABASE_URL: postgres, ...settings });
      return { title, url: service.url, services: [service.url], paths: [`/items/${theirs}/purchase`] };
    };
    const holdfast = { title: 'Holdfast', url: commandApi.url, services: [commandApi.url], paths: hot };
    const bare = await rival('a handler that does nothing', 'bare', 0);
    const rivals = [
      bare,
      await rival('SELECT … FOR UPDATE', 'row-lock', 8),
      await rival('Redis lock, SQL later', 'redis-lock', 64),
    ];
    const ask = (title: string, contenders: readonly Contender[]): Promise<readonly Measured[]> => {
      say(title);
      return inTurns(contenders, options.pace.rounds, (asked) => {
        const { title: _, confirms = false, ...contender } = asked;
        const { warmUpMs, measureMs } = options.pace;
        const task: LoadTask = { ...contender, confirms, tokens: [shop.token], connections, warmUpMs, measureMs };
        return perform<LoadAnswer>('sales-load.ts', task);
      });
    };
    const hotItem = await ask('one hot item', [holdfast, ...rivals]);
    say('1,000 slots');
    const slots: number[] = [];
    while (slots.length < slotsCount) slots.push(await shop.slot(1_000_000));
    const holding = { ...holdfast, paths: slots.map((id) => `/slots/${id}/hold`), confirms: true };
    const holds = await ask('hold and confirm', [{ ...holding, title: 'hold and confirm, 1,000 slots at random' }]);
    const gateway = await behindGateway(commandApi, start, shop, ask, say);
    const projector = await start('projector', 'dist/apps/projector/main.js');
    const withProjector = await ask('with a projector', [{ ...holdfast, title: 'Holdfast, with a projector' }, bare]);
    say('holds that expire');
    const expiring: number[] = [];
    while (expiring.length < expiringSlotsCount) expiring.push(await shop.slot(1000));
    const expiry = await measureExpiry(shop, expiring, place.postgres);
    await projector.stop();
    return { hotItem, withProjector, holds, expiry, gateway };
  } finally {
    await Promise.all(services.map((service) => service.stop()));
  }
}

/** One process and then two behind the deployed nginx configuration, which hashes by stock. */
async function behindGateway(
  first: RunningService,
  start: (name: string, file: string) => Promise<RunningService>,
  shop: Shop,
  ask: (title: string, contenders: readonly Contender[]) => Promise<readonly Measured[]>,
  say: (line: string) => void,
): Promise<readonly Measured[]> {
  const nginx = await findNginx();
  if ('missing' in nginx) {
    say(`behind the gateway: left out. ${nginx.missing}`);
    return [];
  }
  const second = await start('second-command-api', 'dist/apps/command-api/main.js');
  const items = await Promise.all(Array.from({ length: hotItemsBehindGateway }, () => shop.item(units)));
  const paths = items.map((item) => `/items/${item}/purchase`);
  const contenders: Contender[] = [];
  const stops: (() => Promise<void>)[] = [];
  for (const processes of [[first], [first, second]]) {
    const urls = processes.map(({ url }) => url);
    const ports = urls.map((url) => Number(new URL(url).port));
    const gateway = await startGateway(nginx, { commandApis: ports, queryApis: ports });
    stops.push(gateway.stop);
    const title = `${hotItemsBehindGateway} items, ${processes.length} command-api behind nginx`;
    contenders.push({ title, url: `http://127.0.0.1:${gateway.port}`, services: urls, paths });
  }
  const measured = await ask('behind the gateway', contenders);
  for (const stop of stops) await stop();
  await second.stop();
  return measured;
}
