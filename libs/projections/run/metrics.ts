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
    failing: new Gauge({
      name: 'holdfast_projection_failing',
      help: '1 while a projection cannot go on, by the name of its last error',
      labelNames: ['projection', 'error'],
      registers,
    }),
    stalled: new Gauge({
      name: 'holdfast_projection_stalled',
      help: '1 while a projection stands still though events are appended and nothing fails',
      labelNames,
      registers,
    }),
    parked: new Gauge({
      name: 'holdfast_projection_parked_streams',
      help: 'Streams that wait because of an event that could not be taken',
      labelNames,
      registers,
    }),
    lagEvents: new Gauge({
      name: 'holdfast_projection_lag_events',
      help: 'Events that a projection has not covered; EventStoreDB counts no further than 1000',
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
