// The `holdfast` CLI for the stack started by `npm start`, unless DATABASE_URL names another installation.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildIfChanged } from './build.ts';
import { settingsOf } from './facts.ts';

const root = resolve(import.meta.dirname, '../..');
const state = resolve(root, process.env['STATE_DIRECTORY'] ?? '.holdfast');

await buildIfChanged({ root, signal: new AbortController().signal }, (line) => console.error(line));

const settings = process.env['DATABASE_URL'] === undefined ? settingsOf(state) : undefined;
const { status } = spawnSync(process.execPath, [join(root, 'dist/apps/cli/main.js'), ...process.argv.slice(2)], {
  env: { ...settings, ...process.env },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
