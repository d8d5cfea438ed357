import type { Made } from '../harness/run-benchmark.ts';
import { number, row, table } from '../report/table.ts';
import type { LimitsMeasured } from './measure.ts';
import type { Sale } from './sale.ts';

export function markdown(report: LimitsMeasured & Made): string {
  const parts = ['# A sale with a purchase limit', head(report), ...report.sales.map(salePart)];
  return `${parts.join('\n\n')}\n`;
}

function head({ command, date, surroundings: here }: Made): string {
  return [
    `Made by \`${command}\` on ${date}: each customer buys one unit of the same item, 256 at a time, without HTTP; one`,
    'process with its clients. What is measured, and how, is in [README.md](../README.md).',
    '',
    `- Machine: ${here.processor}, ${here.cores} cores, ${here.memoryGb} GB, ${here.platform}; load before: ${number(here.loadBefore)}.`,
    `- Node ${here.node}; one durable commit takes ${here.commitMs.toFixed(2)} ms.`,
    `- PostgreSQL ${here.postgres['server_version']}, durable.`,
  ].join('\n');
}

const columns = ['customers before', 'purchases/s', 'p50 ms', 'p99 ms', 'longest turn ms', 'heap MB', 'RSS MB'];

function salePart({ purchaseLimit, customers, restart }: Sale): string {
  const rows = customers.map(({ customersBefore, perSecond, p50Ms, p99Ms, loopDelayMaxMs, heapMb, rssMb }) =>
    row(
      customersBefore.toLocaleString('en-US'),
      ...[perSecond, p50Ms, p99Ms, loopDelayMaxMs, heapMb, rssMb].map((value) => number(value)),
    ),
  );
  return [
    `## ${purchaseLimit === null ? 'Without a limit' : `At most ${purchaseLimit} for each customer`}`,
    table(columns, rows),
    `A new process answers its first purchase after ${number(restart.firstPurchaseMs)} ms; its longest turn of the event ` +
      `loop takes ${number(restart.loopDelayMaxMs)} ms.`,
  ].join('\n\n');
}
