import { cpus, loadavg, totalmem } from 'node:os';
import { Redis } from 'ioredis';
import { createPool, type Pool } from '#platform';
import type { BenchServers } from '../harness/servers.ts';
import { spread } from './summary.ts';
import { number } from './table.ts';

/** The environment of the measurements, without names of the machine. */
export interface Surroundings {
  readonly node: string;
  readonly platform: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  /** Of the last minute: what other programs do; 0 where the system does not say. */
  readonly loadBefore: number;
  readonly commitMs: number;
  readonly postgres: Readonly<Record<string, string>>;
  readonly redis: Readonly<Record<string, string>>;
}

const settings = [
  'server_version',
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_sync_method',
  'wal_level',
  'commit_delay',
  'shared_buffers',
  'max_wal_size',
  'checkpoint_timeout',
  'max_connections',
  'default_transaction_isolation',
  'autovacuum',
  'jit',
];

export async function lookAround(servers: BenchServers): Promise<Surroundings> {
  const pool = createPool({ url: servers.postgres, connectionsMax: 1, name: 'bench' });
  const redis = new Redis(servers.redis);
  try {
    const all = cpus();
    return {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      processor: all[0]?.model.trim() ?? 'unknown',
      cores: all.length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      loadBefore: loadavg()[0] ?? 0,
      commitMs: await commitMs(pool),
      postgres: await postgresSettings(pool),
      redis: await redisSettings(redis),
    };
  } finally {
    await Promise.all([pool.end(), redis.quit()]);
  }
}

/** A quiet machine has less. */
const quietLoadMax = 0.5;

/** How busy the machine was before. */
export function loadLine({ loadBefore }: Surroundings): string {
  const quiet = loadBefore <= quietLoadMax ? '' : '; it was not quiet: other work ran beside the measurements';
  return `- Load of the machine when it began: ${number(loadBefore)}${quiet}.`;
}

/** The minimum duration of a durable transaction, as seen by a client. */
async function commitMs(pool: Pool): Promise<number> {
  await pool.query('create table commit_probe (n int)');
  const times: number[] = [];
  for (let n = 0; n < 200; n++) {
    const began = performance.now();
    await pool.query({ name: 'probe', text: 'insert into commit_probe values ($1)', values: [n] });
    times.push(performance.now() - began);
  }
  await pool.query('drop table commit_probe');
  return spread(times).median;
}

async function postgresSettings(pool: Pool): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ name: string; value: string }>(
    'select name, current_setting(name) as value from unnest($1::text[]) with ordinality s(name, place) order by place',
    [settings],
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

async function redisSettings(redis: Redis): Promise<Record<string, string>> {
  const version = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? 'unknown';
  const read = async (name: string) => (await redis.config('GET', name))[1] ?? 'unknown';
  return { version, appendonly: await read('appendonly'), appendfsync: await read('appendfsync') };
}
