import { Counter, Gauge, type Registry } from '#platform';

export type ProjectionMetrics = ReturnType<typeof projectionMetrics>;

/** Metrics of projections. */
export function projectionMetrics(registry: Registry) {
  const registers = [registry];
  const labelNames = ['projection'];
  return {
    applied: new Counter({
      name: 'holdfast_projection_events_total',
      help: 'Events applied by a projection',
      labelNames,
      registers,
    }),
    failures: new Counter({
      name: 'holdfast_projection_failures_total',
      help: 'Failures of a projection; each is followed by a retry',
      labelNames,
      registers,
    }),
    failing: new Gauge({
      name: 'holdfast_projection_failing',
      help: '1 while a projection is failing, by the name of its last error',
      labelNames: ['projection', 'error'],
      registers,
    }),
    stalled: new Gauge({
      name: 'holdfast_projection_stalled',
      help: '1 while a projection is stalled: events are appended, it does not advance and does not fail',
      labelNames,
      registers,
    }),
    parked: new Gauge({
      name: 'holdfast_projection_parked_streams',
      help: 'Parked streams: those with an event that could not be applied',
      labelNames,
      registers,
    }),
    lagEvents: new Gauge({
      name: 'holdfast_projection_lag_events',
      help: 'Events not yet applied by a projection; counted up to 1000 on EventStoreDB',
      labelNames,
      registers,
    }),
    lagSeconds: new Gauge({
      name: 'holdfast_projection_lag_seconds',
      help: 'Age of the oldest event not yet applied by a projection',
      labelNames,
      registers,
    }),
  };
}
