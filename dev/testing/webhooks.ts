import { randomUUID } from 'node:crypto';
import { makePosition, type EventMetadata, type Position, type RecordedEvent } from '#event-store';
import type { PublicEvent } from '#feeds';
import { createLogger, createMetrics, Leases, type Pool } from '#platform';
import { projectionMigrations } from '#projections';
import { Deliveries, webhookMetrics, webhookMigrations, Webhooks, WebhookSender, WebhookSink } from '#webhooks';
import type { CreatedWebhook, NewWebhook, WebhookSenderOptions } from '#webhooks';
import { freshDatabase } from './fresh-database.ts';

/** Webhooks on a database of their own, with a clock that the test sets. */
export interface WebhooksUnderTest {
  readonly pool: Pool;
  readonly databaseUrl: string;
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  readonly metrics: ReturnType<typeof createMetrics>;
  /** What was logged, as JSON lines. */
  readonly logged: string[];
  /** In milliseconds since 1970; rows that PostgreSQL dates are of the real time. */
  now: number;
  create(wanted: Partial<NewWebhook> & { readonly url: string }): Promise<CreatedWebhook>;
  /** Records an event of each of these subjects, in one page; returns their ids. */
  tell(...subjects: readonly string[]): Promise<string[]>;
  startSender(options?: Partial<WebhookSenderOptions>): WebhookSender;
  /** Moves the clock and wakes the senders. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

const store = 'test';

export async function startWebhooks(): Promise<WebhooksUnderTest> {
  const database = await freshDatabase([...projectionMigrations, ...webhookMigrations]);
  const { pool, url: databaseUrl } = database;
  const metrics = createMetrics('test');
  const logged: string[] = [];
  const log = createLogger(
    'test',
    { logLevel: 'info', logFormat: 'json' },
    { write: (line) => void logged.push(line) },
  );
  const sink = new WebhookSink(pool, { id: store, head: async () => undefined, readStream: async () => [] }, told);
  const senders: WebhookSender[] = [];
  const measured = webhookMetrics(metrics);
  let checkpoint: Position | undefined = await sink.open();
  let events = 0n;
  const under: WebhooksUnderTest = {
    pool,
    databaseUrl,
    webhooks: new Webhooks(pool),
    deliveries: new Deliveries(pool),
    metrics,
    logged,
    now: Date.now(),
    create: async (wanted) => {
      const made = await under.webhooks.create(randomUUID(), 'test', { events: ['*'], description: '', ...wanted });
      if (made === undefined) throw new Error('there are too many webhooks');
      return made;
    },
    tell: async (...subjects) => {
      const page = subjects.map((subject) => eventOf(subject, (events += 1n), under.now));
      const to = makePosition(store, events);
      await sink.apply(page, checkpoint, to);
      checkpoint = to;
      return page.map(({ id }) => id);
    },
    startSender: (options = {}) => {
      const sender = new WebhookSender({
        pool,
        databaseUrl,
        // Longer than a sender may stand still on a busy machine: then another one would begin to send.
        leases: new Leases(pool, randomUUID(), 60_000),
        assertClock: async () => undefined,
        metrics: measured,
        log,
        allowsPrivate: true,
        clock: () => under.now,
        ...options,
      });
      senders.push(sender);
      sender.start();
      return sender;
    },
    pass: async (ms) => {
      under.now += ms;
      await pool.query(`select pg_notify('holdfast_webhook_deliveries', '')`);
    },
    close: async () => {
      await Promise.all(senders.map((sender) => sender.stop()));
      await database.drop();
    },
  };
  return under;
}

function eventOf(subject: string, number: bigint, at: number): RecordedEvent {
  return {
    id: `evt_${number}`,
    type: 'StockChanged',
    data: subject,
    metadata: { at } as EventMetadata,
    stream: `stock-${subject}`,
    revision: Number(number),
    position: makePosition(store, number),
  };
}

function told({ id, data, metadata }: RecordedEvent): readonly PublicEvent[] {
  const subject = String(data);
  const timestamp = new Date(metadata.at).toISOString();
  return [{ id, type: 'stock.changed', version: 1, subject, timestamp, data: { id: subject } as PublicEvent['data'] }];
}
