import { Histogram, type Registry } from '#platform';

/** What is measured of every process. */
export type ProcessMetrics = ReturnType<typeof processMetrics>;

export function processMetrics(registry: Registry) {
  return {
    roundSeconds: new Histogram({
      name: 'holdfast_process_round_seconds',
      help: 'Time that a round of background work took',
      labelNames: ['process'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers: [registry],
    }),
  };
}
