import { setTimeout as pause } from 'node:timers/promises';
import { connectEventStore } from '#event-store/connect';
import { migrateAll } from '../harness/migrate-all.ts';
import type { BenchmarkOptions } from '../harness/run-benchmark.ts';
import { itemName } from '../projections/stock-trade.ts';
import { startService } from '../projections/service.ts';
import { LiveClients } from './clients.ts';
import type { LivePace } from './pace.ts';
import { recordItems, unitsOfEach, Writer } from './writer.ts';

export interface Delivered {
  readonly perSecond: number;
  /** Changes that were acknowledged, times the streams that follow them. */
  readonly wanted: number;
  /** Of those, events that arrived; the others were merged with a later one. */
  readonly arrived: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Of that, from the notification of a change to the last event of it: p99 is at most this; undefined if not known. */
  readonly ownP99Ms: number | undefined;
}

export interface LiveSide {
  readonly opened: number;
  readonly memoryBeforeMb: number;
  readonly memoryMb: number;
  readonly rates: readonly Delivered[];
}

export interface LiveMeasured {
  readonly pace: LivePace;
  readonly holdfast: LiveSide;
  readonly bare: LiveSide;
}

type MeasureOptions = BenchmarkOptions<LivePace>;

interface Inspected {
  readonly memory: number;
  /** Seconds → changes that were sent within them. */
  readonly sent: ReadonlyMap<number, number>;
}

const optionsOfImage = '--max-semi-space-size=16';
/** So long after the last change, everything has arrived that will. */
const settleMs = 2000;

export async function measureLive(options: MeasureOptions): Promise<LiveMeasured> {
  return { pace: options.pace, holdfast: await measureHoldfast(options), bare: await measureBare(options) };
}

async function measureHoldfast({ servers, directory, pace, profile, say }: MeasureOptions): Promise<LiveSide> {
  const { postgres, redis } = await servers.withDatabase();
  await migrateAll(postgres);
  const env = {
    DATABASE_URL: postgres,
    EVENTSTORE_URL: postgres,
    REDIS_URL: redis,
    HOLDFAST_STREAMS_MAX: String(pace.streams),
    HOLDFAST_ANONYMOUS_STREAMS_MAX: '0',
    HOLDFAST_ANONYMOUS_READS_PER_MINUTE_MAX: '0',
  };
  const store = await connectEventStore(postgres);
  const projector = await startService('projector', 'dist/apps/projector/main.js', directory, env);
  const deployed = { ...env, NODE_OPTIONS: optionsOfImage };
  const queryApi = await startService('query-api', 'dist/apps/query-api/main.js', directory, deployed, profile);
  try {
    const writer = new Writer(await recordItems(store, pace.subjects), pace.subjects);
    await untilShown(`${queryApi.url}/items/${itemName(pace.subjects - 1)}`);
    return await follow('Holdfast', queryApi.url, writer, pace, say, async () => {
      const text = await (await fetch(`${queryApi.url}/metrics`)).text();
      const buckets = [...text.matchAll(/^holdfast_stream_seconds_bucket\{.*?le="(\S+?)".*\} (\d+)$/gm)];
      return {
        memory: Number(/^process_resident_memory_bytes\S* (\S+)/m.exec(text)?.[1]),
        sent: new Map(
          buckets.map(([, seconds, count]) => [Number(seconds?.replace('+Inf', 'Infinity')), Number(count)]),
        ),
      };
    });
  } finally {
    await Promise.all([queryApi.stop(), projector.stop()]);
    await store.close();
  }
}

async function measureBare({ directory, pace, say }: MeasureOptions): Promise<LiveSide> {
  const body = JSON.stringify({ id: itemName(0), name: 'Item 0', price: 100, stock: unitsOfEach });
  const bare = await startService('bare', 'bench/live-baseline.ts', directory, { BENCH_BODY: body });
  try {
    const change = async (subject: number, left: number): Promise<void> => {
      const url = `${bare.url}/items/${itemName(subject)}/${left}`;
      await (await fetch(url, { method: 'POST' })).text();
    };
    return await follow('bare server', bare.url, new Writer(change, pace.subjects), pace, say, async () => ({
      memory: Number(await (await fetch(`${bare.url}/memory`)).text()),
      sent: new Map(),
    }));
  } finally {
    await bare.stop();
  }
}

async function follow(
  title: string,
  url: string,
  writer: Writer,
  pace: LivePace,
  say: (line: string) => void,
  inspect: () => Promise<Inspected>,
): Promise<LiveSide> {
  const { memory: memoryBefore } = await inspect();
  const clients = await LiveClients.open(url, pace.streams, pace.subjects);
  try {
    say(`${title}: ${clients.opened} streams`);
    const rates: Delivered[] = [];
    let { memory: memoryMax } = await inspect();
    const each = clients.opened / pace.subjects;
    for (const rate of pace.rates) {
      await writer.run(rate, pace.warmUpMs);
      await pause(settleMs);
      await clients.receipts();
      const before = await inspect();
      await writer.run(rate, pace.measureMs);
      await pause(settleMs);
      const after = await inspect();
      const ownP99Ms = p99MsOf(before.sent, after.sent);
      rates.push({ ...deliveredOf(rate, each, writer, await clients.receipts()), ownP99Ms });
      memoryMax = Math.max(memoryMax, after.memory);
      const { p99Ms, arrived, wanted } = rates.at(-1) as Delivered;
      say(`${title}, ${rate} changes a second: p99 ${p99Ms.toFixed(0)} ms, ${arrived} of ${wanted}`);
    }
    return { opened: clients.opened, memoryBeforeMb: memoryBefore / 1e6, memoryMb: memoryMax / 1e6, rates };
  } finally {
    await clients.close();
  }
}

function deliveredOf(
  perSecond: number,
  streamsEach: number,
  writer: Writer,
  receipts: Awaited<ReturnType<LiveClients['receipts']>>,
): Omit<Delivered, 'ownP99Ms'> {
  const late: number[] = [];
  for (const [subject, units, at] of receipts) {
    const acknowledgedAt = writer.acknowledged.get(`${subject} ${units}`);
    // It may arrive before the writer has read that it was acknowledged.
    if (acknowledgedAt !== undefined) late.push(Math.max(at - acknowledgedAt, 0));
  }
  const sorted = Float64Array.from(late).toSorted();
  const quantile = (share: number): number =>
    sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? NaN;
  const wanted = Math.round(writer.acknowledged.size * streamsEach);
  return { perSecond, wanted, arrived: late.length, p50Ms: quantile(0.5), p99Ms: quantile(0.99), maxMs: quantile(1) };
}

/** The bound of the first bucket that has 99 of 100 of what was counted in between. */
function p99MsOf(before: Inspected['sent'], after: Inspected['sent']): number | undefined {
  const all = (after.get(Infinity) ?? 0) - (before.get(Infinity) ?? 0);
  for (const [seconds, count] of after) {
    if (all > 0 && count - (before.get(seconds) ?? 0) >= all * 0.99) return seconds * 1000;
  }
  return undefined;
}

async function untilShown(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url);
    const body = (await answer.json()) as { readonly stock?: number };
    if (answer.status === 200 && body.stock === unitsOfEach) return;
    await pause(100);
  }
}
