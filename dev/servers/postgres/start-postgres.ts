import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Child } from '../process/child.ts';
import { claimDirectory } from '../process/claim-directory.ts';
import { secretFile } from '../secret-file.ts';
import { onPort, serverOf, type Server } from '../server.ts';
import { postgresBinaries } from './binaries.ts';
import { clusterExists, createCluster, hereArgs, serverEnvironment, setPassword, type Cluster } from './cluster.ts';
import { serverUser } from './run-as.ts';
import { settingsOf } from './settings.ts';
import { postgresStopSteps } from './stop-steps.ts';

export interface PostgresOptions {
  /** Created if missing; its password is stored beside it, in `<dataDir>.password`. */
  dataDir: string;
  logFile: string;
  /** A free port by default. */
  port?: number;
  /** False trades safety for speed, for tests, whose data need not survive a crash. */
  durable?: boolean;
  /** Whether the role is a superuser, as in the PostgreSQL image; for tests of restricted roles. */
  superuser?: boolean;
  signal?: AbortSignal;
  report?: (line: string) => void;
}

const readyTimeoutMs = 60_000;

/** Starts a PostgreSQL on loopback, with a role and a database `holdfast`. */
export async function startPostgres(options: PostgresOptions): Promise<Server> {
  const cluster = await prepare(options);
  const { dataDir, binaries, user } = cluster;
  const password = await passwordOf(cluster);
  const { child, port } = await onPort('PostgreSQL', options.port, async (candidate) => {
    const started = await Child.start({
      name: 'PostgreSQL',
      command: join(binaries, 'bin', 'postgres'),
      args: [...hereArgs, ...settingsOf(candidate, cluster.durable)],
      cwd: dataDir,
      env: serverEnvironment(),
      logFile: options.logFile,
      stopSteps: postgresStopSteps,
      user: user && { uid: user.uid, gid: user.gid },
    });
    await started.untilReady(async () => isReady(dataDir, started.pid), readyTimeoutMs, { signal: options.signal });
    return started;
  });
  return serverOf(child, `postgres://holdfast:${password}@127.0.0.1:${port}/holdfast`, port);
}

async function prepare(options: PostgresOptions): Promise<Cluster> {
  const dataDir = resolve(options.dataDir);
  const report = options.report ?? (() => {});
  const user = serverUser(dataDir);
  const binaries = await postgresBinaries(user, report);
  const { durable = true, superuser = false, signal } = options;
  const cluster: Cluster = { binaries, dataDir, user, durable, superuser, signal };
  if (clusterExists(dataDir)) {
    await claimDirectory(dataDir, 'postgres', postgresStopSteps);
    // Its writer is gone, but its process id may have been reused, which would prevent the start.
    await rm(join(dataDir, 'postmaster.pid'), { force: true });
    return cluster;
  }
  report('creating the database cluster');
  await createCluster(cluster, secretFile(`${dataDir}.password`));
  return cluster;
}

async function passwordOf(cluster: Cluster): Promise<string> {
  const file = `${cluster.dataDir}.password`;
  const lost = !existsSync(file);
  const password = secretFile(file);
  if (lost) await setPassword(cluster, password);
  return password;
}

// The eighth line is the state of PostgreSQL; the first identifies the server process.
async function isReady(dataDir: string, pid: number): Promise<boolean> {
  const lines = (await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}
