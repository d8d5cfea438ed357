import type { Surroundings } from '../report/machine.ts';
import { spread } from '../report/summary.ts';
import { number, row, table } from '../report/table.ts';
import type { JournalMeasured } from './measure-journal.ts';

export interface JournalReport {
  readonly command: string;
  readonly date: string;
  /** Average number of processes that wanted to run in the minute before: what else the machine did. */
  readonly loadBefore: number;
  readonly surroundings: Surroundings;
  readonly stockEvents: number;
  readonly rounds: readonly JournalMeasured[];
}

export function journalMarkdown({
  command,
  date,
  loadBefore,
  surroundings: here,
  stockEvents,
  rounds,
}: JournalReport): string {
  return `${[
    '# What the journal costs',
    [
      `Made by \`${command}\` on ${date}, of ${number(stockEvents)} stock events over 10,000 items, in ` +
        `${rounds.length / 2} round(s) of each.`,
      'What is measured, and how, is in [README.md](../README.md).',
      '',
      `- Machine: ${here.processor}, ${here.cores} cores, ${here.memoryGb} GB, ${here.platform}; clients and servers share it. ` +
        `Its load before the run was ${loadBefore.toFixed(1)}${loadBefore > here.cores / 2 ? ': it did other work besides, so times are worse than on a quiet machine' : ''}.`,
      `- Node ${here.node}; one durable commit takes ${here.commitMs.toFixed(2)} ms.`,
      `- PostgreSQL ${here.postgres['server_version']}.`,
    ].join('\n'),
    timesPart(rounds),
    bytesPart(rounds),
  ].join('\n\n')}\n`;
}

function timesPart(rounds: readonly JournalMeasured[]): string {
  const median = (journal: boolean, of: (round: JournalMeasured) => number): number =>
    spread(rounds.filter((round) => round.journal === journal).map(of)).median;
  const line = (title: string, of: (round: JournalMeasured) => number) =>
    row(title, number(median(false, of)), number(median(true, of)), `${number(median(true, of) / median(false, of))}×`);
  const rows = [
    line('replay into all read models, events/s', ({ eventsPerSecond }) => eventsPerSecond),
    line('purchases a second while it is live', ({ lag }) => lag.perSecond),
    line('from append to row, p50 ms', ({ lag }) => lag.p50Ms),
    line('from append to row, p99 ms', ({ lag }) => lag.p99Ms),
    line('CPU of the projector per event, µs', ({ projectorMicros }) => projectorMicros),
    line('CPU of PostgreSQL per event, µs', ({ postgresMicros }) => postgresMicros),
  ];
  return [
    '## The projector with all read models',
    '',
    `The lag is that of availability, at a constant rate of purchases. The CPU of PostgreSQL includes the ` +
      'appends of the events. Medians.',
    '',
    table(['', 'journal off', 'journal on', 'on / off'], rows),
  ].join('\n');
}

function bytesPart(rounds: readonly JournalMeasured[]): string {
  const { bytes } = rounds.findLast(({ journal }) => journal) ?? { bytes: undefined };
  if (bytes === undefined) return '';
  const rows = [
    row('events, the event store', number(bytes.events)),
    row('all other read models', number(bytes.others)),
    row('the journal', number(bytes.journal)),
    row('of which its rows', number(bytes.rows)),
  ];
  return `## Bytes per event, with indexes\n\n${table(['', 'bytes'], rows)}`;
}
