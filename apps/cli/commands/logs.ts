import { existsSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { stateDirectory } from '../inspect/local-stack.ts';
import { CommandFailed } from '../output.ts';

const linesDefault = 50;
const linesMax = 10_000;
const readBytesMax = 4_000_000;
const pollMs = 300;
const levels: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };
const shownApart = ['level', 'time', 'service', 'pid', 'hostname', 'msg', 'err'];

export function logsCommand(): Command {
  return new Command('logs')
    .description('show the logs of the local stack')
    .argument('[service]', 'only of this service or server')
    .option('-f, --follow', 'go on with what is written from now on')
    .option('-n, --lines <count>', 'how many of the last lines of each', lineCount, linesDefault)
    .action(logs);
}

async function logs(service: string | undefined, { follow, lines }: { follow?: true; lines: number }): Promise<void> {
  const state = stateDirectory();
  if (state === undefined) {
    throw new CommandFailed(
      'only the local stack keeps logs in files: run npm run holdfast -- logs, or, of containers, docker compose logs',
    );
  }
  const files = logFiles(join(state, 'logs'), service);
  const width = Math.max(...files.map((file) => nameOf(file).length));
  const ends = new Map<string, number>();
  const show = (file: string, text: string): void => {
    for (const line of text.split('\n')) if (line !== '') console.log(`${nameOf(file).padEnd(width)}  ${shown(line)}`);
  };
  for (const file of files) {
    const { text, end } = await readFrom(file, 0);
    ends.set(file, end);
    show(file, text.trimEnd().split('\n').slice(-lines).join('\n'));
  }
  if (follow !== true) return;
  for (;;) {
    await sleep(pollMs);
    for (const file of files) {
      const { text, end } = await readFrom(file, ends.get(file) ?? 0);
      ends.set(file, end);
      show(file, text);
    }
  }
}

function logFiles(folder: string, service: string | undefined): readonly string[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.log')) : [];
  if (files.length === 0) throw new CommandFailed('there are no logs yet: npm start writes them');
  const chosen = files.filter((file) => service === undefined || nameOf(file) === service);
  if (chosen.length === 0)
    throw new CommandFailed(
      `there is no log of ${service}; there are: ${files.map((file) => nameOf(file)).join(', ')}`,
    );
  return chosen.toSorted().map((file) => join(folder, file));
}

/** Whole lines after an offset, at most the last of them; a log that became shorter was begun anew. */
async function readFrom(path: string, from: number): Promise<{ text: string; end: number }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const start = Math.max(size < from ? 0 : from, size - readBytesMax);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    const whole = buffer.lastIndexOf('\n', bytesRead) + 1;
    return { text: buffer.toString('utf8', 0, whole), end: start + whole };
  } finally {
    await file.close();
  }
}

function nameOf(file: string): string {
  return basename(file, '.log');
}

/** A line of a service for people; that of a server stays as it is. */
function shown(line: string): string {
  const entry = parsed(line);
  if (entry === undefined) return line;
  const { level, time, msg, err } = entry;
  const at = typeof time === 'number' ? new Date(time).toISOString().slice(11, 23) : '';
  const facts = Object.entries(entry).filter(([name]) => !shownApart.includes(name));
  const cause = typeof err === 'object' && err !== null && 'message' in err ? [String(err.message)] : [];
  const words = [at, levels[Number(level)] ?? '', typeof msg === 'string' ? msg : '', ...cause];
  return [...words, ...facts.map(([name, value]) => `${name}=${JSON.stringify(value)}`)].join(' ');
}

function parsed(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function lineCount(given: string): number {
  const count = Number(given);
  if (/^\d+$/.test(given) && count <= linesMax) return count;
  throw new InvalidArgumentError(`Not a whole number up to ${linesMax}.`);
}
