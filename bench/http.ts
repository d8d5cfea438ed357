import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfChanged } from '../dev/local/build.ts';
import { BenchServers } from './harness/servers.ts';
import { measureSales, type SalesMeasured } from './http/measure.ts';
import { fullPace, quickPace } from './http/pace.ts';
import { markdown } from './http/report.ts';
import { lookAround } from './report/machine.ts';

const help = `Measures sales over HTTP, beside a handler that does nothing and two ways to lock.

  npm run bench:http                        everything; about six minutes
  npm run bench:http -- --quick             a first impression, in a minute; numbers not to be quoted
  npm run bench:http -- --profile DIRECTORY CPU profiles of the services`;

const root = join(import.meta.dirname, '..');
const results = join(import.meta.dirname, 'results');
const say = (line: string): void => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);

async function measure(servers: BenchServers, quick: boolean, profile: string | undefined): Promise<SalesMeasured> {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    return await measureSales({ servers, directory, pace: quick ? quickPace : fullPace, profile, say });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(help);
  await buildIfChanged({ root, signal: new AbortController().signal }, say);
  say('Starting PostgreSQL and Redis …');
  const servers = await BenchServers.start();
  try {
    const surroundings = await lookAround(servers);
    const measured = await measure(servers, values.quick, values.profile);
    const command = `npm run bench:http${values.quick ? ' -- --quick' : ''}`;
    const report = { command, date: new Date().toISOString().slice(0, 10), surroundings, ...measured };
    const text = markdown(report);
    console.log(`\n${text}`);
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, 'http.json'), `${JSON.stringify(report, undefined, 2)}\n`);
    writeFileSync(join(results, 'http.md'), text);
  } finally {
    await servers.stop();
  }
}

await main();
