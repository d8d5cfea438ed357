import { authMigrations, Tokens, Users } from '#auth';
import {
  commandMetrics,
  CommandRuntime,
  numberMigrations,
  Numbers,
  PostgresSnapshots,
  snapshotMigrations,
} from '#commands';
import { connectEventStore } from '#event-store/connect';
import { createHttpService } from '#http';
import { clockSkewMs, createMetrics, createPool, Health, pendingMigrations, type Config, type Logger } from '#platform';
import { commandApiModule } from './command-api.module.ts';
import { translateCommandErrors } from './commands/translate-command-errors.ts';

const clockSkewMsMax = 1000;
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
  });
  const tokens = new Tokens(config.tokenSecret, config.accessTokenTtlSeconds);
  const module = commandApiModule({ config, runtime, numbers: new Numbers(pool), users: new Users(pool), tokens });
  const translate = translateCommandErrors;
  const app = await createHttpService({
    name: 'command-api',
    module,
    config,
    log,
    metrics,
    health,
    translate,
    formRoutes: ['/auth/login'],
  });
  health.add({ name: 'event-store', essential: true, check: async () => void (await store.head()) });
  health.add({ name: 'postgres', essential: true, check: () => assertMigrated(pool) });
  health.add({ name: 'clock', essential: true, check: () => assertClock(pool) });
  await app.listen(config.port, config.host);
  health.phase = 'ready';
  log.info({ url: await app.getUrl() }, 'command-api is ready');
  return {
    stop: async () => {
      health.phase = 'stopping';
      await app.close();
      await runtime.drain(config.stopTimeoutMs / 2);
      await Promise.all([store.close(), pool.end()]);
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
