import { randomUUID } from 'node:crypto';
import { commandMetrics, CommandRuntime, GroupMembers, Numbers, OrderNumbers, PostgresSnapshots } from '#commands';
import { LendReservations, PurchaseReservations, UniqueValues } from '#commands';
import { commandMigrations } from '#commands/migrations';
import { LateEventStore } from '#event-store/connect';
import { closeHttpService, ConsistencyTokens, createHttpService, makeOptional } from '#http';
import { AuthGuard, Callers, createGuardMetrics, fingerprintKey, IdempotencyKeys, PublicRateLimit } from '#http/guard';
import { recordDenials, RequestChecks, SharedRateLimit } from '#http/guard';
import { HoldIds, PurchaseIds } from '#ids';
import { authMigrations, OrderContacts } from '#people';
import {
  assertClock,
  assertMigrated,
  assertWritable,
  createMetrics,
  createPool,
  createRedis,
  Health,
  Leases,
  rejectForgetfulRedis,
  ServiceReporter,
  stopInOrder,
  untilConnected,
  untilItWorks,
  type Config,
  type Logger,
  type Pool,
  type RunningService,
} from '#platform';
import { processMetrics, ProcessRunner } from '#processes';
import { projectionMigrations, ProjectionRuns } from '#projections';
import { DueList, HoldQueries, OpenLends, PurchaseQueries, ReturnQueries } from '#read-models';
import { readModelsOf, UnfinishedOrders, UnfinishedTransfers } from '#read-models';
import { UseCases } from '#use-cases';
import { Deliveries, ReceiverUrls, webhookMigrations, Webhooks } from '#webhooks';
import { productsImport } from './catalog/import-products.dto.ts';
import { commandApiModule } from './command-api.module.ts';
import { answerUseCase, translateHalfDone } from './edge/answer-use-case.ts';
import { translateErrors } from './edge/translate-errors.ts';
import { ParkedStreams } from './operations/parked-streams.ts';
import { RebuiltProjections } from './operations/request-projection-run.ts';
import { createPeople, peopleAliases } from './people/people-parts.ts';
import { RegisterDto } from './people/sign-in.dto.ts';
import { DueStocks } from './processes/due-stocks.ts';
import { expireDueHolds } from './processes/expire-due-holds.ts';
import { FinishOrders } from './processes/finish-orders.ts';
import { FinishTransfers } from './processes/finish-transfers.ts';
import { markOverdueLends } from './processes/mark-overdue-lends.ts';

const minuteMs = 60_000;
/** Requests of one session that end sessions. A user has at most 100 sessions. */
const sessionEndsPerMinuteMax = 120;
// A request is answered a little after its time-out at the latest.
const afterTimeoutMs = 5000;
const migrations = [...authMigrations, ...commandMigrations, ...projectionMigrations, ...webhookMigrations];

