import { Counter, Gauge, Histogram, type Registry } from '#platform';

export type LiveMetrics = ReturnType<typeof createLiveMetrics>;

export function createLiveMetrics(registry: Registry) {
  const registers = [registry];
  return {
    open: new Gauge({ name: 'holdfast_streams_open', help: 'Open event streams', registers }),
    events: new Counter({ name: 'holdfast_stream_events_total', help: 'Events sent on streams', registers }),
    reads: new Counter({
      name: 'holdfast_stream_reads_total',
      help: 'Reads for streams, each for all that follow the same',
      registers,
    }),
    dropped: new Counter({
      name: 'holdfast_streams_dropped_total',
      help: 'Streams dropped because their client did not read',
      registers,
    }),
    seconds: new Histogram({
      name: 'holdfast_stream_seconds',
      help: 'Time from the notification of a change to the events of it',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
  };
}
