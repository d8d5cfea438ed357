import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfChanged } from '../../dev/local/build.ts';
import { lookAround, type Surroundings } from '../report/machine.ts';
import { BenchServers } from './servers.ts';

export interface BenchmarkOptions<Pace> {
  readonly servers: BenchServers;
  /** For files that nobody needs afterwards. */
  readonly directory: string;
  readonly pace: Pace;
  /** Folder of CPU profiles of the services; undefined for none. */
  readonly profile: string | undefined;
  readonly say: (line: string) => void;
}

export interface Made {
  readonly command: string;
  readonly date: string;
  readonly surroundings: Surroundings;
}

interface Benchmark<Pace, Measured> {
  /** Of its command and its results. */
  readonly name: string;
  readonly help: string;
  readonly paces: { readonly full: Pace; readonly quick: Pace };
  readonly measure: (options: BenchmarkOptions<Pace>) => Promise<Measured>;
  readonly markdown: (report: Measured & Made) => string;
}

const root = join(import.meta.dirname, '../..');
const results = join(import.meta.dirname, '../results');
const say = (line: string): void => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);

/** Runs it as the command line says, prints its report and writes it to the results. */
export async function runBenchmark<Pace extends object, Measured extends object>(
  benchmark: Benchmark<Pace, Measured>,
): Promise<void> {
  const { name, help, paces, measure, markdown } = benchmark;
  const args = process.argv.slice(2);
  const options = optionsOf(args, paces);
  if (options === undefined) return console.log(help);
  const [loadBefore = Number.NaN] = loadavg();
  await buildIfChanged({ root, signal: new AbortController().signal }, say);
  say('Starting PostgreSQL and Redis …');
  const servers = await BenchServers.start();
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const surroundings = { ...(await lookAround(servers)), loadBefore };
    const measured = await measure({ ...options, servers, directory, say });
    const command = [`npm run bench:${name}`, ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
    const report = { command, date: new Date().toISOString().slice(0, 10), surroundings, ...measured };
    const text = markdown(report);
    console.log(`\n${text}`);
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, `${name}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
    writeFileSync(join(results, `${name}.md`), text);
  } finally {
    rmSync(directory, { recursive: true, force: true });
    await servers.stop();
  }
}

/** Undefined if only help was requested. */
function optionsOf<Pace extends object>(
  args: readonly string[],
  paces: { readonly full: Pace; readonly quick: Pace },
): { pace: Pace; profile: string | undefined } | undefined {
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
  const pace = values.quick ? paces.quick : paces.full;
  if (values.seconds === undefined) return { pace, profile: values.profile };
  const measureMs = Number(values.seconds) * 1000;
  if (!('measureMs' in pace)) throw new RangeError('--seconds has no meaning here');
  if (!(measureMs > 0)) throw new RangeError(`--seconds takes a number of seconds; not ${values.seconds}`);
  return { pace: { ...pace, measureMs }, profile: values.profile };
}
