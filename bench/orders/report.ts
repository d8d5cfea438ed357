import type { Made } from '../harness/run-benchmark.ts';
import { measuredTable } from '../http/report.ts';
import { donePerSecond, type Measured } from '../http/measured.ts';
import { number, row, table } from '../report/table.ts';
import type { OrdersMeasured, ScenarioMeasured } from './measure.ts';
import { connections } from './pace.ts';

type OrdersReport = OrdersMeasured & Made;

export function markdown(report: OrdersReport): string {
  const targets = [...report.scenarios.flatMap(targetsOf), feedTarget(report)];
  const parts = [
    '# How fast Holdfast takes orders',
    head(report),
    ...report.scenarios.map(scenarioPart),
    corePart(report),
    feedPart(report),
    `## Targets\n\n${table(['', 'to reach', 'found', 'reached'], targets)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function head({ command, date, surroundings: here, scenarios }: OrdersReport): string {
  return [
    `Made by \`${command}\` on ${date}: orders of three lines over HTTP, from ${connections} connections, each with one`,
    `request at a time; the median of ${scenarios[0]?.contenders[0]?.rounds.length ?? 0} rounds (least–most), in turns.`,
    'CPU is that of the service alone, for each request. What is measured, and how, is in [README.md](../README.md).',
    '',
    `- Machine: ${here.processor}, ${here.cores} cores, ${here.memoryGb} GB, ${here.platform}; clients and servers share it.`,
    `- Node ${here.node}; one durable commit takes ${here.commitMs.toFixed(2)} ms.`,
    `- PostgreSQL ${here.postgres['server_version']}, durable; Redis ${here.redis['version']}, append-only.`,
  ].join('\n');
}

function scenarioPart({ title, contenders, atHalf, cancels }: ScenarioMeasured): string {
  return [`## ${title}`, measuredTable(contenders), measuredTable([atHalf, cancels])].join('\n\n');
}

function targetsOf({ title, contenders, atHalf, cancels }: ScenarioMeasured): readonly (readonly string[])[] {
  const [holdfast, rowLock] = contenders;
  if (holdfast === undefined || rowLock === undefined) return [];
  const times = title.includes('hot') ? 3 : 1;
  const found = donePerSecond(holdfast) / donePerSecond(rowLock);
  const p99 = (what: string, mostMs: number, { p99Ms }: Measured): readonly string[] =>
    row(`${what}, ${title}`, `< ${number(mostMs)} ms`, `${number(p99Ms)} ms`, p99Ms < mostMs ? 'yes' : 'no');
  const least = `orders/s against SELECT … FOR UPDATE, ${title}`;
  return [
    row(least, `≥ ${times}×`, `${number(found)}×`, found >= times ? 'yes' : 'no'),
    p99('p99 of an order at half of capacity', 100, atHalf),
    p99('p99 of a cancel, which answers when its units are free', 1000, cancels),
  ];
}

function corePart({ core }: OrdersReport): string {
  const rows = core.map(({ title, perSecond: { median, min, max }, p50Ms, p99Ms, cpuMicrosPerOrder }) =>
    row(
      title,
      `${number(median)} (${number(min)}–${number(max)})`,
      number(p50Ms),
      number(p99Ms),
      number(cpuMicrosPerOrder),
    ),
  );
  return `## Without HTTP\n\n${table(['', 'orders/s', 'p50 ms', 'p99 ms', 'CPU µs'], rows)}`;
}

function feedPart({ feed }: OrdersReport): string {
  const { perSecond, p50Ms, p99Ms, maxMs, appendP50Ms } = feed;
  return [
    '## From the acknowledged append to the entry of the feed',
    '',
    `${number(perSecond)} purchases a second, which give twice as many entries, with a projector that carries all read ` +
      `models: read with XREAD after p50 ${number(p50Ms)} ms, p99 ${number(p99Ms)} ms, at most ${number(maxMs)} ms. ` +
      `The append itself takes ${number(appendP50Ms)} ms (p50).`,
  ].join('\n');
}

function feedTarget({ feed: { p99Ms } }: OrdersReport): readonly string[] {
  return row('p99 until an event is in the feed', '< 200 ms', `${number(p99Ms)} ms`, p99Ms < 200 ? 'yes' : 'no');
}
