import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfChanged } from '../dev/local/build.ts';
import { BenchServers } from './harness/servers.ts';
import { measureOrders } from './orders/measure.ts';
import { fullPace, quickPace, type OrdersPace } from './orders/pace.ts';
import { markdown } from './orders/report.ts';
import { lookAround } from './report/machine.ts';

const help = `Measures orders of three lines over HTTP, beside two ways to take them in one transaction.

  npm run bench:orders                        everything; about nine minutes
  npm run bench:orders -- --quick             a first impression, in a minute and a half; numbers not to be quoted
  npm run bench:orders -- --seconds 10        the length of each measurement
  npm run bench:orders -- --profile DIRECTORY CPU profiles of the services`;

const root = join(import.meta.dirname, '..');
const results = join(import.meta.dirname, 'results');
const say = (line: string): void => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);

/** Undefined if only help was requested. */
function optionsOf(args: readonly string[]): { pace: OrdersPace; profile: string | undefined } | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      seconds: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const pace = values.quick ? quickPace : fullPace;
  const measureMs = values.seconds === undefined ? pace.measureMs : Number(values.seconds) * 1000;
  if (!(measureMs > 0)) throw new RangeError(`--seconds takes a number of seconds; not ${values.seconds}`);
  return { pace: { ...pace, measureMs }, profile: values.profile };
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const options = optionsOf(args);
  if (options === undefined) return console.log(help);
  await buildIfChanged({ root, signal: new AbortController().signal }, say);
  say('Starting PostgreSQL and Redis …');
  const servers = await BenchServers.start();
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const surroundings = await lookAround(servers);
    const measured = await measureOrders({ ...options, servers, directory, say });
    const command = ['npm run bench:orders', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
    const report = { command, date: new Date().toISOString().slice(0, 10), surroundings, ...measured };
    const text = markdown(report);
    console.log(`\n${text}`);
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, 'orders.json'), `${JSON.stringify(report, undefined, 2)}\n`);
    writeFileSync(join(results, 'orders.md'), text);
  } finally {
    rmSync(directory, { recursive: true, force: true });
    await servers.stop();
  }
}

await main();
