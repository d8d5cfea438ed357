import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { assertClock, createLogger, createMetrics, createPool, Leases, readConfig, type Pool } from '#platform';
import { webhookMetrics, Webhooks, WebhookSender, WebhookSink } from '#webhooks';
import { secrets } from '../projections/secrets.ts';
import { positionOf, stockEvent, storeId, told } from './events.ts';
import { timed, type SendingTask, type Sent } from './sending-task.ts';

const pageEvents = 1000;
const lookEveryMs = 10;

/** Deliveries that wait in the database, from the start of the sender until each is recorded as delivered. */
export async function sendByHoldfast(task: SendingTask): Promise<Sent> {
  const { postgres, endpoints, warmUpEvents, measuredEvents } = task;
  const config = readConfig(
    { DATABASE_URL: postgres, EVENTSTORE_URL: postgres, REDIS_URL: 'redis://unused', ...secrets },
    { port: 0 },
  );
  const log = createLogger('bench', { ...config, logLevel: 'warn' });
  const pool = createPool({ url: postgres, connectionsMax: config.postgresPoolMax, name: 'bench' });
  const parts = {
    pool,
    databaseUrl: postgres,
    leases: new Leases(pool, randomUUID(), config.projectionLeaseMs),
    assertClock: () => assertClock(pool),
    metrics: webhookMetrics(createMetrics('bench')),
    log,
    allowsPrivate: true,
  };
  await register(pool, endpoints);
  const write = await writerOf(pool);
  const drain = async (): Promise<void> => {
    const sender = new WebhookSender(parts);
    sender.start();
    while (await isAnyLeft(pool)) await pause(lookEveryMs);
    await sender.stop();
  };
  await write(warmUpEvents);
  await drain();
  await write(measuredEvents);
  const sent = await timed(measuredEvents * endpoints.length, drain);
  const delivered = await deliveredIn(pool);
  const wanted = (warmUpEvents + measuredEvents) * endpoints.length;
  if (delivered !== wanted) throw new Error(`${delivered} deliveries are recorded as delivered, of ${wanted}`);
  await pool.end();
  return sent;
}

async function register(pool: Pool, endpoints: readonly string[]): Promise<void> {
  const webhooks = new Webhooks(pool);
  for (const url of endpoints) {
    const made = await webhooks.create(randomUUID(), 'bench', { url, events: ['stock.changed'], description: '' });
    if (made === undefined) throw new Error('there are too many webhooks');
  }
}

/** Writes the deliveries of the next events, as the projector does. */
async function writerOf(pool: Pool): Promise<(events: number) => Promise<void>> {
  const sink = new WebhookSink(pool, { id: storeId, head: async () => undefined, readStream: async () => [] }, told);
  let checkpoint = await sink.open();
  let written = 0;
  return async (events) => {
    for (const end = written + events; written < end;) {
      const size = Math.min(pageEvents, end - written);
      const page = Array.from({ length: size }, (_, index) => stockEvent(written + index + 1));
      written += size;
      await sink.apply(page, checkpoint, positionOf(written));
      checkpoint = positionOf(written);
    }
  };
}

async function isAnyLeft(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ left: boolean }>({
    name: 'is-any-left',
    text: 'select exists (select from webhook_queues) as left',
  });
  return rows[0]?.left === true;
}

async function deliveredIn(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*) from webhook_deliveries where status = 'delivered'`,
  );
  return rows[0]?.count ?? 0;
}
