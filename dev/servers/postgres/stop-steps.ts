import type { StopStep } from '../process/stop-process.ts';

/** Fast shutdown, which does not wait for clients, and then an immediate one, which recovers at the next start. */
export const postgresStopSteps: readonly [StopStep, ...StopStep[]] = [
  { signal: 'SIGINT', waitMs: 10_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
];
