import type { HttpAnswer } from '../projections/http-drive.ts';
import type { Surroundings } from '../report/machine.ts';
import { number, row, table } from '../report/table.ts';
import { connections, type Measured, type OneProduct } from './measure.ts';

export interface CatalogReport {
  readonly command: string;
  readonly date: string;
  readonly surroundings: Surroundings;
  readonly products: number;
  readonly texts: { readonly name: number; readonly description: number };
  readonly rebuild: { readonly events: number; readonly seconds: number; readonly peakMb: number };
  readonly sizes: Readonly<Record<string, number>>;
  readonly queries: readonly Measured[];
  readonly one: OneProduct;
}

const fewMatches = 1000;
const [fewP99Ms, manyP99Ms] = [50, 150];

export function markdown(report: CatalogReport): string {
  const { rebuild, sizes } = report;
  const parts = [
    '# How fast Holdfast lists and searches products',
    head(report),
    `## Queries, ${connections} connections\n\n${queriesPart(report)}`,
    [
      '## Rebuild of the products',
      '',
      `${number(rebuild.events)} events in ${number(rebuild.seconds)} s, with all indexes and statistics: ` +
        `${number(rebuild.events / rebuild.seconds)} events/s, peak ${number(rebuild.peakMb)} MB.`,
      '',
      `Sizes in MB: ${Object.entries(sizes)
        .map(([name, mb]) => `${name} ${number(mb)}`)
        .join(', ')}.`,
    ].join('\n'),
    `## Targets\n\n${table(['', 'to reach', 'found', 'reached'], targetsOf(report))}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function head({ command, date, surroundings: here, products, texts }: CatalogReport): string {
  return [
    `Made by \`${command}\` on ${date}, of ${number(products)} products with a name of ${number(texts.name)} and a description of ${number(texts.description)}`,
    'characters on average. What is measured, and how, and what bounds it, is in [README.md](../README.md).',
    '',
    `- Machine: ${here.processor}, ${here.cores} cores, ${here.memoryGb} GB, ${here.platform}; clients and servers share it.`,
    `- Node ${here.node}; one durable commit takes ${here.commitMs.toFixed(2)} ms.`,
    `- PostgreSQL ${here.postgres['server_version']}, shared_buffers ${here.postgres['shared_buffers']}; Redis ${here.redis['version']}.`,
  ].join('\n');
}

function queriesPart({ queries, one }: CatalogReport): string {
  const rows = queries.map(({ title, matches, isExact, holdfast, plain }) =>
    row(
      title,
      matches === null ? '' : `${isExact ? '' : '> '}${number(matches)}`,
      ...cells(holdfast),
      ...cells(plain.ilike),
      ...cells(plain.trgm),
    ),
  );
  const single = [
    row('GET /products/:id, 64 connections', '', ...cells(one.product), ...cells(undefined), ...cells(undefined)),
  ];
  const columns = ['/s', 'p50 ms', 'p99 ms'];
  return [
    table(
      [
        '',
        'products',
        ...columns,
        ...columns.map((name) => `ILIKE ${name}`),
        ...columns.map((name) => `pg_trgm ${name}`),
      ],
      [...rows, ...single],
    ),
    '',
    `The bare handler with the bytes of GET /products/:id answers ${number(one.bare.perSecond)}/s.`,
  ].join('\n');
}

function targetsOf({ queries, one, rebuild }: CatalogReport): string[][] {
  const latencies = queries.map(({ title, matches, holdfast: { p99Ms } }) => {
    const max = matches !== null && matches <= fewMatches ? fewP99Ms : manyP99Ms;
    return [`p99 of ${title}, ms`, `< ${max}`, number(p99Ms), p99Ms < max ? 'yes' : 'no'];
  });
  const pairs = queries.filter(({ title }) => title.startsWith('two characters'));
  return [
    ...latencies,
    ...pairs.map(({ title, holdfast, plain }) =>
      atLeast(`${title}, times ILIKE`, 20, holdfast.perSecond / (plain.ilike?.perSecond ?? Number.NaN)),
    ),
    atLeast('GET /products/:id, of the bare handler', 0.6, one.product.perSecond / one.bare.perSecond),
    atLeast('rebuild, events/s', 20_000, rebuild.events / rebuild.seconds),
  ];
}

function cells(answer: HttpAnswer | undefined): string[] {
  return answer === undefined ? ['', '', ''] : [number(answer.perSecond), number(answer.p50Ms), number(answer.p99Ms)];
}

function atLeast(what: string, wanted: number, found: number): string[] {
  return [what, `≥ ${wanted.toLocaleString('en-US')}`, number(found), found >= wanted ? 'yes' : 'no'];
}
