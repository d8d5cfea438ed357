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
 * PostgreSQL works in its data directory anyway; named this way, directories above it may be closed to its user,
 * as root's home is.
 */
export const hereArgs = ['-D', '/proc/self/cwd'];

const majorVersion = '18';

/** Makes the data directory with the role and the database, all or nothing. */
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

/** Whether there is a cluster already; one that this PostgreSQL cannot run is refused. */
export function clusterExists(dataDir: string): boolean {
  const file = join(dataDir, 'PG_VERSION');
  if (!existsSync(file)) return false;
  const version = readFileSync(file, 'utf8').trim();
  if (version === majorVersion) return true;
  throw new Error(
    `${dataDir} was created by PostgreSQL ${version}, but this is ${majorVersion}: remove it to start over.`,
  );
}

/** A lost password file is no reason to lose the data. */
export async function setPassword(cluster: Cluster, password: string): Promise<void> {
  await runSql(cluster, [`ALTER ROLE holdfast PASSWORD '${password}'`]);
}

// In single-user mode nobody needs a superuser's password, so the superuser has none and cannot log in.
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

/** Nothing of the caller's PG… variables, locale or secrets reaches the server. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' };
}
