import { environmentOf, processesWith, stopProcess, type StopStep } from '#dev/servers';

const marker = 'LOCAL_STACK';
const stopSteps: readonly StopStep[] = [{ signal: 'SIGTERM', waitMs: 5_000 }];

/** Identifies services of this stack among all processes, even after their parent was killed. */
export function mark(state: string): Record<string, string> {
  return { [marker]: state };
}

/** Stops services left over from a killed start; called only while holding the lock. */
export async function stopOrphans(state: string): Promise<number> {
  const orphans = processesWith((pid) => environmentOf(pid).includes(`${marker}=${state}`));
  await Promise.all(orphans.map((pid) => stopProcess(pid, stopSteps)));
  return orphans.length;
}
