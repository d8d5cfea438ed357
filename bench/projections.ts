import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPool } from '#platform';
import { buildIfChanged } from '../dev/local/build.ts';
import type { Servers } from './harness/contender.ts';
import { migrateAll } from './harness/migrate-all.ts';
import { BenchServers } from './harness/servers.ts';
import { writeHistory } from './projections/history.ts';
import { journalMarkdown } from './projections/journal-report.ts';
import { measureHttp, type HttpMeasured } from './projections/measure-http.ts';
import { measureJournal } from './projections/measure-journal.ts';
import { measureReplays, type ReplayMeasured } from './projections/measure-replays.ts';
import { commandsPerSecond, fullPace, quickPace, type ProjectionsPace } from './projections/pace.ts';
import { perform } from './projections/perform.ts';
import { markdown, type ProjectionsReport } from './projections/report.ts';
import { startService } from './projections/service.ts';
import type { Lag, Paced } from './projections/tasks.ts';
import { lookAround } from './report/machine.ts';

const parts = ['replay', 'rebuild', 'lag', 'http'] as const;
type Part = (typeof parts)[number];

const help = `Measures how fast events become rows, and rows answers.

  npm run bench:projections                        everything; about ten minutes
  npm run bench:projections -- --quick             a first impression, in a minute; numbers not to be quoted
  npm run bench:projections -- --only replay,lag   only these: ${parts.join(', ')}
  npm run bench:projections -- --journal           what the journal costs, instead of all this
  npm run bench:projections -- --profile DIRECTORY CPU profiles of the replays`;

const root = join(import.meta.dirname, '..');
const results = join(import.meta.dirname, 'results');
const allModels = ['availability', 'movements', 'holds'];
const say = (line: string): void => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);

async function withHistory(servers: BenchServers, stockEvents: number): Promise<Servers> {
  say(`writing ${stockEvents} stock events`);
  const place = await servers.withDatabase();
  await migrateAll(place.postgres);
  const pool = createPool({ url: place.postgres, connectionsMax: 1, name: 'bench' });
  try {
    await writeHistory(pool, stockEvents);
  } finally {
    await pool.end();
  }
  return place;
}

/** Builds the live read models first, if they are missing. */
async function rebuildOf(place: Servers, stockEvents: number): Promise<Paced & { stockEvents: number }> {
  say(`rebuild of ${stockEvents} stock events`);
  const task = { ...place, models: allModels, stockEvents };
  await perform('projections-worker.ts', { ...task, kind: 'replay', inRedis: false });
  return { ...(await perform<Paced>('projections-worker.ts', { ...task, kind: 'rebuild' })), stockEvents };
}

/** With the projector, and then query-api, as they are deployed. */
async function measureServices(
  place: Servers,
  wanted: ReadonlySet<Part>,
  pace: ProjectionsPace,
  profile: string | undefined,
): Promise<{ lag: Lag | undefined; http: readonly HttpMeasured[] }> {
  await buildIfChanged({ root, signal: new AbortController().signal }, say);
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  // Every query comes from one address, and is still counted.
  const generous = { HOLDFAST_ANONYMOUS_READS_PER_MINUTE_MAX: '10000000' };
  const env = { DATABASE_URL: place.postgres, EVENTSTORE_URL: place.postgres, REDIS_URL: place.redis, ...generous };
  say('the projector catches up');
  const projector = await startService('projector', 'dist/apps/projector/main.js', directory, env, profile);
  const queryApi = await startService('query-api', 'dist/apps/query-api/main.js', directory, env, profile);
  try {
    if (wanted.has('lag')) say(`${commandsPerSecond} commands a second`);
    const { lagWarmUpMs: warmUpMs, lagMeasureMs: measureMs } = pace;
    const lagTask = { ...place, kind: 'lag', perSecond: commandsPerSecond, warmUpMs, measureMs };
    const lag = wanted.has('lag') ? await perform<Lag>('projections-worker.ts', lagTask) : undefined;
    if (wanted.has('http')) say('queries');
    const http = wanted.has('http') ? await measureHttp(queryApi.url, directory, env, pace) : [];
    return { lag, http };
  } finally {
    await Promise.all([projector.stop(), queryApi.stop()]);
    rmSync(directory, { recursive: true, force: true });
  }
}

async function run(
  servers: BenchServers,
  wanted: ReadonlySet<Part>,
  pace: ProjectionsPace,
  profile: string | undefined,
) {
  const surroundings = await lookAround(servers);
  const fewer = await withHistory(servers, pace.fewerEvents);
  const services =
    wanted.has('lag') || wanted.has('http')
      ? await measureServices(fewer, wanted, pace, profile)
      : { lag: undefined, http: [] };
  const rebuilds: (Paced & { stockEvents: number })[] = [];
  let replays: readonly ReplayMeasured[] = [];
  if (wanted.has('rebuild')) {
    // A history of its own: what was measured before has added to the other.
    rebuilds.push(await rebuildOf(await withHistory(servers, pace.fewerEvents), pace.fewerEvents));
  }
  if (wanted.has('replay') || wanted.has('rebuild')) {
    const more = await withHistory(servers, pace.events);
    if (wanted.has('replay')) replays = await measureReplays(more, pace, profile, say);
    if (wanted.has('rebuild')) rebuilds.push(await rebuildOf(more, pace.events));
  }
  return { surroundings, replays, rebuilds, ...services };
}

async function runJournal(servers: BenchServers, pace: ProjectionsPace) {
  const loadBefore = loadavg()[0] ?? Number.NaN;
  const surroundings = await lookAround(servers);
  await buildIfChanged({ root, signal: new AbortController().signal }, say);
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const rounds = await measureJournal(() => withHistory(servers, pace.fewerEvents), { directory, pace, say });
    return { loadBefore, surroundings, stockEvents: pace.fewerEvents, rounds };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function write(name: string, report: object, text: string): void {
  console.log(`\n${text}`);
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, `${name}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(join(results, `${name}.md`), text);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      journal: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(help);
  const named = values.only?.split(',') ?? parts;
  const wanted = new Set(parts.filter((part) => named.includes(part)));
  if (wanted.size !== new Set(named).size) throw new RangeError(`--only takes ${parts.join(', ')}`);
  const pace = values.quick ? quickPace : fullPace;
  say('Starting PostgreSQL and Redis …');
  const servers = await BenchServers.start();
  try {
    const command = ['npm run bench:projections', ...process.argv.slice(2).toSpliced(0, 0, '--')]
      .join(' ')
      .replace(/ --$/, '');
    const made = { command, date: new Date().toISOString().slice(0, 10) };
    if (values.journal) {
      const report = { ...made, ...(await runJournal(servers, pace)) };
      return write('journal', report, journalMarkdown(report));
    }
    const measured = await run(servers, wanted, pace, values.profile);
    const report: ProjectionsReport = { ...made, stockEvents: pace.events, ...measured };
    write('projections', report, markdown(report));
  } finally {
    await servers.stop();
  }
}

await main();
