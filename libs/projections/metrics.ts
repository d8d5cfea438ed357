import { Counter, Gauge, type Registry } from '#platform';

export type ProjectionMetrics = ReturnType<typeof projectionMetrics>;

/** What is measured of projections. */
export function projectionMetrics(registry: Registry) {
  const registers = [registry];
  const labelNames = ['projection'];
  return {
    applied: new Counter({
      name: 'holdfast_projection_events_total',
      help: 'Events that a projection has covered',
      labelNames,
      registers,
    }),
    failures: new Counter({
      name: 'holdfast_projection_failures_total',
      help: 'Times that a projection could not go on and tried again',
      labelNames,
      registers,
    }),
    lagSeconds: new Gauge({
      name: 'holdfast_projection_lag_seconds',
      help: 'Age of the oldest event that a projection has not covered',
      labelNames,
      registers,
    }),
  };
}
