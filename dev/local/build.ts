import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '#dev/servers';
import type { Context } from './context.ts';
import { tryLock, type Release } from './lock.ts';
import type { Note } from './terminal.ts';

const inputs = [
  '{apps,libs}/**/*',
  'packages/client/src/**/*',
  'tsconfig*.json',
  'nest-cli.json',
  'package.json',
  'package-lock.json',
];
/** Arguments of Vite. */
export const consoleBuild = ['build', 'apps/console', '--logLevel', 'warn'] as const;
const timeoutMs = 300_000;
const lockPollMs = 200;

/** Builds the services and the console, unless dist was built from the current sources. */
export async function buildIfChanged({ root, signal }: Pick<Context, 'root' | 'signal'>, note: Note): Promise<void> {
  if (builtFrom(root) === sourcesHash(root)) return;
  // A build starts by emptying dist, so concurrent builds would interfere.
  const release = await lockWhenFree(root, note, signal);
  try {
    // Taken before the build, so that sources changed meanwhile are built next time.
    const wanted = sourcesHash(root);
    if (builtFrom(root) === wanted) return;
    note('the sources changed; building');
    const options = { cwd: root, env: process.env, signal, timeoutMs };
    const nest = join(root, 'node_modules/@nestjs/cli/bin/nest.js');
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const services = [nest, 'build', '--all', '--parallel', '2'];
    await run(process.execPath, services, { ...options, name: 'nest build' });
    await run(process.execPath, [vite, ...consoleBuild], { ...options, name: 'vite build' });
    writeFileSync(stampOf(root), wanted);
  } finally {
    await release();
  }
}

async function lockWhenFree(root: string, note: Note, signal: AbortSignal): Promise<Release> {
  for (let attempt = 0; ; attempt++) {
    const held = await tryLock(root, () => `process ${process.pid}`);
    if (typeof held === 'function') return held;
    if (attempt === 0) note(`waiting for the build of ${held.by}`);
    await sleep(lockPollMs, undefined, { signal });
  }
}

export function sourcesHash(root: string): string {
  const hash = createHash('sha256');
  const files = globSync(inputs, { cwd: root, withFileTypes: true }).filter((found) => found.isFile());
  const paths = files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.endsWith('.spec.ts'));
  for (const path of paths.toSorted()) hash.update(relative(root, path)).update('\0').update(readFileSync(path));
  return hash.digest('hex');
}

export function stampOf(root: string): string {
  return join(root, 'dist', '.built-from');
}

function builtFrom(root: string): string | undefined {
  return existsSync(stampOf(root)) ? readFileSync(stampOf(root), 'utf8') : undefined;
}
