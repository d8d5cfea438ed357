import { environmentOf, processesWith, stopProcess, type StopStep } from '#dev/servers';

const marker = 'LOCAL_STACK';
const stopSteps: readonly StopStep[] = [{ signal: 'SIGTERM', waitMs: 5_000 }];

/** Tells a service of this stack from any other process, even after its starter was killed. */
export function mark(state: string): Record<string, string> {
  return { [marker]: state };
}

/** Stops the services that a killed start has left; only called by the one start that holds the lock. */
export async function stopOrphans(state: string): Promise<number> {
  const orphans = processesWith((pid) => environmentOf(pid).includes(`${marker}=${state}`));
  await Promise.all(orphans.map((pid) => stopProcess(pid, stopSteps)));
  return orphans.length;
}
