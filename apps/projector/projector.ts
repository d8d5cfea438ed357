import { randomUUID } from 'node:crypto';
import { connectEventStore } from '#event-store/connect';
import { closeHttpService, createHttpService } from '#http';
import {
  createMetrics,
  createPool,
  createRedis,
  Health,
  stopInOrder,
  untilConnected,
  type Config,
  type Logger,
} from '#platform';
import {
  Leases,
  PostgresSink,
  projectionMetrics,
  RedisSink,
  SharedReader,
  StallWatch,
  Standings,
  Worker,
} from '#projections';
import { readModels } from '#read-models';

class Projector {}

/** Puts the parts together, starts the projections, and answers how to stop. */
export async function startProjector(config: Config, log: Logger): Promise<{ stop: () => Promise<void> }> {
  const metrics = createMetrics('projector');
  const health = new Health();
  const pool = createPool({ url: config.databaseUrl, connectionsMax: config.postgresPoolMax, name: 'projector', log });
  const redis = createRedis(config.redisUrl, log);
  await untilConnected(redis);
  const store = await connectEventStore(config.eventStoreUrl);
  const shared = {
    reader: new SharedReader(store, {
      eventsMax: config.projectionPageEventsMax,
      bytesMax: config.projectionPageBytesMax,
    }),
    standings: new Standings(pool),
    leases: new Leases(pool, randomUUID(), config.projectionLeaseMs),
    metrics: projectionMetrics(metrics),
    log,
  };
  const sinks = readModels.flatMap(({ projection, inRedis }) => [
    new PostgresSink(pool, store, projection),
    ...(inRedis ? [new RedisSink(redis, pool, projection)] : []),
  ]);
  const workers = sinks.map((sink) => new Worker({ ...shared, sink }));
  const stalls = new StallWatch(workers, { ...shared, store, stalledAfterMs: config.projectionStalledAfterMs });
  const app = await createHttpService({
    name: 'projector',
    module: { module: Projector },
    config,
    log,
    metrics,
    health,
    translate: () => undefined,
  });
  health.add({ name: 'event-store', essential: true, check: async () => void (await store.head()) });
  for (const worker of workers) {
    health.add({ name: worker.name, essential: true, check: () => assertGoesOn(worker, stalls) });
    worker.start();
  }
  stalls.start();
  await app.listen(config.port, config.host);
  health.phase = 'ready';
  log.info({ url: await app.getUrl() }, 'projector is ready');
  return {
    stop: async () => {
      health.phase = 'stopping';
      const parts = [
        { name: 'requests', stop: (timeoutMs: number) => closeHttpService(app, timeoutMs, log) },
        { name: 'stall-watch', stop: () => stalls.stop() },
        { name: 'workers', stop: () => Promise.all(workers.map((worker) => worker.stop())) },
        { name: 'redis', stop: () => redis.disconnect() },
        { name: 'event-store', stop: () => store.close() },
        { name: 'postgres', stop: () => pool.end() },
      ];
      await stopInOrder(parts, { timeoutMs: config.stopTimeoutMs, log });
    },
  };
}

/** A projection that stands while the head moves is as good as none. */
async function assertGoesOn(worker: Worker, stalls: StallWatch): Promise<void> {
  if (worker.failing) throw new Error(`${worker.name} cannot go on`);
  if (stalls.isStalled(worker)) throw new Error(`${worker.name} stands still`);
}
