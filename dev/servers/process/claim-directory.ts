import { realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, isOrphan, parentOf, processesWith, titleOf, workingDirectoryOf } from './process-table.ts';
import { stopProcess, type StopStep } from './stop-process.ts';

const leaveTimeoutMs = 2_000;
const pollMs = 20;

/**
 * Ensures that no server of an earlier, killed start still uses a data directory: stops orphans, and throws if the
 * directory is in use.
 */
export async function claimDirectory(directory: string, command: string, steps: readonly StopStep[]): Promise<void> {
  const path = realpathSync(directory);
  const holders = (): number[] =>
    processesWith((pid) => workingDirectoryOf(pid) === path && commandOf(pid) === command);
  // PostgreSQL's workers ("postgres: checkpointer") end with the server, and must not be signalled before it.
  const servers = (): number[] => holders().filter((pid) => !titleOf(pid).startsWith(`${command}: `));
  await untilLeft(directory, () => servers().find((pid) => !isOrphan(pid)));
  await Promise.all(servers().map((pid) => stopProcess(pid, steps)));
  await Promise.all(holders().map((pid) => stopProcess(pid, [{ signal: 'SIGQUIT', waitMs: 3_000 }])));
}

// A server that was just killed is still listed until it has released its memory.
async function untilLeft(directory: string, user: () => number | undefined): Promise<void> {
  const deadline = Date.now() + leaveTimeoutMs;
  for (let pid = user(); pid !== undefined; pid = user()) {
    if (Date.now() > deadline) {
      throw new Error(`${directory} is in use by process ${pid}, started by process ${parentOf(pid)}.`);
    }
    await sleep(pollMs);
  }
}
