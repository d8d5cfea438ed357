import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../baselines/emmett');

/**
 * Emmett has other peer dependencies, so it is a separate package, installed on first use. Returns false if that fails.
 */
export function installEmmett(say: (line: string) => void): boolean {
  const stamp = join(folder, 'node_modules/.installed');
  const lock = readFileSync(join(folder, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  say('Installing Emmett, for (e), in a folder of its own (npm ci) …');
  // npm_execpath is the npm that runs this script: no shell, no PATH lookup, the same version.
  const npm = process.env['npm_execpath'];
  const [command, first] = npm?.endsWith('.js') === true ? [process.execPath, [npm]] : ['npm', []];
  const args = [...first, 'ci', '--loglevel=error', '--no-audit', '--no-fund'];
  const { status } = spawnSync(command, args, { cwd: folder, stdio: 'inherit' });
  if (status === 0) writeFileSync(stamp, wanted);
  return status === 0;
}
