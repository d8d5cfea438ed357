import type { Made } from '../harness/run-benchmark.ts';
import { loadLine } from '../report/machine.ts';
import { number, row, table } from '../report/table.ts';
import type { LiveMeasured, LiveSide } from './measure.ts';
import { clientProcesses, memoryMbMax, p99MsMax } from './pace.ts';

type LiveReport = LiveMeasured & Made;

export function markdown(report: LiveReport): string {
  const { holdfast, bare } = report;
  const parts = [
    '# How many streams query-api serves',
    head(report),
    sidePart('Holdfast', holdfast),
    sidePart('A bare server', bare),
    saturationPart(holdfast),
  ];
  return `${parts.join('\n\n')}\n`;
}

function head({ command, date, surroundings: here, pace, holdfast }: LiveReport): string {
  const allowed =
    holdfast.opened < pace.streams ? `; the limits of the machine allowed ${number(holdfast.opened)}` : '';
  return [
    `Made by \`${command}\` on ${date}: ${number(pace.streams)} streams of \`GET /items/:id\` straight to one query-api${allowed};`,
    `each follows one of ${number(pace.subjects)} items, ${clientProcesses} processes of clients; ${number(pace.measureMs / 1000)} s at each rate.`,
    'What is measured, and how, is in [README.md](../README.md).',
    '',
    `- Machine: ${here.processor}, ${here.cores} cores, ${here.memoryGb} GB, ${here.platform}; clients, services and servers share it.`,
    loadLine(here),
    `- Node ${here.node}; one durable commit takes ${here.commitMs.toFixed(2)} ms.`,
    `- PostgreSQL ${here.postgres['server_version']}, durable; Redis ${here.redis['version']}, append-only.`,
    `- Targets at ${number(pace.rates[0] ?? 0)} changes a second: p99 under ${p99MsMax} ms, memory under ${memoryMbMax} MB.`,
  ].join('\n');
}

function sidePart(title: string, { opened, memoryBeforeMb, memoryMb, rates }: LiveSide): string {
  const rows = rates.map(({ perSecond, wanted, arrived, p50Ms, p99Ms, maxMs, ownP99Ms }) =>
    row(
      number(perSecond),
      number(wanted),
      `${((100 * arrived) / wanted).toFixed(1)} %`,
      number(p50Ms),
      number(p99Ms),
      number(maxMs),
      ownP99Ms === undefined ? '' : `≤ ${number(ownP99Ms)}`,
    ),
  );
  const columns = ['changes/s', 'events', 'arrived', 'p50 ms', 'p99 ms', 'most ms', 'of it in query-api, p99 ms'];
  return [
    `## ${title}`,
    '',
    `${number(opened)} streams; ${number(memoryMb)} MB (RSS), ${number(memoryBeforeMb)} MB before the first.`,
    '',
    table(columns, rows),
  ].join('\n');
}

function saturationPart({ rates }: LiveSide): string {
  const [late] = rates.filter(({ p99Ms, arrived, wanted }) => p99Ms >= p99MsMax || arrived < wanted * 0.99);
  if (late === undefined) return `p99 stayed under ${p99MsMax} ms at every rate.`;
  return (
    `It saturates at ${number(late.perSecond)} changes a second: p99 ${number(late.p99Ms)} ms. What is not arrived was ` +
    'merged with a later value of the same item.'
  );
}
