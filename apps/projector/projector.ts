import { connectEventStore } from '#event-store/connect';
import { createHttpService } from '#http';
import { createMetrics, createPool, createRedis, Health, untilConnected, type Config, type Logger } from '#platform';
import { PostgresSink, RedisSink, Runner } from '#projections';
import { availabilityProjection, itemsProjection } from '#read-models';

class Projector {}

/** Puts the parts together, starts the projections, and answers how to stop. */
export async function startProjector(config: Config, log: Logger): Promise<{ stop: () => Promise<void> }> {
  const metrics = createMetrics('projector');
  const health = new Health();
  const pool = createPool({ url: config.databaseUrl, connectionsMax: config.postgresPoolMax, name: 'projector', log });
  const redis = createRedis(config.redisUrl, log);
  await untilConnected(redis);
  const store = await connectEventStore(config.eventStoreUrl);
  const sinks = [
    await PostgresSink.open(pool, itemsProjection),
    await PostgresSink.open(pool, availabilityProjection),
    new RedisSink(redis, availabilityProjection),
  ];
  const runners = sinks.map((sink) => new Runner({ store, sink, pageEventsMax: config.projectionPageEventsMax, log }));
  const app = await createHttpService({
    name: 'projector',
    module: { module: Projector },
    config,
    log,
    metrics,
    health,
    translate: () => undefined,
  });
  for (const [index, runner] of runners.entries()) {
    const name = sinks[index]?.name ?? '';
    health.add({
      name,
      essential: false,
      check: async () => {
        if (runner.failing) throw new Error(`${name} fails`);
      },
    });
    runner.start();
  }
  health.add({ name: 'event-store', essential: true, check: async () => void (await store.head()) });
  await app.listen(config.port, config.host);
  health.phase = 'ready';
  log.info({ url: await app.getUrl() }, 'projector is ready');
  return {
    stop: async () => {
      health.phase = 'stopping';
      await app.close();
      await Promise.all(runners.map((runner) => runner.stop()));
      redis.disconnect();
      await Promise.all([store.close(), pool.end()]);
    },
  };
}
