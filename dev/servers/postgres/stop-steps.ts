import type { StopStep } from '../process/stop-process.ts';

/**
 * Fast shutdown, which does not wait for clients; then immediate shutdown, which requires recovery at the next start.
 */
export const postgresStopSteps: readonly [StopStep, ...StopStep[]] = [
  { signal: 'SIGINT', waitMs: 10_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
];
