import type { Surroundings } from '../report/machine.ts';
import { number, percent, row, table } from '../report/table.ts';
import type { Expiry } from './expiry.ts';
import type { SalesMeasured } from './measure.ts';
import { donePerSecond, type Measured } from './measured.ts';
import { connections } from './pace.ts';

export interface HttpReport extends SalesMeasured {
  readonly command: string;
  readonly date: string;
  readonly surroundings: Surroundings;
}

const columns = ['', 'requests/s', 'p50 ms', 'p99 ms', 'CPU µs', 'not 200 or 201'] as const;

export function markdown(report: HttpReport): string {
  const { hotItem, withProjector, holds, gateway } = report;
  const parts = [
    '# How fast Holdfast sells over HTTP',
    head(report),
    part('One hot item', hotItem),
    part('With a projector, which carries all read models on the same two cores', withProjector),
    `${part('Holds', holds)}\n\n${expiryPart(report.expiry)}`,
    ...(gateway.length > 0 ? [part('Behind the gateway', gateway)] : []),
    `## Targets\n\n${table(['', 'to reach', 'found', 'reached'], targetsOf(report))}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function head({ command, date, surroundings: here, hotItem }: HttpReport): string {
  return [
    `Made by \`${command}\` on ${date}: ${connections} connections, each with one request at a time, a token and an`,
    `Idempotency-Key with every request; the median of ${hotItem[0]?.rounds.length ?? 0} rounds (least–most), in turns.`,
    'CPU is that of the service alone, for each request. What is measured, and how, is in [README.md](../README.md).',
    '',
    `- Machine: ${here.processor}, ${here.cores} cores, ${here.memoryGb} GB, ${here.platform}; clients and servers share it.`,
    `- Node ${here.node}; one durable commit takes ${here.commitMs.toFixed(2)} ms.`,
    `- PostgreSQL ${here.postgres['server_version']}, durable; Redis ${here.redis['version']}, append-only.`,
  ].join('\n');
}

function part(title: string, measured: readonly Measured[]): string {
  return `## ${title}\n\n${measuredTable(measured)}`;
}

export function measuredTable(measured: readonly Measured[]): string {
  return table(columns, measured.map(rowOf));
}

function expiryPart({ holds, p50Ms, p99Ms, mostMs }: Expiry): string {
  const late = `p50 ${number(p50Ms)} ms, p99 ${number(p99Ms)} ms, at most ${number(mostMs)} ms`;
  return `${number(holds)} holds of one to five seconds that were left alone were ended late by: ${late}.`;
}

function rowOf({ title, perSecond, p50Ms, p99Ms, cpuMicrosPerRequest, othersShare }: Measured): readonly string[] {
  const { median, min, max } = perSecond;
  const rate = `${number(median)} (${number(min)}–${number(max)})`;
  return row(title, rate, number(p50Ms), number(p99Ms), number(cpuMicrosPerRequest), percent(othersShare));
}

function targetsOf({ hotItem, expiry }: HttpReport): string[][] {
  const [holdfast, bare, rowLock, redisLock] = hotItem;
  if (!holdfast || !bare || !rowLock || !redisLock) return [];
  const cpu = holdfast.cpuMicrosPerRequest / bare.cpuMicrosPerRequest;
  const least = (what: string, rival: Measured, times: number): string[] => {
    const found = donePerSecond(holdfast) / donePerSecond(rival);
    return [what, `≥ ${times}×`, `${number(found)}×`, found >= times ? 'yes' : 'no'];
  };
  return [
    ['CPU of a request, against the bare handler', '≤ 1.7×', `${number(cpu)}×`, cpu <= 1.7 ? 'yes' : 'no'],
    least('requests/s, against the bare handler', bare, 0.5),
    least('requests/s, against SELECT … FOR UPDATE', rowLock, 4),
    least('requests/s, against the Redis lock', redisLock, 8),
    [
      'end of a hold after it was due, p99',
      '< 1,000 ms',
      `${number(expiry.p99Ms)} ms`,
      expiry.p99Ms < 1000 ? 'yes' : 'no',
    ],
  ];
}
