import { join } from 'node:path';
import { run } from '#servers';
import type { Context } from './context.ts';

const timeoutMs = 300_000;

/** Runs the `holdfast` command as built. */
export async function holdfast(
  { root, signal }: Context,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  input = '',
): Promise<void> {
  const main = join(root, 'dist', 'apps', 'cli', 'main.js');
  await run(process.execPath, ['--enable-source-maps', main, ...args], { cwd: root, env, input, signal, timeoutMs });
}
