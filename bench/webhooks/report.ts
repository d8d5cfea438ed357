import type { Made } from '../harness/run-benchmark.ts';
import { loadLine } from '../report/machine.ts';
import { number, row, table } from '../report/table.ts';
import type { WebhooksMeasured } from './measure.ts';
import { connectionsEach, endpointsCount, subjectsCount } from './pace.ts';

type WebhooksReport = WebhooksMeasured & Made;

export function markdown(report: WebhooksReport): string {
  const parts = ['# How fast Holdfast sends webhooks', head(report), sendingPart(report), lagPart(report)];
  return `${parts.join('\n\n')}\n`;
}

function head({ command, date, surroundings: here, sending }: WebhooksReport): string {
  return [
    `Made by \`${command}\` on ${date}: ${endpointsCount} endpoints of one receiver, with ${connectionsEach} connections each;`,
    `changes of ${number(subjectsCount)} stocks, each delivered to every endpoint; the median of ${sending[0]?.rounds.length ?? 0} rounds`,
    '(least–most), in turns. CPU is that of the sender alone. What is measured, and how, is in [README.md](../README.md).',
    '',
    `- Machine: ${here.processor}, ${here.cores} cores, ${here.memoryGb} GB, ${here.platform}; receiver, sender and servers share it.`,
    loadLine(here),
    `- Node ${here.node}; one durable commit takes ${here.commitMs.toFixed(2)} ms.`,
    `- PostgreSQL ${here.postgres['server_version']}, durable; Redis ${here.redis['version']}, append-only.`,
  ].join('\n');
}

function sendingPart({ sending }: WebhooksReport): string {
  const rows = sending.map(({ title, perSecond: { median, min, max }, cpuMicrosPerDelivery }) =>
    row(title, `${number(median)} (${number(min)}–${number(max)})`, number(cpuMicrosPerDelivery)),
  );
  return `## Deliveries that wait\n\n${table(['', 'deliveries/s', 'CPU µs'], rows)}`;
}

function lagPart({ lag }: WebhooksReport): string {
  const { perSecond, p50Ms, p99Ms, maxMs, appendP50Ms } = lag;
  return [
    '## From the acknowledged append to the receiver',
    '',
    `${number(perSecond)} purchases a second, with a projector that carries all read models: received after p50 ` +
      `${number(p50Ms)} ms, p99 ${number(p99Ms)} ms, at most ${number(maxMs)} ms. The append itself takes ` +
      `${number(appendP50Ms)} ms (p50).`,
  ].join('\n');
}
