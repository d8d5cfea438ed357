import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfChanged } from '../dev/local/build.ts';
import { BenchServers } from './harness/servers.ts';
import { lookAround } from './report/machine.ts';
import { measureLive } from './live/measure.ts';
import { fullPace, quickPace } from './live/pace.ts';
import { markdown } from './live/report.ts';

const help = `Measures how late events reach the clients of many streams, and what the streams cost, beside a bare server.

  npm run bench:live            everything; about five minutes
  npm run bench:live -- --quick a first impression, in a minute and a half; numbers not to be quoted
  npm run bench:live -- --profile DIRECTORY a CPU profile of query-api`;

const root = join(import.meta.dirname, '..');
const results = join(import.meta.dirname, 'results');
const say = (line: string): void => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(help);
  const [loadBefore = Number.NaN] = loadavg();
  await buildIfChanged({ root, signal: new AbortController().signal }, say);
  say('Starting PostgreSQL and Redis …');
  const servers = await BenchServers.start();
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const surroundings = await lookAround(servers);
    const pace = values.quick ? quickPace : fullPace;
    const measured = await measureLive({ servers, directory, pace, profile: values.profile, say });
    const command = ['npm run bench:live', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
    const date = new Date().toISOString().slice(0, 10);
    const report = { command, date, surroundings, loadBefore, pace, ...measured };
    const text = markdown(report);
    console.log(`\n${text}`);
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, 'live.json'), `${JSON.stringify(report, undefined, 2)}\n`);
    writeFileSync(join(results, 'live.md'), text);
  } finally {
    rmSync(directory, { recursive: true, force: true });
    await servers.stop();
  }
}

await main();
