export { processMetrics, type ProcessMetrics } from './metrics.ts';
export { ProcessRunner, type ProcessRunnerOptions } from './process-runner.ts';
export { WorkList } from './work-list.ts';
export type { Process } from './process.ts';
