import { randomUUID } from 'node:crypto';
import { LateEventStore } from '#event-store/connect';
import { FeedSink, feedMigrations, publicEvents } from '#feeds';
import { closeHttpService, createHttpService } from '#http';
import { HoldIds } from '#ids';
import {
  assertClock,
  assertConnected,
  assertMigrated,
  createMetrics,
  createPool,
  createRedis,
  Health,
  Leases,
  ServiceReporter,
  stopInOrder,
  untilItWorks,
  type Config,
  type Logger,
  type RunningService,
} from '#platform';
import { processMetrics, ProcessRunner } from '#processes';
import {
  PerformRuns,
  PostgresSink,
  projectionMetrics,
  projectionMigrations,
  PublishedHead,
  RedisSink,
  SharedReader,
  StallWatch,
  Standings,
  SupervisedWorker,
  Worker,
  type Sink,
} from '#projections';
import { readModelsOf } from '#read-models';
import { TidyWebhooks, webhookMetrics, webhookMigrations, WebhookSender, WebhookSink } from '#webhooks';

class Projector {}

const migrations = [...projectionMigrations, ...feedMigrations, ...webhookMigrations];

/** Composes the parts and listens; each projection starts when what it needs is available. */
export async function startProjector(config: Config, log: Logger): Promise<RunningService> {
  const metrics = createMetrics('projector');
  const health = new Health();
  const pool = createPool({ url: config.databaseUrl, connectionsMax: config.postgresPoolMax, name: 'projector', log });
  const redis = createRedis(config.redisUrl, log);
  const store = new LateEventStore(config.eventStoreUrl);
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
  const readModels = readModelsOf(config);
  const supervised = (sink: () => Sink) => new SupervisedWorker(() => new Worker({ ...shared, sink: sink() }));
  const ofTables = readModels.map(({ projection }) => supervised(() => new PostgresSink(pool, store, projection)));
  const ofCopies = readModels
    .filter(({ inRedis }) => inRedis)
    .map(({ projection }) => supervised(() => new RedisSink(redis, pool, projection)));
  const tell = publicEvents({ holdIds: new HoldIds(config.idSecret), stockLowAt: config.stockLowAt });
  const ofFeed = supervised(() => new FeedSink({ redis, pool, store, tell, entriesMax: config.feedEntriesMax }));
  const ofWebhooks = supervised(() => new WebhookSink(pool, store, tell));
  const inPostgres = [...ofTables, ofWebhooks];
  const inRedis = [...ofCopies, ofFeed];
  const workers = [...inPostgres, ...inRedis];
  const webhooks = {
    pool,
    leases: shared.leases,
    log,
    assertClock: () => assertClock(pool),
  };
  const sender = new WebhookSender({
    ...webhooks,
    databaseUrl: config.databaseUrl,
    metrics: webhookMetrics(metrics),
    allowsPrivate: config.webhookPrivateAddresses,
  });
  const running = { ...webhooks, metrics: processMetrics(metrics) };
  const tidying = new ProcessRunner(new TidyWebhooks({ pool, log, keptDays: config.webhookDeliveryDays }), running);
  const { leases } = shared;
  const runs = new ProcessRunner(
    new PerformRuns({ pool, store, redis, projections: readModels, leases, log }),
    running,
  );
  const stalls = new StallWatch(workers, {
    ...shared,
    store,
    publishedHead: new PublishedHead(pool),
    stalledAfterMs: config.projectionStalledAfterMs,
  });
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
  health.add({ name: 'postgres', essential: true, check: () => assertMigrated(pool, migrations) });
  health.add({ name: 'webhook-sender', essential: false, check: async () => assertSends(sender) });
  for (const worker of workers) {
    health.add({ name: worker.name, essential: true, check: () => assertGoesOn(worker, stalls) });
  }
  const reporter = new ServiceReporter({ service: 'projector', pool, health, log });
  reporter.start();
  await app.listen(config.port, config.host);
  const stopping = new AbortController();
  const becomeReady = async (): Promise<void> => {
    const wait = { log, signal: stopping.signal };
    await Promise.all([
      untilItWorks('the event store', () => store.reach(), wait),
      untilItWorks('PostgreSQL', () => assertMigrated(pool, migrations), wait),
    ]);
    stopping.signal.throwIfAborted();
    for (const worker of inPostgres) worker.start();
    sender.start();
    tidying.start();
    runs.start();
    stalls.start();
    await untilItWorks('Redis', () => assertConnected(redis), wait);
    stopping.signal.throwIfAborted();
    for (const worker of inRedis) worker.start();
    health.phase = 'ready';
    log.info({ url: await app.getUrl() }, 'projector is ready');
  };
  return {
    startup: becomeReady(),
    stop: async () => {
      health.phase = 'stopping';
      stopping.abort();
      const parts = [
        { name: 'requests', stop: (timeoutMs: number) => closeHttpService(app, timeoutMs, log) },
        { name: 'stall-watch', stop: () => stalls.stop() },
        { name: 'webhooks', stop: (timeoutMs: number) => Promise.all([sender.stop(timeoutMs), tidying.stop()]) },
        { name: 'projection-runs', stop: () => runs.stop() },
        { name: 'workers', stop: () => Promise.all(workers.map((worker) => worker.stop())) },
        { name: 'redis', stop: () => redis.disconnect() },
        { name: 'event-store', stop: () => store.close() },
        { name: 'report', stop: () => reporter.stop() },
        { name: 'postgres', stop: () => pool.end() },
      ];
      await stopInOrder(parts, { timeoutMs: config.stopTimeoutMs, log });
    },
  };
}

/** What is not sent now is sent later: the projections go on. */
function assertSends(sender: WebhookSender): void {
  if (sender.failing) throw new Error('webhooks cannot be sent');
}

/** A projection that is stalled while events are appended makes the process not ready. */
async function assertGoesOn(worker: SupervisedWorker, stalls: StallWatch): Promise<void> {
  if (!worker.isStarted) throw new Error(`${worker.name} has not started`);
  if (worker.failing) throw new Error(`${worker.name} is failing`);
  if (stalls.isStalled(worker)) throw new Error(`${worker.name} is stalled`);
}
