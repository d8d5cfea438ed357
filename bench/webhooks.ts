import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfChanged } from '../dev/local/build.ts';
import { BenchServers } from './harness/servers.ts';
import { lookAround } from './report/machine.ts';
import { measureWebhooks } from './webhooks/measure.ts';
import { fullPace, quickPace } from './webhooks/pace.ts';
import { markdown } from './webhooks/report.ts';

const help = `Measures webhooks: deliveries a second beside a bare loop of the same requests, and how late they arrive.

  npm run bench:webhooks            everything; about four minutes
  npm run bench:webhooks -- --quick a first impression, in half a minute; numbers not to be quoted`;

const root = join(import.meta.dirname, '..');
const results = join(import.meta.dirname, 'results');
const say = (line: string): void => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const { values } = parseArgs({
    args,
    options: { quick: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
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
    const measured = await measureWebhooks({ servers, directory, pace, say });
    const command = ['npm run bench:webhooks', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
    const date = new Date().toISOString().slice(0, 10);
    const report = { command, date, surroundings, loadBefore, ...measured };
    const text = markdown(report);
    console.log(`\n${text}`);
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, 'webhooks.json'), `${JSON.stringify(report, undefined, 2)}\n`);
    writeFileSync(join(results, 'webhooks.md'), text);
  } finally {
    rmSync(directory, { recursive: true, force: true });
    await servers.stop();
  }
}

await main();
