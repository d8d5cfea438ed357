import { join } from 'node:path';
import { run } from '#dev/servers';
import type { Context } from './context.ts';

const timeoutMs = 300_000;

/** Runs the built `holdfast` CLI. */
export async function holdfast(
  { root, signal }: Context,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  input = '',
): Promise<void> {
  const main = join(root, 'dist', 'apps', 'cli', 'main.js');
  const name = `holdfast ${args[0]}`;
  await run(process.execPath, [main, ...args], { name, cwd: root, env, input, signal, timeoutMs });
}
