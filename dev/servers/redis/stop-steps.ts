import type { StopStep } from '../process/stop-process.ts';

/** On SIGTERM Redis saves its data. */
export const redisStopSteps: readonly [StopStep, ...StopStep[]] = [{ signal: 'SIGTERM', waitMs: 10_000 }];