/** Puts the parts together and listens; it is ready once what it needs is there. */
export async function startCommandApi(config: Config, log: Logger): Promise<RunningService> {
  const metrics = createMetrics('command-api');
  const health = new Health();
  const pool = createPool({
    url: config.databaseUrl,
    connectionsMax: config.postgresPoolMax,
    name: 'command-api',
    log,
  });
  const store = new LateEventStore(config.eventStoreUrl);
  const runtime = new CommandRuntime({
    store,
    snapshots: new PostgresSnapshots(pool),
    metrics: commandMetrics(metrics),
    bounds: { writersMax: config.writersMax, queueCommandsMax: config.queueCommandsMax },
  });
  const redis = createRedis(config.redisUrl, log);
  const people = createPeople({ config, pool, redis, registry: metrics, log });
  await people.policy.prepare();
  const guardMetrics = createGuardMetrics(metrics);
  const checks = new RequestChecks({
    redis,
    sessions: people.sessions,
    rule: { name: 'writes', requestsMax: config.writesPerMinuteMax, windowMs: minuteMs },
    sessionRule: { name: 'session-ends', requestsMax: sessionEndsPerMinuteMax, windowMs: minuteMs },
    keys: { keptMs: config.idempotencyKeyTtlSeconds * 1000, runningMsMax: config.requestTimeoutMs + afterTimeoutMs },
    metrics: guardMetrics,
    log,
  });
  const keys = new IdempotencyKeys(fingerprintKey(config.idSecret));
  const addressesRule = {
    name: 'anonymous-writes',
    requestsMax: config.anonymousWritesPerMinuteMax,
    windowMs: minuteMs,
  };
  const perAddress = new SharedRateLimit({ redis, rule: addressesRule, log });
  const guard = new AuthGuard({
    callers: new Callers(people.tokens, people.apiKeyCallers, people.issuers),
    checks,
    keys,
    publicRateLimit: new PublicRateLimit({ perAddress }, guardMetrics),
    timeoutMs: config.requestTimeoutMs,
  });
  if (!config.phoneRequired) makeOptional(RegisterDto, 'phone');
  const readModels = readModelsOf(config);
  const module = commandApiModule({
    config,
    runtime,
    store,
    holdIds: new HoldIds(config.idSecret),
    purchaseIds: new PurchaseIds(config.idSecret),
    guard,
    numbers: new Numbers(pool),
    uniqueValues: new UniqueValues(pool),
    groupMembers: new GroupMembers(pool),
    orderNumbers: new OrderNumbers(pool),
    orderContacts: new OrderContacts(pool),
    lendReservations: new LendReservations(pool),
    purchaseReservations: new PurchaseReservations(pool),
    openLends: new OpenLends(pool),
    holdQueries: new HoldQueries(pool),
    purchaseQueries: new PurchaseQueries(pool),
    returnQueries: new ReturnQueries(pool),
    people,
    webhooks: {
      webhooks: new Webhooks(pool),
      deliveries: new Deliveries(pool),
      urls: new ReceiverUrls({ allowsPrivate: config.webhookPrivateAddresses }),
    },
    projectionRuns: new ProjectionRuns(pool),
    parkedStreams: new ParkedStreams(pool, readModels),
    rebuiltProjections: new RebuiltProjections(readModels.map(({ projection }) => projection)),
    metrics,
    log,
  });
  const app = await createHttpService({
    name: 'command-api',
    module,
    config,
    log,
    metrics,
    health,
    translate: (error, request) => translateHalfDone(error, request) ?? translateErrors(error),
    answer: answerUseCase(new ConsistencyTokens(config.idSecret)),
    formRoutes: ['/auth/login'],
    longBodies: [productsImport],
    aliases: peopleAliases,
    timeoutMs: config.requestTimeoutMs,
  });
  keys.keepAnswers(app.getHttpAdapter().getInstance());
  recordDenials(app.getHttpAdapter().getInstance(), people.security);
  health.add({ name: 'event-store', essential: true, check: () => store.assertTakesAppends() });
  health.add({ name: 'postgres', essential: true, check: () => assertServes(pool) });
  health.add({ name: 'redis', essential: false, check: async () => void (await redis.ping()) });
  if (people.issuers !== undefined) health.add(people.issuers.health);
  health.add({ name: 'clock', essential: true, check: () => assertClock(pool) });
  const useCases = app.get(UseCases);
  const running = {
    leases: new Leases(pool, randomUUID(), config.projectionLeaseMs),
    assertClock: () => assertClock(pool),
    metrics: processMetrics(metrics),
    log,
  };
  const processes = [
    new ProcessRunner(new DueStocks(expireDueHolds, useCases, new DueList(pool, 'holds')), running),
    new ProcessRunner(new DueStocks(markOverdueLends, useCases, new DueList(pool, 'lends')), running),
    new ProcessRunner(new FinishOrders(useCases, new UnfinishedOrders(pool)), running),
    new ProcessRunner(new FinishTransfers(useCases, new UnfinishedTransfers(pool)), running),
  ];
  const reporter = new ServiceReporter({ service: 'command-api', pool, health, log });
  reporter.start();
  await app.listen(config.port, config.host);
  const stopping = new AbortController();
  const becomeReady = async (): Promise<void> => {
    const wait = { log, signal: stopping.signal };
    await Promise.all([
      untilItWorks('the event store', () => store.reach(), wait),
      untilItWorks('PostgreSQL', () => assertServes(pool), wait),
    ]);
    await rejectForgetfulRedis(redis);
    stopping.signal.throwIfAborted();
    for (const process of processes) process.start();
    health.phase = 'ready';
    log.info({ url: await app.getUrl() }, 'command-api is ready');
  };
  return {
    // A Redis that is away at the start is judged when it comes.
    startup: Promise.all([becomeReady(), untilConnected(redis).then(() => rejectForgetfulRedis(redis))]),
    stop: async () => {
      health.phase = 'stopping';
      stopping.abort();
      const requests = async (timeoutMs: number): Promise<unknown> =>
        Promise.all([closeHttpService(app, timeoutMs, log), ...processes.map((process) => process.stop())]);
      const parts = [
        { name: 'requests', stop: requests },
        { name: 'commands', stop: (timeoutMs: number) => runtime.drain(timeoutMs) },
        { name: 'redis', stop: () => redis.disconnect() },
        { name: 'people', stop: () => people.close() },
        { name: 'event-store', stop: () => store.close() },
        { name: 'report', stop: () => reporter.stop() },
        { name: 'postgres', stop: () => pool.end() },
      ];
      await stopInOrder(parts, { timeoutMs: config.stopTimeoutMs, log });
    },
  };
}

async function assertServes(pool: Pool): Promise<void> {
  await assertMigrated(pool, migrations);
  await assertWritable(pool);
}
