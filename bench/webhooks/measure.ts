import type { BenchmarkOptions } from '../harness/run-benchmark.ts';
import { migrateAll } from '../harness/migrate-all.ts';
import { perform } from '../projections/perform.ts';
import type { SeenAfter } from '../projections/constant-rate.ts';
import { startService } from '../projections/service.ts';
import { spread, type Spread } from '../report/summary.ts';
import type { WebhookLagTask } from './lag.ts';
import { endpointsCount, lagPerSecond, type WebhooksPace } from './pace.ts';
import type { ReceiptCounts } from './receipts.ts';
import { sendingWays, type SendingTask, type SendingWay, type Sent } from './sending-task.ts';

export interface SendingMeasured {
  readonly title: string;
  readonly perSecond: Spread;
  readonly cpuMicrosPerDelivery: number;
  readonly rounds: readonly Sent[];
}

export interface WebhooksMeasured {
  /** Holdfast, the bare loop. */
  readonly sending: readonly SendingMeasured[];
  /** Of each of `lagPerSecond` purchases a second. */
  readonly lag: SeenAfter;
}

type MeasureOptions = BenchmarkOptions<WebhooksPace>;

export async function measureWebhooks(options: MeasureOptions): Promise<WebhooksMeasured> {
  return { sending: await measureSending(options), lag: await measureLag(options) };
}

/** In turns, so that drift of the machine affects both equally. */
async function measureSending({ servers, directory, pace, say }: MeasureOptions): Promise<readonly SendingMeasured[]> {
  const receiver = await startService('receiver', 'bench/webhook-receiver.ts', directory, {});
  const endpoints = Array.from({ length: endpointsCount }, (_, n) => `${receiver.url}/endpoints/${n}`);
  const { warmUpEvents, measuredEvents } = pace;
  const ways = Object.keys(sendingWays) as SendingWay[];
  const sent = new Map<SendingWay, Sent[]>(ways.map((way) => [way, []]));
  try {
    for (let round = 1; round <= pace.rounds; round++) {
      for (const way of ways) {
        say(`round ${round} of ${pace.rounds}: ${sendingWays[way]}`);
        const { postgres } = await servers.withDatabase();
        await migrateAll(postgres);
        const task: SendingTask = { way, postgres, endpoints, warmUpEvents, measuredEvents };
        sent.get(way)?.push(await perform<Sent>('webhook-sending.ts', task, { built: true }));
        await assertReceived(receiver.url, way, (warmUpEvents + measuredEvents) * endpointsCount);
      }
    }
  } finally {
    await receiver.stop();
  }
  return ways.map((way) => summarize(sendingWays[way], sent.get(way) ?? []));
}

/** Nobody failed, so each must have come once. */
async function assertReceived(receiver: string, way: SendingWay, wanted: number): Promise<void> {
  const received = (await (await fetch(`${receiver}/receipts`)).json()) as ReceiptCounts;
  const { requests, deliveries, outOfOrder } = received;
  const isInOrder = way !== 'holdfast' || outOfOrder === 0;
  if (requests === wanted && deliveries === wanted && isInOrder) return;
  throw new Error(`of ${wanted} deliveries, the receiver has got ${JSON.stringify(received)}`);
}

function summarize(title: string, rounds: readonly Sent[]): SendingMeasured {
  return {
    title,
    perSecond: spread(rounds.map(({ deliveries, seconds }) => deliveries / seconds)),
    cpuMicrosPerDelivery: spread(rounds.map(({ cpuMicros, deliveries }) => cpuMicros / deliveries)).median,
    rounds,
  };
}

/** With a projector as it is deployed, which carries all read models as well. */
async function measureLag({ servers, directory, pace, say }: MeasureOptions): Promise<SeenAfter> {
  say(`the lag, at ${lagPerSecond} purchases a second`);
  const { postgres, redis } = await servers.withDatabase();
  await migrateAll(postgres);
  const env = {
    DATABASE_URL: postgres,
    EVENTSTORE_URL: postgres,
    REDIS_URL: redis,
    HOLDFAST_WEBHOOK_PRIVATE_ADDRESSES: 'true',
  };
  const projector = await startService('projector', 'dist/apps/projector/main.js', directory, env);
  try {
    const { lagWarmUpMs: warmUpMs, lagMeasureMs: measureMs } = pace;
    const task: WebhookLagTask = { postgres, perSecond: lagPerSecond, warmUpMs, measureMs };
    return await perform<SeenAfter>('webhook-lag.ts', task);
  } finally {
    await projector.stop();
  }
}
