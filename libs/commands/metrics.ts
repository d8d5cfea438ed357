import { Counter, Gauge, Histogram, type Registry } from '#platform';

/** Metrics of the command runtime. */
export type CommandMetrics = ReturnType<typeof commandMetrics>;

export function commandMetrics(registry: Registry) {
  const registers = [registry];
  return {
    batchCommands: new Histogram({
      name: 'holdfast_command_batch_size',
      help: 'Commands per batch',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
      registers,
    }),
    appendSeconds: new Histogram({
      name: 'holdfast_append_seconds',
      help: 'Time until the outcome of an append was known',
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
    conflicts: new Counter({
      name: 'holdfast_append_conflicts_total',
      help: 'Appends that conflicted with an append of another process',
      registers,
    }),
    doubts: new Counter({ name: 'holdfast_append_doubts_total', help: 'Appends whose outcome was unknown', registers }),
    evictions: new Counter({
      name: 'holdfast_writer_evictions_total',
      help: 'Stream writers evicted from memory',
      registers,
    }),
    snapshotFailures: new Counter({
      name: 'holdfast_snapshot_failures_total',
      help: 'Snapshots that could not be saved or read',
      registers,
    }),
    writers: new Gauge({ name: 'holdfast_writers', help: 'Streams in memory', registers }),
    commandsInProgress: new Gauge({
      name: 'holdfast_commands_in_progress',
      help: 'Commands waiting or in progress',
      registers,
    }),
    clockBehindSeconds: new Gauge({
      name: 'holdfast_clock_behind_seconds',
      help: 'How far the last event of the stream last written is ahead of this process’s clock',
      registers,
    }),
  };
}
