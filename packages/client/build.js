// Compiles the package into its dist, which npm pack takes.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const dist = join(import.meta.dirname, 'dist');
const compiler = join(import.meta.dirname, '../../node_modules/typescript7/bin/tsc');
rmSync(dist, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [compiler, '-p', import.meta.dirname], { stdio: 'inherit' });
process.exitCode = status ?? 1;
