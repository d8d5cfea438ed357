import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPool, type Pool } from '#platform';
import { viewOf } from '#projections';
import { itemsProjection, readModels } from '#read-models';
import { buildIfChanged } from '../dev/local/build.ts';
import { writeCatalog } from './catalog/history.ts';
import { fullPace, measureOneProduct, measureQueries, quickPace, type Pace } from './catalog/measure.ts';
import { makePlainTables } from './catalog/plain-tables.ts';
import { productOf } from './catalog/products.ts';
import { markdown, type CatalogReport } from './catalog/report.ts';
import { migrateAll } from './harness/migrate-all.ts';
import { BenchServers } from './harness/servers.ts';
import { perform } from './projections/perform.ts';
import { startService } from './projections/service.ts';
import type { Paced } from './projections/tasks.ts';
import { lookAround } from './report/machine.ts';

const help = `Measures lists and searches of products over HTTP, beside plain tables with ILIKE and pg_trgm.

  npm run bench:catalog                a million products; about ten minutes
  npm run bench:catalog -- --quick     a hundred thousand, for a first impression`;

const root = join(import.meta.dirname, '..');
const results = join(import.meta.dirname, 'results');
const sampled = 10_000;
const say = (line: string): void => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);
/** A plain table is made and indexed in one statement each. */
const timeouts = { connectMs: 3000, answerMs: 3_600_000 };

async function run(servers: BenchServers, pace: Pace): Promise<Omit<CatalogReport, 'command' | 'date'>> {
  const { products } = pace;
  const surroundings = await lookAround(servers);
  const place = await servers.withDatabase();
  const pool = createPool({ url: place.postgres, connectionsMax: 4, name: 'bench', timeouts });
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    await migrateAll(place.postgres);
    say(`writing ${products} products`);
    await writeCatalog(pool, products);
    await pool.query('vacuum (analyze) events');
    say('building all read models');
    const models = readModels.map(({ projection }) => projection.name);
    // Counted are the events of the products, not those of their stock.
    const task = { ...place, stockEvents: products };
    await perform('projections-worker.ts', { ...task, models, kind: 'replay', inRedis: true });
    say('rebuilding the products');
    const rebuild = await perform<Paced>('projections-worker.ts', { ...task, models: ['items'], kind: 'rebuild' });
    say(`  ${Math.round(rebuild.events / rebuild.seconds)} events/s`);
    const sizes = await sizesOf(pool);
    say('plain tables');
    await makePlainTables(pool);
    const generous = { HOLDFAST_ANONYMOUS_READS_PER_MINUTE_MAX: '10000000' };
    const env = { DATABASE_URL: place.postgres, EVENTSTORE_URL: place.postgres, REDIS_URL: place.redis, ...generous };
    const queryApi = await startService('query-api', 'dist/apps/query-api/main.js', directory, env);
    try {
      say('queries');
      const queries = await measureQueries(queryApi.url, directory, env, pace, say);
      const one = await measureOneProduct(queryApi.url, directory, env, pace);
      return { surroundings, products, texts: texts(products), rebuild, sizes, queries, one };
    } finally {
      await queryApi.stop();
    }
  } finally {
    await pool.end();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function sizesOf(pool: Pool): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ name: string; mb: number }>(
    `select 'table' as name, pg_table_size(c.oid) / 1000000.0::float8 as mb from pg_class c where relname = $1 || '_g2'
     union all select am.amname || ' ' || coalesce(a.attname, ''), pg_relation_size(i.indexrelid) / 1e6
     from pg_index i join pg_class x on x.oid = i.indexrelid join pg_am am on am.oid = x.relam
     left join pg_attribute a on a.attrelid = x.oid and a.attnum = 1 where am.amname = 'gin' and i.indrelid = ($1 || '_g2')::regclass`,
    [viewOf(itemsProjection)],
  );
  return Object.fromEntries(rows.map(({ name, mb }) => [name, mb]));
}

/** Average lengths, in characters. */
function texts(products: number): { name: number; description: number } {
  const made = Array.from({ length: Math.min(sampled, products) }, (_, at) => productOf(at + 1));
  return {
    name: average(made.map(({ name }) => name)),
    description: average(made.map(({ description = '' }) => description)),
  };
}

function average(all: readonly string[]): number {
  return all.join('').length / all.length;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return console.log(help);
  await buildIfChanged({ root, signal: new AbortController().signal }, say);
  say('Starting PostgreSQL and Redis …');
  const servers = await BenchServers.start();
  try {
    const measured = await run(servers, values.quick ? quickPace : fullPace);
    const command = `npm run bench:catalog${values.quick ? ' -- --quick' : ''}`;
    const report = { command, date: new Date().toISOString().slice(0, 10), ...measured };
    const text = markdown(report);
    console.log(`\n${text}`);
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, 'catalog.json'), `${JSON.stringify(report, undefined, 2)}\n`);
    writeFileSync(join(results, 'catalog.md'), text);
  } finally {
    await servers.stop();
  }
}

await main();
