import { createMetrics, type Registry } from '#platform';
import { commandMetrics, type CommandMetrics } from './metrics.ts';

describe('the metrics of the command runtime', () => {
  let registry: Registry;
  let metrics: CommandMetrics;

  beforeAll(() => {
    registry = createMetrics('test');
    metrics = commandMetrics(registry);
  });

  it('are all on the registry, by the names that dashboards know', async () => {
    const names = [
      'holdfast_command_batch_size',
      'holdfast_append_seconds',
      'holdfast_append_conflicts_total',
      'holdfast_append_doubts_total',
      'holdfast_writer_evictions_total',
      'holdfast_snapshot_failures_total',
      'holdfast_writers',
      'holdfast_commands_in_progress',
      'holdfast_clock_behind_seconds',
    ];
    expect(names.filter((name) => registry.getSingleMetric(name) === undefined)).toEqual([]);
    expect(Object.keys(metrics)).toHaveLength(names.length);
  });

  it('tell batches of up to a thousand commands apart, and appends of half a millisecond to five seconds', async () => {
    const bucketsOf = async (name: 'batchCommands' | 'appendSeconds') => {
      metrics[name].observe(0);
      const { values } = await metrics[name].get();
      return values.filter(({ metricName }) => metricName?.endsWith('_bucket')).map(({ labels }) => labels['le']);
    };
    expect(await bucketsOf('batchCommands')).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, '+Inf']);
    expect(await bucketsOf('appendSeconds')).toEqual([
      0.0005,
      0.001,
      0.002,
      0.005,
      0.01,
      0.02,
      0.05,
      0.1,
      0.5,
      1,
      5,
      '+Inf',
    ]);
  });
});
