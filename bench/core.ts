import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installEmmett } from './harness/install-emmett.ts';
import { measureMemory } from './harness/measure-memory.ts';
import { help, optionsOf, type Options } from './harness/options.ts';
import { fullPace, quickPace } from './harness/pace.ts';
import { runScenario } from './harness/run-scenario.ts';
import { scenarios } from './harness/scenarios.ts';
import { BenchServers } from './harness/servers.ts';
import { lookAround } from './report/machine.ts';
import { markdown } from './report/markdown.ts';
import type { Report } from './report/report.ts';
import { summarize, type ScenarioSummary } from './report/summary.ts';
import { judge } from './report/targets.ts';

const results = join(import.meta.dirname, 'results');
const say = (line: string): void => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);

async function run(options: Options, servers: BenchServers): Promise<Report> {
  const surroundings = await lookAround(servers);
  const pace = options.quick ? quickPace : fullPace;
  const summaries: ScenarioSummary[] = [];
  for (const key of options.scenarios) {
    say(`${scenarios[key].title}:`);
    const rivals = await runScenario(key, options, pace, servers, (line) => say(`  ${line}`));
    summaries.push(summarize(key, rivals));
  }
  if (options.memory) say(`${pace.memoryStreams} streams touched once`);
  const memory = options.memory
    ? await measureMemory({ servers: await servers.withDatabase(), streams: pace.memoryStreams })
    : undefined;
  return {
    command: ['npm run bench:core', ...process.argv.slice(2).toSpliced(0, 0, '--')].join(' ').replace(/ --$/, ''),
    date: new Date().toISOString().slice(0, 10),
    surroundings,
    eventStore: process.env['EVENTSTORE_URL']?.startsWith('esdb') === true ? 'esdb' : 'postgres',
    scenarios: summaries,
    targets: judge(summaries),
    memory,
  };
}

function write(report: Report): void {
  const text = markdown(report);
  console.log(`\n${text}`);
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, 'core.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(join(results, 'core.md'), text);
}

async function main(): Promise<void> {
  const options = optionsOf(process.argv.slice(2));
  if (options === undefined) return console.log(help);
  const emmettReady = !options.contenders.includes('e') || installEmmett(say);
  if (!emmettReady) say('Emmett could not be installed: (e) is left out.');
  const contenders = options.contenders.filter((key) => key !== 'e' || emmettReady);
  say('Starting PostgreSQL and Redis …');
  const servers = await BenchServers.start();
  try {
    write(await run({ ...options, contenders }, servers));
  } finally {
    await servers.stop();
  }
}

await main();
