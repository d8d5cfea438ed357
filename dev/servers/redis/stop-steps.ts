import type { StopStep } from '../process/stop-process.ts';

/** On SIGTERM Redis writes out what it has. */
export const redisStopSteps: readonly [StopStep, ...StopStep[]] = [{ signal: 'SIGTERM', waitMs: 10_000 }];
