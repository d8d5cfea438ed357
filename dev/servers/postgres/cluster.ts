import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../process/run.ts';
import type { User } from './run-as.ts';

export interface Cluster {
  binaries: string;
  dataDir: string;
  user: User | undefined;
  durable: boolean;
  superuser: boolean;
  signal: AbortSignal | undefined;
}

/**
 * PostgreSQL runs in its data directory; with this relative path, its user needs no access to the parent directories,
 * such as root's home.
 */
export const hereArgs = ['-D', '/proc/self/cwd'];

const majorVersion = '18';

/** Creates the data directory with the role and the database, atomically. */
export async function createCluster(cluster: Cluster, password: string): Promise<void> {
  const { binaries, dataDir, user, durable, superuser, signal } = cluster;
  const unfinished = `${dataDir}.creating`;
  await rm(unfinished, { recursive: true, force: true, maxRetries: 3 });
  await mkdir(dirname(dataDir), { recursive: true });
  await mkdir(unfinished, { mode: 0o700 });
  if (user) await chown(unfinished, user.uid, user.gid);
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
  const login = ['--username=postgres', '--auth-local=reject', '--auth-host=reject'];
  const args = [...hereArgs, ...locale, ...login, '--no-instructions', ...(durable ? [] : ['--no-sync'])];
  await run(join(binaries, 'bin', 'initdb'), args, { cwd: unfinished, env: serverEnvironment(), user, signal });
  await writeFile(join(unfinished, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
  await runSql({ ...cluster, dataDir: unfinished }, [
    `CREATE ROLE holdfast LOGIN ${superuser ? 'SUPERUSER' : 'CREATEDB'} PASSWORD '${password}'`,
    'CREATE DATABASE holdfast OWNER holdfast',
  ]);
  await rename(unfinished, dataDir);
}

/** Whether there is a cluster; throws if it is of another PostgreSQL version. */
export function clusterExists(dataDir: string): boolean {
  const file = join(dataDir, 'PG_VERSION');
  if (!existsSync(file)) return false;
  const version = readFileSync(file, 'utf8').trim();
  if (version === majorVersion) return true;
  throw new Error(
    `${dataDir} was created by PostgreSQL ${version}, but this is ${majorVersion}: remove it to start over.`,
  );
}

/** If the password file is lost, a new password is set and the data is kept. */
export async function setPassword(cluster: Cluster, password: string): Promise<void> {
  await runSql(cluster, [`ALTER ROLE holdfast PASSWORD '${password}'`]);
}

// Single-user mode needs no password, so the superuser has none and cannot log in.
async function runSql({ binaries, dataDir, user, signal }: Cluster, statements: readonly string[]): Promise<void> {
  const input = `${statements.join('\n')}\n`;
  const args = ['--single', ...hereArgs, 'postgres'];
  const output = await run(join(binaries, 'bin', 'postgres'), args, {
    cwd: dataDir,
    env: serverEnvironment(),
    user,
    input,
    signal,
  });
  if (/ (?:ERROR|FATAL): /.test(output)) throw new Error(`Creating the PostgreSQL cluster failed:\n${output}`);
}

/** The server does not inherit PG… variables, locale or secrets. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' };
}
