import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Child, readLog } from '#dev/servers';
import { consoleBuild } from './build.ts';
import type { Context } from './context.ts';

const firstBuildTimeoutMs = 60_000;

/** Builds the console, and again whenever its sources change; reload the page to see it. */
export async function watchConsole({ root, options, signal, closing }: Context): Promise<void> {
  const logFile = join(options.state, 'logs', 'vite.log');
  rmSync(logFile, { force: true });
  const child = await Child.start({
    name: 'vite',
    command: process.execPath,
    args: [join(root, 'node_modules/vite/bin/vite.js'), ...consoleBuild, '--logLevel', 'info', '--watch'],
    cwd: root,
    logFile,
    stopSteps: [{ signal: 'SIGTERM', waitMs: 2_000 }],
  });
  closing.add({ stop: () => child.stop(), kill: () => child.kill() });
  await child.untilReady(() => readLog(logFile, 0).text.includes('built in'), firstBuildTimeoutMs, { signal });
}
