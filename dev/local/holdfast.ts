// The `holdfast` CLI for the stack started by `npm start`, unless DATABASE_URL names another installation.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildIfChanged } from './build.ts';
import { environmentFor, runningStack } from './facts.ts';

const root = resolve(import.meta.dirname, '../..');
const state = resolve(root, process.env['STATE_DIRECTORY'] ?? '.holdfast');
const args = process.argv.slice(2);
/** Commands that need no installation that runs. */
const needsNothing =
  /^(?:help|logs|-.*|)$/.test(args[0] ?? '') ||
  args.some((arg) => arg === '--help' || arg === '--table' || arg.startsWith('--url'));

await buildIfChanged({ root, signal: new AbortController().signal }, (line) => console.error(line));

if (process.env['DATABASE_URL'] !== undefined) run(process.env);
else {
  const stack = runningStack(state);
  const shell = { ...process.env, STATE_DIRECTORY: state };
  if (stack !== undefined) run({ HOLDFAST_URL: stack.gateway, ...environmentFor(stack.settings, shell) });
  else if (needsNothing) run(shell);
  else {
    console.error(
      `The local stack is not running (${state}). Start it with npm start, in another terminal; or set DATABASE_URL, ` +
        'REDIS_URL and EVENTSTORE_URL to operate another installation.',
    );
    process.exitCode = 1;
  }
}

function run(env: NodeJS.ProcessEnv): void {
  const { status } = spawnSync(process.execPath, [join(root, 'dist/apps/cli/main.js'), ...args], {
    env,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
