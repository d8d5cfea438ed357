// Builds what the end-to-end tests start and fetches the browser they use, then runs every test; arguments go on to Jest.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chromiumBinary } from '../dev/servers/index.ts';
import { buildIfChanged } from '../dev/local/build.ts';

const root = join(import.meta.dirname, '..');

await Promise.all([
  buildIfChanged({ root, signal: new AbortController().signal }, (line) => console.log(line)),
  // A test that cannot have it says so; the others need none.
  chromiumBinary().catch(() => undefined),
]);

const flags = ['--conditions=source', '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const { status } = spawnSync(process.execPath, [...flags, jest, '-w', '2', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
