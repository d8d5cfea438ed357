import { closeHttpService, ConsistencyTokens, createHttpService } from '#http';
import { AuthGuard, Callers, createGuardMetrics, LocalRateLimit, PublicRateLimit, recordDenials } from '#http/guard';
import { RequestChecks, type RateLimitRule } from '#http/guard';
import { HoldIds } from '#ids';
import { addressHash, ApiKeyCallers, apiKeySecrets, connectIssuers, connectSessions, SecurityLog } from '#people';
import { Tokens } from '#people/tokens';
import {
  createMetrics,
  createPool,
  createRedis,
  Health,
  ServiceReporter,
  stopInOrder,
  untilItWorks,
  type Config,
  type Logger,
  type RunningService,
} from '#platform';
import { CheckpointWatch, HeadWatch } from '#projections';
import { AvailabilityQueries } from '#read-models';
import { answerQuery } from './edge/answer-query.ts';
import { FollowedList, FollowedValue } from './edge/live/followed.ts';
import { LiveStreams } from './edge/live/live-streams.ts';
import { openerOf } from './edge/live/opener-of.ts';
import { ReadYourWrites } from './edge/read-your-writes.ts';
import { serveConsole } from './edge/serve-console.ts';
import { queryApiModule } from './query-api.module.ts';
import { watchReadiness } from './readiness.ts';
import { translateQueryErrors } from './translate-query-errors.ts';

const minuteMs = 60_000;

/**
 * Every query has an index. PostgreSQL would read a whole table where it expects a search to find much, which is often
 * wrong; compile a query that takes a millisecond; and take an index for slower than it is when most of it is in memory.
 */
const planning = '-c enable_seqscan=off -c jit=off -c random_page_cost=1.1';

/** Puts the parts together and listens; it is ready once there is something to be read. */
export async function startQueryApi(config: Config, log: Logger): Promise<RunningService> {
  const metrics = createMetrics('query-api');
  const health = new Health();
  const pool = createPool({
    url: config.databaseUrl,
    connectionsMax: config.postgresPoolMax,
    name: 'query-api',
    log,
    session: { options: planning },
  });
  const redis = createRedis(config.redisUrl, log);
  const watch = new CheckpointWatch(config.databaseUrl, pool);
  const heads = new HeadWatch(pool);
  const sessions = connectSessions(config, pool, redis, log);
  const callersRule: RateLimitRule = { name: 'reads', requestsMax: config.readsPerMinuteMax, windowMs: minuteMs };
  const addressesRule: RateLimitRule = { ...callersRule, requestsMax: config.anonymousReadsPerMinuteMax };
  const guardMetrics = createGuardMetrics(metrics);
  const checks = new RequestChecks({
    redis,
    sessions: sessions.sessions,
    rule: callersRule,
    metrics: guardMetrics,
    log,
  });
  const issuers = connectIssuers(config.issuers, metrics, log);
  const callers = new Callers(
    new Tokens(config.tokenSecret, config.accessTokenTtlSeconds, config.earlierTokenSecrets),
    new ApiKeyCallers(pool, apiKeySecrets(config.idSecret)),
    issuers,
  );
  const guard = new AuthGuard({
    callers,
    checks,
    // Not in Redis: public reads are quick, and most ask it nothing else.
    publicRateLimit: new PublicRateLimit(
      { perAddress: new LocalRateLimit(addressesRule), perCaller: new LocalRateLimit(callersRule) },
      guardMetrics,
    ),
    timeoutMs: config.requestTimeoutMs,
  });
  const module = queryApiModule({
    pool,
    availability: new AvailabilityQueries({ pool, redis, watch, waitMs: config.consistencyWaitMs, log }),
    holdIds: new HoldIds(config.idSecret),
    readYourWrites: new ReadYourWrites(new ConsistencyTokens(config.idSecret), watch, heads, config.consistencyWaitMs),
    guard,
    metrics,
    journal: config.journal,
  });
  const live = new LiveStreams({
    databaseUrl: config.databaseUrl,
    pool,
    watch,
    waitMs: config.consistencyWaitMs,
    limits: {
      streamsMax: config.streamsMax,
      perCallerMax: config.streamsPerCallerMax,
      perAddressMax: config.anonymousStreamsMax,
    },
    openerOf: (request) => openerOf(request, callers),
    goesOn: (caller) => checks.goesOn(caller),
    metrics,
    log,
  });
  const app = await createHttpService({
    name: 'query-api',
    module,
    config,
    log,
    metrics,
    health,
    translate: translateQueryErrors,
    answer: (found, request, reply) =>
      found instanceof FollowedValue || found instanceof FollowedList
        ? live.open(found, request, reply)
        : answerQuery(found, request, reply),
    timeoutMs: config.requestTimeoutMs + config.consistencyWaitMs,
  });
  await serveConsole(app.getHttpAdapter().getInstance());
  recordDenials(app.getHttpAdapter().getInstance(), new SecurityLog(log, addressHash(config.idSecret)));
  if (issuers !== undefined) health.add(issuers.health);
  const assertBuilt = watchReadiness(health, pool, redis);
  const reporter = new ServiceReporter({ service: 'query-api', pool, health, log });
  reporter.start();
  await app.listen(config.port, config.host);
  const stopping = new AbortController();
  const becomeReady = async (): Promise<void> => {
    await untilItWorks('the read models', assertBuilt, { log, signal: stopping.signal });
    health.phase = 'ready';
    log.info({ url: await app.getUrl() }, 'query-api is ready');
  };
  return {
    startup: becomeReady(),
    stop: async () => {
      health.phase = 'stopping';
      stopping.abort();
      const parts = [
        { name: 'streams', stop: () => live.stop() },
        { name: 'requests', stop: (timeoutMs: number) => closeHttpService(app, timeoutMs, log) },
        { name: 'redis', stop: () => redis.disconnect() },
        { name: 'checkpoints', stop: () => watch.close() },
        { name: 'heads', stop: () => heads.close() },
        { name: 'sessions', stop: () => sessions.close() },
        { name: 'report', stop: () => reporter.stop() },
        { name: 'postgres', stop: () => pool.end() },
      ];
      await stopInOrder(parts, { timeoutMs: config.stopTimeoutMs, log });
    },
  };
}
