// Runs Stryker on the folders or files that are named, or on all that should have no survivors, and fails for each mutant
// that no test tells and nobody has named as equivalent.
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import startTestServers from '../dev/testing/global-setup.ts';
import stopTestServers from '../dev/testing/global-teardown.ts';
import { unnamedSurvivors, type Report } from '../test/mutants/survivors.ts';
import { equivalents } from '../test/mutants/equivalents.ts';

const root = join(import.meta.dirname, '..');
const [, , ...named] = process.argv;
const paths = named.length > 0 ? named : ['libs/domain', 'libs/commands'];
const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');

await startTestServers();
try {
  for (const path of paths) {
    // What is tested by what: a folder of libs by its own tests.
    const folder = path.split('/').slice(0, 2).join('/');
    const args = path === folder ? [] : ['--mutate', `${path},!**/*.spec.ts`];
    const env = { ...process.env, MUTANTS_OF: folder, MUTANTS_IN: path };
    const { status } = spawnSync(process.execPath, [stryker, 'run', ...args], { cwd: root, stdio: 'inherit', env });
    if (status !== 0) throw new Error(`Stryker ended with ${status ?? 'a signal'} on ${path}`);
    const report = await readFile(join(root, '.holdfast', 'mutants', `${folder.replaceAll('/', '-')}.json`), 'utf8');
    const survivors = unnamedSurvivors(JSON.parse(report) as Report, equivalents);
    for (const line of survivors) console.error(line);
    if (survivors.length > 0) process.exitCode = 1;
    else console.log(`${path}: every mutant is told by a test, or is named as equivalent`);
  }
} finally {
  await stopTestServers();
}
