import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './error-code.ts';
import { isRunning } from './process-table.ts';

export interface StopStep {
  signal: NodeJS.Signals;
  waitMs: number;
}

const pollMs = 20;

/** Sends a signal to a process, or (negative) to its group, which may already have exited. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

/** Stops a process that is not our child, with SIGKILL as a last resort. */
export async function stopProcess(pid: number, steps: readonly StopStep[]): Promise<void> {
  for (const { signal, waitMs } of [...steps, { signal: 'SIGKILL' as const, waitMs: 5_000 }]) {
    if (!isRunning(pid)) return;
    send(pid, signal);
    const deadline = Date.now() + waitMs;
    while (isRunning(pid) && Date.now() < deadline) await sleep(pollMs);
  }
}
