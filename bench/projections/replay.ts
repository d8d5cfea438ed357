import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { connectEventStore } from '#event-store/connect';
import {
  createLogger,
  createMetrics,
  createPool,
  createRedis,
  Leases,
  settings,
  untilConnected,
  type Pool,
} from '#platform';
import { PostgresSink, projectionMetrics, RedisSink, SharedReader, Standings, viewOf, Worker } from '#projections';
import { readModelsOf } from '#read-models';
import type { Paced, Task } from './tasks.ts';

const pollMs = 5;

/** Composed as in the projector, without health checks. */
export async function replay(task: Extract<Task, { kind: 'replay' }>): Promise<Omit<Paced, 'peakMb'>> {
  const pool = createPool({ url: task.postgres, connectionsMax: 10, name: 'projector' });
  const redis = createRedis(task.redis);
  await untilConnected(redis);
  await redis.flushdb();
  const models = readModelsOf({ journal: true }).filter(({ projection }) => task.models.includes(projection.name));
  for (const { projection } of models) await forget(pool, projection);
  const store = await connectEventStore(task.postgres);
  const head = await store.head();
  const shared = {
    reader: new SharedReader(store, {
      eventsMax: settings.projectionPageEventsMax.default ?? 1000,
      bytesMax: settings.projectionPageBytesMax.default ?? 1,
    }),
    standings: new Standings(pool),
    leases: new Leases(pool, randomUUID(), 4000),
    metrics: projectionMetrics(createMetrics('bench')),
    log: createLogger('bench', { logLevel: 'warn', logFormat: 'json' }),
  };
  const sinks = models.flatMap(({ projection, inRedis }) => [
    new PostgresSink(pool, store, projection),
    ...(inRedis && task.inRedis ? [new RedisSink(redis, pool, projection)] : []),
  ]);
  const workers = sinks.map((sink) => new Worker({ ...shared, sink }));
  const began = performance.now();
  for (const worker of workers) worker.start();
  while (!workers.every(({ place }) => place?.checkpoint === head)) await pause(pollMs);
  const seconds = (performance.now() - began) / 1000;
  // Waits until all generations are live, because later steps may rebuild them.
  for (const { projection } of models) while (!(await isLive(pool, viewOf(projection)))) await pause(pollMs);
  await Promise.all(workers.map((worker) => worker.stop()));
  redis.disconnect();
  await Promise.all([store.close(), pool.end()]);
  return { events: task.stockEvents, seconds };
}

async function isLive(pool: Pool, view: string): Promise<boolean> {
  const { rows } = await pool.query<{ live: boolean }>('select to_regclass($1) is not null as live', [view]);
  return rows[0]?.live === true;
}

async function forget(pool: Pool, projection: { readonly name: string; readonly schema: number }): Promise<void> {
  const { rows } = await pool.query<{ generation: number }>(
    'delete from projections where name = $1 and schema = $2 returning generation',
    [projection.name, projection.schema],
  );
  await pool.query(`drop view if exists ${viewOf(projection)}`);
  for (const { generation } of rows) await pool.query(`drop table ${viewOf(projection)}_g${generation}`);
}
