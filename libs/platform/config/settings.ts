import { issuers } from './issuers.ts';
import { languages } from './languages.ts';
import { flag, integer, list, oneOf, secret, text, timeZone, url, type Setting } from './setting.ts';

const tokenSecret = secret({ variable: 'HOLDFAST_TOKEN_SECRET', describe: 'Key that signs access tokens' });

/** Each previous secret must be as strong as the current one. */
const earlierTokenSecrets: Setting<readonly string[]> = {
  variable: 'HOLDFAST_EARLIER_TOKEN_SECRETS',
  describe: 'Previous values of HOLDFAST_TOKEN_SECRET; access tokens they signed remain valid',
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

/** All settings. Names of quantities end in their unit or kind: Ms, Seconds, Max, Bytes. */
export const settings = {
  databaseUrl: url({
    variable: 'DATABASE_URL',
    describe: 'PostgreSQL URL: read models, users, sessions and numbers',
    schemes: ['postgres', 'postgresql'],
  }),
  redisUrl: url({
    variable: 'REDIS_URL',
    describe: 'Redis URL: live availability, idempotency keys, rate limits and cached sessions',
    schemes: ['redis', 'rediss'],
  }),
  eventStoreUrl: url({
    variable: 'EVENTSTORE_URL',
    describe: 'Event store URL: EventStoreDB (esdb://) or PostgreSQL (postgres://)',
    schemes: ['postgres', 'postgresql', 'esdb', 'esdb+discover'],
  }),
  host: text({ variable: 'HOLDFAST_HOST', describe: 'Address the service listens on', default: '127.0.0.1' }),
  port: integer({
    variable: 'HOLDFAST_PORT',
    describe:
      'Port that the service listens on; the default is 8081 for command-api, 8082 for query-api, 8083 for projector',
    min: 1,
    max: 65535,
    default: 8081,
  }),
  tokenSecret,
  earlierTokenSecrets,
  idSecret: secret({
    variable: 'HOLDFAST_ID_SECRET',
    describe:
      'Key that signs hold ids, refresh tokens, API keys and Consistency-Tokens; changing it invalidates those already issued',
  }),
  accessTokenTtlSeconds: integer({
    variable: 'HOLDFAST_ACCESS_TOKEN_TTL_SECONDS',
    describe: 'Lifetime of an access token',
    unit: 's',
    min: 60,
    max: 86_400,
    default: 3600,
  }),
  issuers,
  writersMax: integer({
    variable: 'HOLDFAST_WRITERS_MAX',
    describe: 'Streams that command-api keeps in memory, about 2 kB each; the least recently used is evicted',
    unit: 'streams',
    min: 100,
    max: 10_000_000,
    default: 20_000,
  }),
  queueCommandsMax: integer({
    variable: 'HOLDFAST_QUEUE_COMMANDS_MAX',
    describe: 'Commands that may wait for one stream; further ones get 503',
    unit: 'commands',
    min: 1,
    max: 1_000_000,
    default: 10_000,
  }),
  writesPerMinuteMax: integer({
    variable: 'HOLDFAST_WRITES_PER_MINUTE_MAX',
    describe: 'Requests per minute that one caller may send to command-api; further ones get 429; 0 for no limit',
    unit: 'requests',
    min: 0,
    max: 10_000_000,
    default: 1200,
  }),
  readsPerMinuteMax: integer({
    variable: 'HOLDFAST_READS_PER_MINUTE_MAX',
    describe: 'Requests per minute that one caller may send to query-api; further ones get 429; 0 for no limit',
    unit: 'requests',
    min: 0,
    max: 10_000_000,
    default: 6000,
  }),
  anonymousWritesPerMinuteMax: integer({
    variable: 'HOLDFAST_ANONYMOUS_WRITES_PER_MINUTE_MAX',
    describe: 'Logins, registrations and refreshes per minute from one address; further ones get 429; 0 for no limit',
    unit: 'requests',
    min: 0,
    max: 10_000_000,
    default: 1200,
  }),
  anonymousReadsPerMinuteMax: integer({
    variable: 'HOLDFAST_ANONYMOUS_READS_PER_MINUTE_MAX',
    describe:
      'Public reads without a token per minute from one address, per process; further ones get 429; 0 for no limit',
    unit: 'requests',
    min: 0,
    max: 10_000_000,
    default: 60_000,
  }),
  streamsMax: integer({
    variable: 'HOLDFAST_STREAMS_MAX',
    describe: 'Event streams that may be open per query-api process; further ones get 503',
    unit: 'streams',
    min: 1,
    max: 1_000_000,
    default: 10_000,
  }),
  streamsPerCallerMax: integer({
    variable: 'HOLDFAST_STREAMS_PER_CALLER_MAX',
    describe: 'Event streams that one caller may have open, per process; further ones get 429; 0 for no limit',
    unit: 'streams',
    min: 0,
    max: 1_000_000,
    default: 100,
  }),
  anonymousStreamsMax: integer({
    variable: 'HOLDFAST_ANONYMOUS_STREAMS_MAX',
    describe:
      'Event streams without a token that one address may have open, per process; further ones get 429; 0 for no limit',
    unit: 'streams',
    min: 0,
    max: 1_000_000,
    default: 1000,
  }),
  idempotencyKeyTtlSeconds: integer({
    variable: 'HOLDFAST_IDEMPOTENCY_KEY_TTL_SECONDS',
    describe: 'How long Redis keeps an Idempotency-Key with the answer to its request',
    unit: 's',
    min: 60,
    max: 2_592_000,
    default: 86_400,
  }),
  refreshTokenTtlSeconds: integer({
    variable: 'HOLDFAST_REFRESH_TOKEN_TTL_SECONDS',
    describe: 'Lifetime of a refresh token, and of a session that is not refreshed',
    unit: 's',
    // At least the longest lifetime of an access token.
    min: 86_400,
    max: 31_536_000,
    default: 2_592_000,
  }),
  sessionLifetimeSeconds: integer({
    variable: 'HOLDFAST_SESSION_LIFETIME_SECONDS',
    describe: 'Maximum lifetime of a session, however often it is refreshed',
    unit: 's',
    // At least the longest lifetime of an access token.
    min: 86_400,
    max: 315_360_000,
    default: 7_776_000,
  }),
  refreshReuseSeconds: integer({
    variable: 'HOLDFAST_REFRESH_REUSE_SECONDS',
    describe:
      'How long a used refresh token gives the same new one again, for a lost answer or a second tab; after that it ends the session; 0 for never',
    unit: 's',
    min: 0,
    max: 300,
    default: 10,
  }),
  passwordResetSeconds: integer({
    variable: 'HOLDFAST_PASSWORD_RESET_SECONDS',
    describe: 'How long a token to reset a password is valid',
    unit: 's',
    min: 60,
    max: 604_800,
    default: 3600,
  }),
  loginWindowSeconds: integer({
    variable: 'HOLDFAST_LOGIN_WINDOW_SECONDS',
    describe: 'Window in which failed logins are counted',
    unit: 's',
    min: 1,
    max: 86_400,
    default: 300,
  }),
  loginsPerAccountMax: integer({
    variable: 'HOLDFAST_LOGINS_PER_ACCOUNT_MAX',
    describe:
      'Failed or unfinished logins to one account per login window, from each known network and from all other networks together; further ones get 429',
    unit: 'logins',
    min: 1,
    max: 10_000,
    default: 10,
  }),
  loginsPerAddressMax: integer({
    variable: 'HOLDFAST_LOGINS_PER_ADDRESS_MAX',
    describe:
      'Failed or unfinished logins from one address per login window, and as many registrations; further ones get 429',
    unit: 'logins',
    min: 1,
    max: 1_000_000,
    default: 100,
  }),
  commonPasswords: oneOf({
    variable: 'HOLDFAST_COMMON_PASSWORDS',
    describe: 'Whether a new password may be one of the most common ones, or the user’s own name or e-mail address',
    choices: ['refuse', 'allow'],
    default: 'refuse',
  }),
  phoneRequired: flag({
    variable: 'HOLDFAST_PHONE_REQUIRED',
    describe: 'Whether a registration by e-mail address needs a phone number',
    default: true,
  }),
  proxyHops: integer({
    variable: 'HOLDFAST_PROXY_HOPS',
    describe: 'Number of trusted proxies that append to X-Forwarded-For; 0 to use the address of the connection',
    unit: 'proxies',
    min: 0,
    max: 10,
    default: 0,
  }),
  language: oneOf({
    variable: 'HOLDFAST_LANGUAGE',
    describe: 'Language of messages when Accept-Language names no supported language',
    choices: languages,
    default: 'en',
  }),
  corsOrigins: list({
    variable: 'HOLDFAST_CORS_ORIGINS',
    describe: 'Origins that browsers may call the API from; empty for none, * for any',
    default: [],
  }),
  securityHeaders: flag({
    variable: 'HOLDFAST_SECURITY_HEADERS',
    describe: 'Send the usual security headers; turn off if a proxy in front adds them',
    default: true,
  }),
  bodyBytesMax: integer({
    variable: 'HOLDFAST_BODY_BYTES_MAX',
    describe: 'Maximum size of a request body',
    unit: 'bytes',
    min: 1024,
    max: 10_485_760,
    default: 262_144,
  }),
  openHoldsMax: integer({
    variable: 'HOLDFAST_OPEN_HOLDS_MAX',
    describe: 'Open holds that one customer may have on one stock',
    unit: 'holds',
    min: 1,
    max: 100_000,
    default: 100,
  }),
  heldUnitsMax: integer({
    variable: 'HOLDFAST_HELD_UNITS_MAX',
    describe: 'Units that one customer may hold of one stock; 0 for no limit',
    unit: 'units',
    min: 0,
    max: 1_000_000_000,
    default: 100,
  }),
  stockLowAt: integer({
    variable: 'HOLDFAST_STOCK_LOW_AT',
    describe:
      'Available units at or below which a stock is low, which outsiders are told when it falls there; 0 for never',
    unit: 'units',
    min: 0,
    max: 1_000_000_000,
    default: 5,
  }),
  holdSecondsMax: integer({
    variable: 'HOLDFAST_HOLD_SECONDS_MAX',
    describe: 'Maximum ttlSeconds of a customer’s hold; staff may hold for a day',
    unit: 's',
    min: 1,
    max: 86_400,
    default: 3600,
  }),
  shippingFreeFrom: integer({
    variable: 'HOLDFAST_SHIPPING_FREE_FROM',
    describe: 'Subtotal of an order from which shipping is free, in minor units of the currency',
    min: 0,
    max: 1_000_000_000_000,
    default: 1000,
  }),
  shippingFee: integer({
    variable: 'HOLDFAST_SHIPPING_FEE',
    describe: 'Shipping of an order with a smaller subtotal, in minor units of the currency',
    min: 0,
    max: 1_000_000_000_000,
    default: 60,
  }),
  orderPaymentMinutes: integer({
    variable: 'HOLDFAST_ORDER_PAYMENT_MINUTES',
    describe: 'An order by credit_card or atm that is not paid within this time is cancelled; 0 for no limit',
    unit: 'min',
    min: 0,
    max: 525_600,
    default: 0,
  }),
  orderTimeZone: timeZone({
    variable: 'HOLDFAST_ORDER_TIME_ZONE',
    describe: 'Time zone whose date is in order numbers',
    default: 'Asia/Taipei',
  }),
  requestTimeoutMs: integer({
    variable: 'HOLDFAST_REQUEST_TIMEOUT_MS',
    describe: 'Time limit of a request, not counting the wait for its Consistency-Token; a slower one gets 503',
    unit: 'ms',
    min: 100,
    max: 60_000,
    default: 5000,
  }),
  consistencyWaitMs: integer({
    variable: 'HOLDFAST_CONSISTENCY_WAIT_MS',
    describe: 'How long a query waits for the write its Consistency-Token names, or for a state that was already shown',
    unit: 'ms',
    min: 0,
    max: 30_000,
    default: 2000,
  }),
  stopTimeoutMs: integer({
    variable: 'HOLDFAST_STOP_TIMEOUT_MS',
    describe: 'Time limit of a graceful stop',
    unit: 'ms',
    min: 100,
    max: 120_000,
    default: 10_000,
  }),
  logLevel: oneOf({
    variable: 'HOLDFAST_LOG_LEVEL',
    describe: 'Minimum severity of log lines',
    choices: ['debug', 'info', 'warn', 'error', 'silent'],
    default: 'info',
  }),
  logFormat: oneOf({
    variable: 'HOLDFAST_LOG_FORMAT',
    describe: 'JSON lines or human-readable lines; auto is human-readable on a terminal',
    choices: ['auto', 'json', 'pretty'],
    default: 'auto',
  }),
  postgresPoolMax: integer({
    variable: 'HOLDFAST_POSTGRES_POOL_MAX',
    describe: 'Connections to PostgreSQL per process, not counting those of the event store',
    unit: 'connections',
    min: 2,
    max: 200,
    default: 10,
  }),
  projectionLeaseMs: integer({
    variable: 'HOLDFAST_PROJECTION_LEASE_MS',
    describe: 'Lease of a projector on a projection; how long a crashed projector blocks the others',
    unit: 'ms',
    min: 500,
    max: 60_000,
    default: 4000,
  }),
  projectionPageEventsMax: integer({
    variable: 'HOLDFAST_PROJECTION_PAGE_EVENTS_MAX',
    describe: 'Events that a projection applies in one transaction',
    unit: 'events',
    min: 1,
    max: 10_000,
    default: 5000,
  }),
  projectionPageBytesMax: integer({
    variable: 'HOLDFAST_PROJECTION_PAGE_BYTES_MAX',
    describe: 'Bytes of events that a projection reads at once; a single larger event is still read',
    unit: 'bytes',
    min: 65_536,
    max: 67_108_864,
    default: 4_194_304,
  }),
  feedEntriesMax: integer({
    variable: 'HOLDFAST_FEED_ENTRIES_MAX',
    describe: 'Public events that the Redis Stream holdfast:feed keeps, about 0.4 kB each; older ones are removed',
    unit: 'events',
    min: 1000,
    max: 10_000_000,
    default: 100_000,
  }),
  webhookPrivateAddresses: flag({
    variable: 'HOLDFAST_WEBHOOK_PRIVATE_ADDRESSES',
    describe: 'Allow webhooks to private and loopback addresses, and to http URLs',
    default: false,
  }),
  webhookDeliveryDays: integer({
    variable: 'HOLDFAST_WEBHOOK_DELIVERY_DAYS',
    describe: 'How long deliveries of webhooks are listed and can be replayed',
    unit: 'days',
    // Longer than all attempts of a delivery take.
    min: 7,
    max: 3650,
    default: 30,
  }),
  journal: flag({
    variable: 'HOLDFAST_JOURNAL',
    describe: 'Keep the journal: a read model of all events, for GET /admin/events; it writes each event a second time',
    default: false,
  }),
  projectionStalledAfterMs: integer({
    variable: 'HOLDFAST_PROJECTION_STALLED_AFTER_MS',
    describe: 'How long a projection may make no progress while events are appended before the projector is not ready',
    unit: 'ms',
    min: 500,
    max: 600_000,
    default: 30_000,
  }),
} as const;
