import type { Made } from '../harness/run-benchmark.ts';
import { donePerSecond, type Measured } from '../http/measured.ts';
import type { Surroundings } from '../report/machine.ts';
import { spread } from '../report/summary.ts';
import { number, percent, row, table } from '../report/table.ts';
import type { LendingAnswer } from './contender.ts';
import type { LendingMeasured, ScenarioMeasured } from './measure.ts';
import { connections } from './pace.ts';

type LendingReport = LendingMeasured & Made;

const timesWanted = 4;
const columns = ['', 'requests/s', 'p50 ms', 'p99 ms', 'CPU µs', 'PostgreSQL', 'Redis', 'not 200 or 201'] as const;

export function markdown(report: LendingReport): string {
  const parts = [
    '# How fast Holdfast lends',
    head(report),
    ...report.scenarios.map(({ title, contenders }) => `## ${title}\n\n${table(columns, contenders.map(rowOf))}`),
    `## Targets\n\n${table(['', 'to reach', 'found', 'reached'], report.scenarios.flatMap(targetsOf))}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function head({ command, date, surroundings: here, scenarios }: LendingReport): string {
  return [
    `Made by \`${command}\` on ${date}: lends of one unit, and acceptances of one, over HTTP, from`,
    `${connections} connections, each with one request at a time; the median of ${scenarios[0]?.contenders[0]?.rounds.length ?? 0} rounds (least–most), in turns.`,
    'CPU is that of the service, of PostgreSQL and of Redis, for each request. What is measured, and how, is in',
    '[README.md](../README.md).',
    '',
    `- Machine: ${here.processor}, ${here.cores} cores, ${here.memoryGb} GB, ${here.platform}; clients and servers share it.`,
    `- Node ${here.node}; one durable commit takes ${here.commitMs.toFixed(2)} ms.`,
    `- PostgreSQL ${here.postgres['server_version']}, durable; Redis ${here.redis['version']}, append-only.`,
    ...noise(here),
  ].join('\n');
}

/** Other programs slow all contenders down, but not by the same factor. */
function noise({ loadBefore, cores }: Surroundings): readonly string[] {
  if (!(loadBefore > cores / 4)) return [];
  return [`- Other programs kept the machine busy (load ${number(loadBefore)} before the start): the rates are noisy.`];
}

function rowOf({ title, perSecond, p50Ms, p99Ms, cpuMicrosPerRequest, othersShare, rounds }: Measured<LendingAnswer>) {
  const { median, min, max } = perSecond;
  const rate = `${number(median)} (${number(min)}–${number(max)})`;
  const ofPostgres = spread(rounds.map(({ postgresMicros }) => postgresMicros)).median;
  const ofRedis = spread(rounds.map(({ redisMicros }) => redisMicros)).median;
  const cpu = [cpuMicrosPerRequest, ofPostgres, ofRedis].map(number);
  return row(title, rate, number(p50Ms), number(p99Ms), ...cpu, percent(othersShare));
}

function targetsOf({ title, contenders }: ScenarioMeasured): readonly (readonly string[])[] {
  const [holdfast, rowLock] = contenders;
  if (holdfast === undefined || rowLock === undefined) return [];
  const found = donePerSecond(holdfast) / donePerSecond(rowLock);
  const reached = found >= timesWanted ? 'yes' : 'no';
  return [row(`${title}, against SELECT … FOR UPDATE`, `≥ ${timesWanted}×`, `${number(found)}×`, reached)];
}
