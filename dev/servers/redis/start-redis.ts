import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Child } from '../process/child.ts';
import { claimDirectory } from '../process/claim-directory.ts';
import { secretFile } from '../secret-file.ts';
import { onPort, serverOf, type Server } from '../server.ts';
import { redisBinary } from './binary.ts';
import { isReady } from './ping.ts';
import { redisStopSteps } from './stop-steps.ts';

export interface RedisOptions {
  /** Created if missing; contains the password, the configuration and, with appendOnly, the data. */
  dataDir: string;
  logFile: string;
  /** A free port by default. */
  port?: number;
  /** True by default: data survives a restart. */
  appendOnly?: boolean;
  signal?: AbortSignal;
  report?: (line: string) => void;
}

const readyTimeoutMs = 60_000;

/** Starts a Redis on loopback that never evicts keys. */
export async function startRedis(options: RedisOptions): Promise<Server> {
  const dataDir = resolve(options.dataDir);
  const { command, env } = await redisBinary(options.report ?? (() => {}), options.signal);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await claimDirectory(dataDir, 'redis-server', redisStopSteps);
  const password = secretFile(join(dataDir, 'password'));
  const configuration = join(dataDir, 'redis.conf');
  const { child, port } = await onPort('Redis', options.port, async (candidate) => {
    // In a file, because every user of the machine can read command lines.
    await writeFile(configuration, configurationOf(candidate, password, options.appendOnly ?? true), { mode: 0o600 });
    const args = [configuration];
    const { logFile } = options;
    const started = await Child.start({
      name: 'Redis',
      command,
      args,
      env,
      cwd: dataDir,
      logFile,
      stopSteps: redisStopSteps,
    });
    await started.untilReady(() => isReady(candidate, password), readyTimeoutMs, { signal: options.signal });
    return started;
  });
  return serverOf(child, `redis://:${password}@127.0.0.1:${port}`, port);
}

function configurationOf(port: number, password: string, appendOnly: boolean): string {
  const settings = {
    bind: '127.0.0.1',
    port,
    requirepass: password,
    dir: './',
    appendonly: appendOnly ? 'yes' : 'no',
    'maxmemory-policy': 'noeviction',
    save: '""',
    daemonize: 'no',
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}\n`)
    .join('');
}
