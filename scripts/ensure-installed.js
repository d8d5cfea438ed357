// Plain JavaScript, no dependencies, runs on Node 20: makes node_modules match package-lock.json, once.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.installed');
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.log('Installing dependencies (npm ci); about half a minute, once …');
  // npm_execpath is the npm that runs this script: no shell, no PATH look-up, the same version.
  const npm = process.env['npm_execpath'];
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const args = [...first, 'ci', '--loglevel=error', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`npm ci failed (${error?.message ?? signal ?? `exit ${status}`}); its own lines above say why.`);
    process.exit(status ?? 130);
  }
  // npm 10 leaves the link out when two platforms' packages name the same bin.
  const link = join(modules, '.bin', 'node');
  const runtime = `../node-linux-${process.arch}/bin/node`;
  if (!existsSync(link) && existsSync(join(modules, '.bin', runtime))) symlinkSync(runtime, link);
  // It needs glibc, which Alpine does not have; then the user's own Node is used.
  if (existsSync(link) && spawnSync(link, ['--version']).status !== 0) rmSync(link);
  writeFileSync(stamp, wanted);
}
if (!existsSync(join(modules, '.bin', 'node')) && Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Holdfast needs Node 24 or newer; this is ${process.version}, and no bundled one runs on this machine ` +
      `(${process.platform}-${process.arch}${process.platform === 'linux' ? ', without glibc' : ''}). Install Node 24, PostgreSQL ` +
      'and Redis yourself, and start with DATABASE_URL=postgres://… REDIS_URL=redis://… npm start.',
  );
  process.exit(1);
}
