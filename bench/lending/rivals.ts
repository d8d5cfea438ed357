import { recordedAcceptanceRows } from '../baselines/acceptance-tables.ts';
import { recordedLendRows } from '../baselines/lend-tables.ts';
import type { BenchServers } from '../harness/servers.ts';
import type { RunningService } from '../projections/service.ts';
import type { Contender } from './contender.ts';
import type { Work } from './load.ts';

export type StartService = (name: string, file: string, settings: NodeJS.ProcessEnv) => Promise<RunningService>;

export interface Rivals {
  readonly servers: BenchServers;
  readonly start: StartService;
}

/** The way of requirement 003, behind the same stack, with a database of its own. */
export async function startLends(
  { servers, start }: Rivals,
  inventoryId: number,
  workOf: (round: number) => Work,
  size: number,
): Promise<Contender> {
  const { postgres } = await servers.withDatabase();
  const settings = { DATABASE_URL: postgres, BENCH_POOL: String(size), BENCH_INVENTORY: String(inventoryId) };
  const service = await start(`lend-row-lock-${size}`, 'bench/lend-service.ts', settings);
  return { ...service, title: titleOf(size), workOf, recorded: () => recordedLendRows(postgres) };
}

/** The same for acceptances; the requests are numbered from 1. */
export async function startAcceptances(
  { servers, start }: Rivals,
  requests: number,
  workOf: (round: number) => Work,
  size: number,
): Promise<Contender> {
  const { postgres } = await servers.withDatabase();
  const settings = { DATABASE_URL: postgres, BENCH_POOL: String(size), BENCH_REQUESTS: String(requests) };
  const service = await start(`accept-row-lock-${size}`, 'bench/accept-service.ts', settings);
  return { ...service, title: titleOf(size), workOf, recorded: () => recordedAcceptanceRows(postgres) };
}

function titleOf(size: number): string {
  return `SELECT … FOR UPDATE, ${size} connections`;
}
