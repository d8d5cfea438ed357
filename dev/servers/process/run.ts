import { spawn } from 'node:child_process';
import { describeExit } from './child.ts';
import { send } from './stop-process.ts';

export interface RunOptions {
  /** Its name in error messages. */
  name?: string;
  input?: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  user?: { uid: number; gid: number } | undefined;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

const timeoutMsDefault = 60_000;
const outputCharsMax = 200_000;
const lastLinesMax = 15;

/** Runs a program to completion and returns its output; throws with its last lines on failure. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  options.signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    ...options.user,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-outputCharsMax);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const end = (): void => {
    if (child.pid !== undefined) send(-child.pid, 'SIGKILL');
  };
  const timer = setTimeout(end, options.timeoutMs ?? timeoutMsDefault);
  options.signal?.addEventListener('abort', end);
  try {
    const exit = await new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    options.signal?.throwIfAborted();
    if (exit.code === 0) return output;
    const lines = output.trimEnd().split('\n').slice(-lastLinesMax).join('\n');
    throw new Error(`${options.name ?? command} failed (${describeExit(exit)}):\n${lines}`);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', end);
  }
}
