import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, freePort } from '#dev/servers';
import { copiedDatabase, freshDatabase, type FreshDatabase } from './fresh-database.ts';
import { freshRedis } from './fresh-redis.ts';

export type App = 'command-api' | 'query-api' | 'projector';

export interface Service {
  readonly url: string;
  readonly child: Child;
}

export interface RunningSystem {
  readonly commandApi: Service;
  readonly queryApi: Service;
  readonly projector: Service;
  readonly env: NodeJS.ProcessEnv;
  /** Folder of the logs of the services. */
  readonly directory: string;
  start(app: App, settings?: NodeJS.ProcessEnv): Promise<Service>;
  cli(args: readonly string[], input?: string, how?: CliRun): Promise<CliResult>;
  stop(): Promise<void>;
}

interface CliRun {
  /** Killed when the signal is aborted. */
  readonly killed?: AbortSignal;
  /** Settings that differ from those of the system. */
  readonly settings?: NodeJS.ProcessEnv;
}

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const readyTimeoutMs = 100_000;
/** Shortens the start of every service and CLI command by a fifth; the local stack uses it too. */
export const compileCache = join(import.meta.dirname, '../../.holdfast/compile-cache');
const stopSteps = [{ signal: 'SIGTERM', waitMs: 10_000 }] as const;

/**
 * Starts the built services as processes on a separate database; settings can be overridden per service. Requires `npm
 * run build`.
 */
export async function startSystem(
  settings: NodeJS.ProcessEnv = {},
  own: Partial<Record<App, NodeJS.ProcessEnv>> = {},
): Promise<RunningSystem> {
  const [database, { redis, url: redisUrl }] = await Promise.all([databaseFor(settings), freshRedis()]);
  redis.disconnect();
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-system-'));
  const env = { ...environmentOf(database.url, redisUrl), ...settings };
  const cli: RunningSystem['cli'] = (args, input = '', how = {}) =>
    runCli(args, input, { ...env, ...how.settings }, how.killed);
  const { start, stop: stopAll } = servicesIn(directory, env);
  const stop = async (): Promise<void> => {
    await stopAll();
    await database.drop();
  };
  try {
    // On a server of the test's own.
    if (settings['DATABASE_URL'] !== undefined) await migrate(env);
    const startWithOwn = (app: App): Promise<Service> => start(app, own[app]);
    const [commandApi, queryApi, projector] = await Promise.all([
      startWithOwn('command-api'),
      startWithOwn('query-api'),
      startWithOwn('projector'),
    ]);
    return { commandApi, queryApi, projector, env, directory, start, cli, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Services whose logs are in the directory, all to be stopped together. */
function servicesIn(directory: string, env: NodeJS.ProcessEnv) {
  const children: Child[] = [];
  const start = async (app: App, more: NodeJS.ProcessEnv = {}): Promise<Service> => {
    const port = more['HOLDFAST_PORT'] ?? String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const child = await Child.start({
      name: app,
      command: process.execPath,
      args: [`dist/apps/${app}/main.js`],
      logFile: join(directory, `${app}-${port}.log`),
      env: { ...env, ...more, HOLDFAST_PORT: port },
      stopSteps,
    });
    children.push(child);
    await child.untilReady(() => isReady(url), readyTimeoutMs);
    return { url, child };
  };
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
    await rm(directory, { recursive: true, force: true });
  };
  return { start, stop };
}

/** Migrated and with live tables, unless the system has a server of its own for it. */
async function databaseFor(settings: NodeJS.ProcessEnv): Promise<FreshDatabase> {
  if (settings['DATABASE_URL'] !== undefined) return freshDatabase();
  if (settings['EVENTSTORE_URL'] === undefined) return copiedDatabase('with_events', (url) => prepare(url, url));
  return copiedDatabase('without_events', async (url) => {
    const events = await freshDatabase();
    await prepare(url, events.url);
    await events.drop();
  });
}

/** A projector without events makes its tables live; query-api is ready when it has all of them. */
async function prepare(database: string, eventStore: string): Promise<void> {
  const { redis, url } = await freshRedis();
  redis.disconnect();
  const env = { ...environmentOf(database, url), EVENTSTORE_URL: eventStore };
  await migrate(env);
  const { start, stop } = servicesIn(await mkdtemp(join(tmpdir(), 'holdfast-tables-')), env);
  try {
    await Promise.all([start('projector'), start('query-api')]);
  } finally {
    await stop();
  }
}

async function migrate(env: NodeJS.ProcessEnv): Promise<void> {
  const { exitCode, stderr } = await runCli(['migrate'], '', env);
  if (exitCode !== 0) throw new Error(`migrate failed: ${stderr}`);
}

function environmentOf(database: string, redis: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: compileCache,
    DATABASE_URL: database,
    REDIS_URL: redis,
    EVENTSTORE_URL: database,
    // Those of the requirements’ examples.
    HOLDFAST_COMMON_PASSWORDS: 'allow',
    HOLDFAST_TOKEN_SECRET: 'b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu',
    HOLDFAST_ID_SECRET: 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba',
  };
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 200;
}

async function runCli(
  args: readonly string[],
  input: string,
  env: NodeJS.ProcessEnv,
  killed?: AbortSignal,
): Promise<CliResult> {
  const child = spawn(process.execPath, ['dist/apps/cli/main.js', ...args], { env });
  killed?.addEventListener('abort', () => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end(input);
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, stdout, stderr };
}
