import { join } from 'node:path';
import { Child, freePort } from '#dev/servers';
import { bundled } from '../harness/bundled.ts';
import { secrets } from './secrets.ts';

export interface RunningService {
  readonly url: string;
  stop(): Promise<void>;
}

const readyTimeoutMs = 120_000;
const stopSteps = [{ signal: 'SIGTERM', waitMs: 10_000 }] as const;
const root = join(import.meta.dirname, '../..');

/** A service as deployed: built, in a separate process, with its log in a file. One of the benchmarks is built here. */
export async function startService(
  name: string,
  file: string,
  directory: string,
  settings: NodeJS.ProcessEnv,
  profile?: string,
): Promise<RunningService> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const program = file.endsWith('.ts') ? await bundled(file) : join(root, file);
  const child = await Child.start({
    name,
    command: process.execPath,
    args: [...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]), program],
    logFile: join(directory, `${name}.log`),
    env: {
      PATH: process.env['PATH'],
      ...secrets,
      HOLDFAST_LOG_LEVEL: 'warn',
      ...settings,
      HOLDFAST_PORT: String(port),
    },
    stopSteps,
  });
  await child.untilReady(() => isReady(url), readyTimeoutMs);
  return { url, stop: () => child.stop().then(() => undefined) };
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 200;
}
