import { randomUUID } from 'node:crypto';
import { Admission, admissionMetrics, fingerprintKey, SharedRateLimit } from '#admission';
import { authMigrations } from '#auth';
import { Doorkeeper, PublicRequests, recordDenials } from '#auth/guard';
import {
  commandMetrics,
  CommandRuntime,
  numberMigrations,
  Numbers,
  PostgresSnapshots,
  snapshotMigrations,
} from '#commands';
import { connectEventStore } from '#event-store/connect';
import { closeHttpService, ConsistencyTokens, createHttpService } from '#http';
import { HoldIds } from '#ids';
import {
  clockSkewMs,
  createMetrics,
  createPool,
  createRedis,
  Health,
  pendingMigrations,
  refuseForgetfulRedis,
  stopInOrder,
  type Config,
  type Logger,
} from '#platform';
import { Leases } from '#projections';
import { DueList } from '#read-models';
import { authAliases, createAuth } from './auth/auth-parts.ts';
import { translateAuthErrors } from './auth/translate-auth-errors.ts';
import { commandApiModule } from './command-api.module.ts';
import { translateCommandErrors } from './commands/translate-command-errors.ts';
import { ExpireDueHolds } from './processes/expire-due-holds.ts';

const clockSkewMsMax = 1000;
const minuteMs = 60_000;
// A request is answered a little after its time-out at the latest.
const afterTimeoutMs = 5000;
const migrations = [...authMigrations, ...snapshotMigrations, ...numberMigrations];

/** Puts the parts together, listens, and answers how to stop. */
export async function startCommandApi(config: Config, log: Logger): Promise<{ stop: () => Promise<void> }> {
  const metrics = createMetrics('command-api');
  const health = new Health();
  const pool = createPool({
    url: config.databaseUrl,
    connectionsMax: config.postgresPoolMax,
    name: 'command-api',
    log,
  });
  const store = await connectEventStore(config.eventStoreUrl);
  const runtime = new CommandRuntime({
    store,
    snapshots: new PostgresSnapshots(pool),
    metrics: commandMetrics(metrics),
    bounds: { writersMax: config.writersMax, queueCommandsMax: config.queueCommandsMax },
  });
  const redis = createRedis(config.redisUrl, log);
  await refuseForgetfulRedis(redis);
  const auth = createAuth({ config, pool, redis, registry: metrics, log });
  await auth.policy.prepare();
  const doorMetrics = admissionMetrics(metrics);
  const admission = new Admission({
    redis,
    sessions: auth.sessions,
    pace: { name: 'writes', requestsMax: config.writesPerMinuteMax, windowMs: minuteMs },
    keys: { keptMs: config.idempotencyKeyTtlSeconds * 1000, runningMsMax: config.requestTimeoutMs + afterTimeoutMs },
    metrics: doorMetrics,
    log,
  });
  const doorkeeper = new Doorkeeper(admission, { fingerprintKey: fingerprintKey(config.idSecret) });
  const addressesPace = {
    name: 'anonymous-writes',
    requestsMax: config.anonymousWritesPerMinuteMax,
    windowMs: minuteMs,
  };
  const perAddress = new SharedRateLimit({ redis, pace: addressesPace, log });
  const module = commandApiModule({
    config,
    runtime,
    store,
    holdIds: new HoldIds(config.idSecret),
    consistencyTokens: new ConsistencyTokens(config.idSecret),
    doorkeeper,
    publicRequests: new PublicRequests({ perAddress }, doorMetrics),
    numbers: new Numbers(pool),
    auth,
  });
  const app = await createHttpService({
    name: 'command-api',
    module,
    config,
    log,
    metrics,
    health,
    translate: (error) => translateCommandErrors(error) ?? translateAuthErrors(error),
    formRoutes: ['/auth/login'],
    aliases: authAliases,
    timeoutMs: config.requestTimeoutMs,
  });
  doorkeeper.keepAnswers(app.getHttpAdapter().getInstance());
  recordDenials(app.getHttpAdapter().getInstance(), auth.security);
  health.add({ name: 'event-store', essential: true, check: async () => void (await store.head()) });
  health.add({ name: 'postgres', essential: true, check: () => assertMigrated(pool) });
  health.add({ name: 'redis', essential: false, check: async () => void (await redis.ping()) });
  health.add({ name: 'clock', essential: true, check: () => assertClock(pool) });
  const expireDueHolds = new ExpireDueHolds({
    runtime,
    due: new DueList(pool),
    leases: new Leases(pool, randomUUID(), config.projectionLeaseMs),
    assertClock: () => assertClock(pool),
    registry: metrics,
    log,
  });
  await app.listen(config.port, config.host);
  expireDueHolds.start();
  health.phase = 'ready';
  log.info({ url: await app.getUrl() }, 'command-api is ready');
  return {
    stop: async () => {
      health.phase = 'stopping';
      const requests = async (timeoutMs: number): Promise<unknown> =>
        Promise.all([closeHttpService(app, timeoutMs, log), expireDueHolds.stop()]);
      const parts = [
        { name: 'requests', stop: requests },
        { name: 'commands', stop: (timeoutMs: number) => runtime.drain(timeoutMs) },
        { name: 'redis', stop: () => redis.disconnect() },
        { name: 'auth', stop: () => auth.close() },
        { name: 'event-store', stop: () => store.close() },
        { name: 'postgres', stop: () => pool.end() },
      ];
      await stopInOrder(parts, { timeoutMs: config.stopTimeoutMs, log });
    },
  };
}

/** Times are facts of events: a replica whose clock is off must not record any. */
async function assertClock(pool: ReturnType<typeof createPool>): Promise<void> {
  const skewMs = await clockSkewMs(pool);
  if (Math.abs(skewMs) > clockSkewMsMax) throw new Error(`this clock is ${skewMs} ms ahead of PostgreSQL’s`);
}

async function assertMigrated(pool: ReturnType<typeof createPool>): Promise<void> {
  const pending = await pendingMigrations(pool, migrations);
  if (pending.length > 0) throw new Error(`not migrated yet: ${pending.join(', ')}`);
}
