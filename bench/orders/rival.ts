import { recordedOrderRows } from '../baselines/order-tables.ts';
import type { BenchServers } from '../harness/servers.ts';
import type { RunningService } from '../projections/service.ts';
import type { Contender } from './contender.ts';
import { linesEach } from './stocks.ts';

export const rivals = {
  'row-lock': 'SELECT … FOR UPDATE',
  'conditional-update': 'UPDATE … WHERE stock >= n',
} as const;
export type Way = keyof typeof rivals;

export type StartService = (name: string, file: string, settings: NodeJS.ProcessEnv) => Promise<RunningService>;

/** Another way to place an order, behind the same stack, with a database of its own. */
export async function startRival(
  servers: BenchServers,
  start: StartService,
  way: Way,
  pool: number,
): Promise<Contender> {
  const { postgres } = await servers.withDatabase();
  const settings = { DATABASE_URL: postgres, BENCH_WAY: way, BENCH_POOL: String(pool) };
  const service = await start(`${way}-${pool}`, 'bench/order-service.ts', settings);
  const recorded = (): Promise<number> => recordedOrderRows(postgres, linesEach);
  const title = `${rivals[way]}, ${pool} connections`;
  return { title, url: service.url, recorded, stop: () => service.stop() };
}
