import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '#platform';
import { startPostgres, startRedis, type Server } from '#dev/servers';
import type { Servers } from './contender.ts';

/** The servers that all contenders share: a durable PostgreSQL and Redis, and a Redis without persistence. */
export class BenchServers {
  readonly #directory: string;
  readonly #running: readonly Server[];
  readonly #urls: Omit<Servers, 'eventStore'>;
  #databases = 0;

  private constructor(directory: string, running: readonly [Server, Server, Server]) {
    const [postgres, redis, volatileRedis] = running;
    this.#directory = directory;
    this.#running = running;
    this.#urls = { postgres: postgres.url, redis: redis.url, volatileRedis: volatileRedis.url };
  }

  static async start(): Promise<BenchServers> {
    const directory = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
    const files = (name: string) => ({ dataDir: join(directory, name), logFile: join(directory, `${name}.log`) });
    const running = await Promise.all([
      startPostgres({ ...files('postgres'), durable: true }),
      startRedis(files('redis')),
      startRedis({ ...files('volatile-redis'), appendOnly: false }),
    ]);
    return new BenchServers(directory, running);
  }

  get postgres(): string {
    return this.#urls.postgres;
  }

  get redis(): string {
    return this.#urls.redis;
  }

  /** The servers, with an empty database. */
  async withDatabase(): Promise<Servers> {
    const database = `bench_${++this.#databases}`;
    const pool = createPool({ url: this.#urls.postgres, connectionsMax: 1, name: 'bench' });
    try {
      await pool.query(`create database ${database}`);
    } finally {
      await pool.end();
    }
    const url = new URL(this.#urls.postgres);
    url.pathname = `/${database}`;
    const named = process.env['EVENTSTORE_URL'];
    return { ...this.#urls, postgres: url.href, eventStore: named?.startsWith('esdb') ? named : undefined };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map((server) => server.stop()));
    await rm(this.#directory, { recursive: true, force: true });
  }
}
