import type { MemoryAnswer } from '../harness/measure-memory.ts';
import type { Report } from './report.ts';
import type { RivalSummary, ScenarioSummary } from './summary.ts';
import { memoryTargetMb, type Judged } from './targets.ts';
import { number, percent, row, table } from './table.ts';

/** The report in Markdown. */
export function markdown(report: Report): string {
  const parts = [
    `# How fast Holdfast sells`,
    head(report),
    ...report.scenarios.map(scenarioPart),
    ...(report.targets.length > 0 ? [targetsPart(report.targets)] : []),
    ...(report.memory === undefined ? [] : [memoryPart(report.memory)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function head({ command, date, surroundings: here, eventStore, scenarios }: Report): string {
  const repeats = scenarios[0]?.rivals[0]?.repeats.length ?? 0;
  return [
    `Made by \`${command}\` on ${date}: purchases of one unit, the median of ${repeats} repeats (least–most).`,
    'What is measured, and how, is in [README.md](../README.md).',
    '',
    `- Machine: ${here.processor}, ${here.cores} cores, ${here.memoryGb} GB, ${here.platform}; clients and servers share it.`,
    `- Node ${here.node}; one durable commit takes ${here.commitMs.toFixed(2)} ms.`,
    `- PostgreSQL: ${list(here.postgres)}.`,
    `- Redis: ${list(here.redis)}; that of (g) keeps nothing.`,
    ...(eventStore === 'esdb' ? ['- Events of Holdfast and (d): EventStoreDB, not PostgreSQL.'] : []),
  ].join('\n');
}

const columns = [
  '',
  'pool',
  'commands/s',
  'Holdfast does',
  'p50 ms',
  'p99 ms',
  'errors',
  'rejected',
  'CPU µs',
  'peak MB',
] as const;

function scenarioPart({ title, rivals }: ScenarioSummary): string {
  return `## ${title}\n\n${table(columns, rivals.map(rivalRow))}`;
}

function rivalRow(rival: RivalSummary): readonly string[] {
  const { median, min, max } = rival.perSecond;
  return [
    rival.title,
    rival.connections === undefined ? '' : String(rival.connections),
    `${number(median)} (${number(min)}–${number(max)})`,
    rival.holdfastTimes === undefined ? '' : `${number(rival.holdfastTimes)}×`,
    number(rival.p50Ms),
    number(rival.p99Ms),
    percent(rival.errorShare),
    number(rival.rejected),
    number(rival.cpuMicrosPerCommand),
    number(rival.peakMb),
  ];
}

function targetsPart(judged: readonly Judged[]): string {
  const rows = judged.map(({ scenarioTitle, rivalTitle, times, reached }) =>
    row(scenarioTitle, rivalTitle, `≥ ${times}×`, `${number(reached)}×`, reached >= times ? 'yes' : 'no'),
  );
  return `## Targets\n\n${table(['', 'rival', 'to reach', 'Holdfast does', 'reached'], rows)}`;
}

function memoryPart({ streams, writersKept, writersMax, rssMb, peakMb, perSecond }: MemoryAnswer): string {
  return [
    '## Memory',
    '',
    `${number(streams)} streams touched once, each for the first time, at ${number(perSecond)} a second: ` +
      `${number(writersKept)} writers kept (at most ${number(writersMax)}), ` +
      `${number(rssMb)} MB resident after it, ${number(peakMb)} MB at most; to stay under: ${memoryTargetMb} MB.`,
  ].join('\n');
}

function list(all: Readonly<Record<string, string>>): string {
  return Object.entries(all)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
