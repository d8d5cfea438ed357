import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { run } from '../process/run.ts';
import { unpackRedis } from './unpack.ts';

export interface RedisBinary {
  command: string;
  env: NodeJS.ProcessEnv;
}

const unpackedIn = resolve(import.meta.dirname, '../../../.holdfast/redis');

/** The redis-server on PATH, or else a downloaded one, shared by all starts and tests. */
export async function redisBinary(report: (line: string) => void, signal?: AbortSignal): Promise<RedisBinary> {
  const installed = onPath('redis-server');
  if (installed !== undefined) return { command: installed, env: process.env };
  if (!(await runs(unpackedIn))) await unpackRedis(unpackedIn, runs, report, signal);
  return binaryIn(unpackedIn);
}

async function runs(folder: string): Promise<boolean> {
  const { command, env } = binaryIn(folder);
  if (!existsSync(command)) return false;
  return run(command, ['--version'], { env }).then(
    () => true,
    () => false,
  );
}

function binaryIn(folder: string): RedisBinary {
  const libraries = join(folder, 'usr', 'lib');
  const platforms = existsSync(libraries) ? readdirSync(libraries).filter((name) => name.endsWith('-linux-gnu')) : [];
  const paths = platforms.map((name) => join(libraries, name));
  return {
    command: join(folder, 'usr', 'bin', 'redis-server'),
    env: { ...process.env, LD_LIBRARY_PATH: paths.join(delimiter) },
  };
}

function onPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}
