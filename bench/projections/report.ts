import type { Surroundings } from '../report/machine.ts';
import { number, row, table } from '../report/table.ts';
import type { HttpMeasured } from './measure-http.ts';
import type { ReplayMeasured } from './measure-replays.ts';
import { httpConnections } from './pace.ts';
import type { Lag, Paced } from './tasks.ts';

export interface ProjectionsReport {
  readonly command: string;
  readonly date: string;
  readonly surroundings: Surroundings;
  readonly stockEvents: number;
  readonly replays: readonly ReplayMeasured[];
  readonly rebuilds: readonly (Paced & { readonly stockEvents: number })[];
  readonly lag: Lag | undefined;
  readonly http: readonly HttpMeasured[];
}

interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
  readonly reached: boolean;
}

export function markdown(report: ProjectionsReport): string {
  const parts = [
    '# How fast Holdfast projects and answers',
    head(report),
    ...(report.replays.length > 0 ? [replayPart(report)] : []),
    ...(report.rebuilds.length > 0 ? [rebuildPart(report)] : []),
    ...(report.lag === undefined ? [] : [lagPart(report.lag)]),
    ...(report.http.length > 0 ? [httpPart(report)] : []),
    targetsPart(targetsOf(report)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function head({ command, date, surroundings: here, stockEvents }: ProjectionsReport): string {
  return [
    `Made by \`${command}\` on ${date}, of ${number(stockEvents)} stock events over 10,000 items.`,
    'What is measured, and how, is in [README.md](../README.md).',
    '',
    `- Machine: ${here.processor}, ${here.cores} cores, ${here.memoryGb} GB, ${here.platform}; clients and servers share it.`,
    `- Node ${here.node}; one durable commit takes ${here.commitMs.toFixed(2)} ms.`,
    `- PostgreSQL ${here.postgres['server_version']}: ${Object.entries(here.postgres)
      .slice(1)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}.`,
    `- Redis ${here.redis['version']}: appendonly ${here.redis['appendonly']}, appendfsync ${here.redis['appendfsync']}.`,
  ].join('\n');
}

function replayPart({ replays }: ProjectionsReport): string {
  const rows = replays.map(({ title, models, events, perSecond: { median, min, max }, peakMb, holdfastTimes }) =>
    row(
      `${title}, into ${models.join(', ')}`,
      number(events),
      min === max ? number(median) : `${number(median)} (${number(min)}–${number(max)})`,
      holdfastTimes === undefined ? '' : `${number(holdfastTimes)}×`,
      number(peakMb),
    ),
  );
  return `## Replay\n\n${table(['', 'events', 'events/s', 'Holdfast does', 'peak MB'], rows)}`;
}

function rebuildPart({ rebuilds }: ProjectionsReport): string {
  const rows = rebuilds.map(({ stockEvents, events, seconds, peakMb }) =>
    row(`${number(stockEvents)} stock events`, number(events / seconds), number(peakMb)),
  );
  return [
    '## Rebuild beside what is live',
    '',
    'Availability, movements and holds, one after the other, each of all events.',
    '',
    table(['', 'events/s', 'peak MB'], rows),
  ].join('\n');
}

function lagPart(lag: Lag): string {
  return [
    '## From the acknowledged append to the visible row',
    '',
    `${number(lag.perSecond)} purchases a second of 10,000 items, with the projector carrying all read models: ` +
      `p50 ${number(lag.p50Ms)} ms, p99 ${number(lag.p99Ms)} ms, at most ${number(lag.maxMs)} ms. ` +
      `The append itself takes ${number(lag.appendP50Ms)} ms (p50). ` +
      `Of ${number(lag.commands)} purchases ${number(lag.rejected)} were rejected; ${number(lag.rowsLooked)} rows were looked up as soon as they were told to be there, and were.`,
  ].join('\n');
}

function httpPart({ http }: ProjectionsReport): string {
  const rows = http.map(({ title, bodyBytes, perSecond, p50Ms, p99Ms, barePerSecond, share }) =>
    row(
      title,
      number(bodyBytes),
      number(perSecond.median),
      number(barePerSecond.median),
      share.toFixed(2),
      number(p50Ms),
      number(p99Ms),
    ),
  );
  const columns = ['', 'bytes', 'answers/s', 'bare handler', 'share', 'p50 ms', 'p99 ms'];
  return `## Queries, ${httpConnections} connections\n\n${table(columns, rows)}`;
}

function targetsOf({ replays, rebuilds, lag, http }: ProjectionsReport): readonly Target[] {
  const wantedRates: Record<string, number> = { availability: 50_000, 'availability, movements, holds': 20_000 };
  const wantedTimes: Record<string, number> = { 'a transaction per event': 10, 'a statement per event': 3 };
  const ofReplays = replays.map(({ title, models, perSecond: { median }, holdfastTimes }) => {
    const what = `replay into ${models.join(', ')}`;
    if (holdfastTimes === undefined) return atLeast(`${what}, events/s`, wantedRates[models.join(', ')] ?? 0, median);
    return atLeast(`${what}, times ${title}`, wantedTimes[title] ?? 0, holdfastTimes);
  });
  const ofLag = lag === undefined ? [] : [atMost('lag p50, ms', 20, lag.p50Ms), atMost('lag p99, ms', 100, lag.p99Ms)];
  const [fewer, more] = rebuilds;
  const growth =
    fewer && more
      ? [atMost('peak memory of the longer rebuild, times the shorter', 1.5, more.peakMb / fewer.peakMb)]
      : [];
  return [
    ...ofReplays,
    ...ofLag,
    ...http.map(({ title, share }) => atLeast(`${title}, of the bare handler`, 0.6, share)),
    ...growth,
  ];
}

function atLeast(what: string, wanted: number, found: number): Target {
  return { what, wanted: `≥ ${wanted.toLocaleString('en-US')}`, found: number(found), reached: found >= wanted };
}

function atMost(what: string, wanted: number, found: number): Target {
  return { what, wanted: `< ${wanted.toLocaleString('en-US')}`, found: number(found), reached: found < wanted };
}

function targetsPart(targets: readonly Target[]): string {
  const rows = targets.map(({ what, wanted, found, reached }) => row(what, wanted, found, reached ? 'yes' : 'no'));
  return `## Targets\n\n${table(['', 'to reach', 'found', 'reached'], rows)}`;
}
