import { flag, integer, list, oneOf, secret, text, url, type Setting } from './setting.ts';

const tokenSecret = secret({ variable: 'HOLDFAST_TOKEN_SECRET', describe: 'Signs access tokens' });

/** Each as strong as the one that signs. */
const earlierTokenSecrets: Setting<readonly string[]> = {
  variable: 'HOLDFAST_EARLIER_TOKEN_SECRETS',
  describe: 'Signed access tokens before; those they signed stay good',
  bounds: 'comma-separated',
  secret: true,
  default: [],
  parse: (given) => {
    const value = given.split(',').map((part) => part.trim());
    for (const each of value) {
      const parsed = tokenSecret.parse(each);
      if ('fault' in parsed) return parsed;
    }
    return { value };
  },
};

/** Everything that can be configured. Names of sizes end in what they count: Ms, Max, Bytes. */
export const settings = {
  databaseUrl: url({
    variable: 'DATABASE_URL',
    describe: 'PostgreSQL: read models, users, number rows',
    schemes: ['postgres', 'postgresql'],
  }),
  redisUrl: url({
    variable: 'REDIS_URL',
    describe: 'Redis: live availability, idempotency keys, sessions',
    schemes: ['redis', 'rediss'],
  }),
  eventStoreUrl: url({
    variable: 'EVENTSTORE_URL',
    describe: 'The event store: EventStoreDB (esdb://) or PostgreSQL (postgres://)',
    schemes: ['postgres', 'postgresql', 'esdb', 'esdb+discover'],
  }),
  environment: oneOf({
    variable: 'HOLDFAST_ENVIRONMENT',
    describe: 'What kind of installation this is',
    choices: ['production', 'development', 'test'],
    default: 'production',
  }),
  host: text({ variable: 'HOLDFAST_HOST', describe: 'Address the service listens on', default: '127.0.0.1' }),
  port: integer({
    variable: 'HOLDFAST_PORT',
    describe: 'Port the service listens on; command-api 8081, query-api 8082 and projector 8083 unless set',
    min: 1,
    max: 65535,
    default: 8081,
  }),
  tokenSecret,
  earlierTokenSecrets,
  idSecret: secret({
    variable: 'HOLDFAST_ID_SECRET',
    describe: 'Signs hold ids, refresh tokens and Consistency-Tokens; changing it invalidates those already issued',
  }),
  accessTokenTtlSeconds: integer({
    variable: 'HOLDFAST_ACCESS_TOKEN_TTL_SECONDS',
    describe: 'Life of an access token',
    unit: 's',
    min: 60,
    max: 86_400,
    default: 3600,
  }),
  writersMax: integer({
    variable: 'HOLDFAST_WRITERS_MAX',
    describe: 'Streams that command-api keeps in memory, about 2 kB each; the longest unused makes room',
    unit: 'streams',
    min: 100,
    max: 10_000_000,
    default: 20_000,
  }),
  queueCommandsMax: integer({
    variable: 'HOLDFAST_QUEUE_COMMANDS_MAX',
    describe: 'Commands that may wait for one stream, before 503',
    unit: 'commands',
    min: 1,
    max: 1_000_000,
    default: 10_000,
  }),
  writesPerMinuteMax: integer({
    variable: 'HOLDFAST_WRITES_PER_MINUTE_MAX',
    describe: 'Requests of one caller to command-api in a minute, before 429; 0 for no bound',
    unit: 'requests',
    min: 0,
    max: 10_000_000,
    default: 1200,
  }),
  readsPerMinuteMax: integer({
    variable: 'HOLDFAST_READS_PER_MINUTE_MAX',
    describe: 'Requests of one caller to query-api in a minute, before 429; 0 for no bound',
    unit: 'requests',
    min: 0,
    max: 10_000_000,
    default: 6000,
  }),
  idempotencyKeyTtlSeconds: integer({
    variable: 'HOLDFAST_IDEMPOTENCY_KEY_TTL_SECONDS',
    describe: 'How long Redis keeps what an Idempotency-Key was used for, and the answer',
    unit: 's',
    min: 60,
    max: 2_592_000,
    default: 86_400,
  }),
  refreshTokenTtlSeconds: integer({
    variable: 'HOLDFAST_REFRESH_TOKEN_TTL_SECONDS',
    describe: 'Life of a refresh token, and so of a session that nobody refreshes',
    unit: 's',
    // No shorter than an access token may live.
    min: 86_400,
    max: 31_536_000,
    default: 2_592_000,
  }),
  sessionLifetimeSeconds: integer({
    variable: 'HOLDFAST_SESSION_LIFETIME_SECONDS',
    describe: 'Life of a session, however often it is refreshed',
    unit: 's',
    // No shorter than an access token may live.
    min: 86_400,
    max: 315_360_000,
    default: 7_776_000,
  }),
  loginWindowSeconds: integer({
    variable: 'HOLDFAST_LOGIN_WINDOW_SECONDS',
    describe: 'How long wrong logins are counted together',
    unit: 's',
    min: 1,
    max: 86_400,
    default: 300,
  }),
  loginsPerAccountMax: integer({
    variable: 'HOLDFAST_LOGINS_PER_ACCOUNT_MAX',
    describe:
      'Wrong or unfinished logins to one account in that time, before 429: from each network it is known from, and from all others together',
    unit: 'logins',
    min: 1,
    max: 10_000,
    default: 10,
  }),
  loginsPerAddressMax: integer({
    variable: 'HOLDFAST_LOGINS_PER_ADDRESS_MAX',
    describe: 'Wrong or unfinished logins from one address in that time, and as many registrations, before 429',
    unit: 'logins',
    min: 1,
    max: 1_000_000,
    default: 100,
  }),
  commonPasswords: oneOf({
    variable: 'HOLDFAST_COMMON_PASSWORDS',
    describe: 'Whether a user may choose one of the commonest passwords, or their own name or address',
    choices: ['refuse', 'allow'],
    default: 'refuse',
  }),
  proxyHops: integer({
    variable: 'HOLDFAST_PROXY_HOPS',
    describe: 'How many proxies before the service add to X-Forwarded-For; 0 to take the address that connects',
    unit: 'proxies',
    min: 0,
    max: 10,
    default: 0,
  }),
  language: oneOf({
    variable: 'HOLDFAST_LANGUAGE',
    describe: 'Language of messages when Accept-Language names none that is known',
    choices: ['en', 'zh-TW'],
    default: 'en',
  }),
  corsOrigins: list({
    variable: 'HOLDFAST_CORS_ORIGINS',
    describe: 'Origins that browsers may call from; empty for none, * for any',
    default: [],
  }),
  securityHeaders: flag({
    variable: 'HOLDFAST_SECURITY_HEADERS',
    describe: 'Send the usual security headers; turn off when a proxy in front sends them',
    default: true,
  }),
  bodyBytesMax: integer({
    variable: 'HOLDFAST_BODY_BYTES_MAX',
    describe: 'Largest request body',
    unit: 'bytes',
    min: 1024,
    max: 10_485_760,
    default: 262_144,
  }),
  openHoldsMax: integer({
    variable: 'HOLDFAST_OPEN_HOLDS_MAX',
    describe: 'Holds that one customer may have open on one stock at once',
    unit: 'holds',
    min: 1,
    max: 100_000,
    default: 100,
  }),
  heldUnitsMax: integer({
    variable: 'HOLDFAST_HELD_UNITS_MAX',
    describe: 'Units that one customer may hold of one stock at once; 0 for no bound',
    unit: 'units',
    min: 0,
    max: 1_000_000_000,
    default: 100,
  }),
  holdSecondsMax: integer({
    variable: 'HOLDFAST_HOLD_SECONDS_MAX',
    describe: 'Longest ttlSeconds of a customer’s hold; staff may hold for a day',
    unit: 's',
    min: 1,
    max: 86_400,
    default: 3600,
  }),
  requestTimeoutMs: integer({
    variable: 'HOLDFAST_REQUEST_TIMEOUT_MS',
    describe: 'How long a request may take, besides waiting for its Consistency-Token, before 503',
    unit: 'ms',
    min: 100,
    max: 60_000,
    default: 5000,
  }),
  consistencyWaitMs: integer({
    variable: 'HOLDFAST_CONSISTENCY_WAIT_MS',
    describe: 'How long a query waits for the write its Consistency-Token names',
    unit: 'ms',
    min: 0,
    max: 30_000,
    default: 2000,
  }),
  stopTimeoutMs: integer({
    variable: 'HOLDFAST_STOP_TIMEOUT_MS',
    describe: 'How long a graceful stop may take',
    unit: 'ms',
    min: 100,
    max: 120_000,
    default: 10_000,
  }),
  logLevel: oneOf({
    variable: 'HOLDFAST_LOG_LEVEL',
    describe: 'Least severe line that is logged',
    choices: ['debug', 'info', 'warn', 'error', 'silent'],
    default: 'info',
  }),
  logFormat: oneOf({
    variable: 'HOLDFAST_LOG_FORMAT',
    describe: 'JSON lines, or lines for people; auto is for people on a terminal',
    choices: ['auto', 'json', 'pretty'],
    default: 'auto',
  }),
  postgresPoolMax: integer({
    variable: 'HOLDFAST_POSTGRES_POOL_MAX',
    describe: 'Connections to PostgreSQL in each process, besides the event store’s own',
    unit: 'connections',
    min: 2,
    max: 200,
    default: 10,
  }),
  projectionLeaseMs: integer({
    variable: 'HOLDFAST_PROJECTION_LEASE_MS',
    describe: 'How long a projector that has gone keeps its projections from the others',
    unit: 'ms',
    min: 500,
    max: 60_000,
    default: 4000,
  }),
  projectionPageEventsMax: integer({
    variable: 'HOLDFAST_PROJECTION_PAGE_EVENTS_MAX',
    describe: 'Events that a projection takes in one transaction',
    unit: 'events',
    min: 1,
    max: 10_000,
    default: 5000,
  }),
  projectionPageBytesMax: integer({
    variable: 'HOLDFAST_PROJECTION_PAGE_BYTES_MAX',
    describe: 'Bytes of events that a projection reads at once; a single larger event is read all the same',
    unit: 'bytes',
    min: 65_536,
    max: 67_108_864,
    default: 4_194_304,
  }),
  projectionStalledAfterMs: integer({
    variable: 'HOLDFAST_PROJECTION_STALLED_AFTER_MS',
    describe: 'How long a projection may stand still while events are appended before the projector is not ready',
    unit: 'ms',
    min: 500,
    max: 600_000,
    default: 30_000,
  }),
} as const;
