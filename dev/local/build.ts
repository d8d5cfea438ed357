import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '#dev/servers';
import type { Context } from './context.ts';
import { tryLock, type Release } from './lock.ts';
import type { Note } from './terminal.ts';

/** What is built by a command of its own, and from which files. */
interface Part {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly without?: string;
  /** In dist: the hash of the files that it was built from. */
  readonly stamp: string;
  readonly args: readonly string[];
}

const everywhere = ['package.json', 'package-lock.json', 'tsconfig.base.json'];
/** Arguments of Vite. */
export const consoleBuild = ['build', 'apps/console', '--logLevel', 'warn'] as const;
const services: Part = {
  name: 'rolldown',
  inputs: ['{apps,libs}/**/*', 'rolldown.config.js', ...everywhere],
  without: 'apps/console/',
  stamp: '.built-from',
  args: ['node_modules/rolldown/bin/cli.mjs', '-c'],
};
const consolePages: Part = {
  name: 'vite build',
  inputs: ['{apps/console,packages/client/src}/**/*', ...everywhere],
  stamp: '.console-built-from',
  args: ['node_modules/vite/bin/vite.js', ...consoleBuild],
};
const parts = [services, consolePages];
const timeoutMs = 300_000;
const lockPollMs = 200;

/** Builds the services and the console, each unless it was built from the current sources. */
export async function buildIfChanged({ root, signal }: Pick<Context, 'root' | 'signal'>, note: Note): Promise<void> {
  const isBuilt = (part: Part) => builtFrom(root, part) === sourcesHash(root, part);
  if (parts.every(isBuilt)) return;
  const release = await lockWhenFree(root, note, signal);
  try {
    for (const part of parts) {
      // Taken before the build, so that sources changed meanwhile are built next time.
      const wanted = sourcesHash(root, part);
      if (builtFrom(root, part) === wanted) continue;
      note(part === services ? 'the sources changed; building' : 'building the console');
      await build(root, part, signal);
      writeFileSync(stampOf(root, part), wanted);
    }
  } finally {
    await release();
  }
}

/** Builds the services, without asking what dist has. */
export async function buildServices({ root, signal }: Pick<Context, 'root' | 'signal'>): Promise<void> {
  await build(root, services, signal);
}

/** As if what is in dist had been built from the current sources. */
export function markBuilt(root: string): void {
  for (const part of parts) writeFileSync(stampOf(root, part), sourcesHash(root, part));
}

/** Whatever is in dist is built again next time. */
export function markUnbuilt(root: string): void {
  for (const part of parts) rmSync(stampOf(root, part), { force: true });
}

async function build(root: string, part: Part, signal: AbortSignal): Promise<void> {
  const [program = '', ...args] = part.args;
  const options = { name: part.name, cwd: root, env: process.env, signal, timeoutMs };
  await run(process.execPath, [join(root, program), ...args], options);
}

async function lockWhenFree(root: string, note: Note, signal: AbortSignal): Promise<Release> {
  for (let attempt = 0; ; attempt++) {
    const held = await tryLock(root, () => `process ${process.pid}`);
    if (typeof held === 'function') return held;
    if (attempt === 0) note(`waiting for the build of ${held.by}`);
    await sleep(lockPollMs, undefined, { signal });
  }
}

function sourcesHash(root: string, { inputs, without }: Part): string {
  const hash = createHash('sha256');
  const files = globSync([...inputs], { cwd: root, withFileTypes: true }).filter((found) => found.isFile());
  const paths = files
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
    .filter((path) => !path.endsWith('.spec.ts') && (without === undefined || !path.startsWith(without)));
  for (const path of paths.toSorted())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

function stampOf(root: string, { stamp }: Part): string {
  return join(root, 'dist', stamp);
}

function builtFrom(root: string, part: Part): string | undefined {
  const stamp = stampOf(root, part);
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
}
