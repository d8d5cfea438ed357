import { runBenchmark } from './harness/run-benchmark.ts';
import { measureWebhooks } from './webhooks/measure.ts';
import { fullPace, quickPace } from './webhooks/pace.ts';
import { markdown } from './webhooks/report.ts';

const help = `Measures webhooks: deliveries a second beside a bare loop of the same requests, and how late they arrive.

  npm run bench:webhooks            everything; about four minutes
  npm run bench:webhooks -- --quick a first impression, in half a minute; numbers not to be quoted`;

await runBenchmark({
  name: 'webhooks',
  help,
  paces: { full: fullPace, quick: quickPace },
  measure: measureWebhooks,
  markdown,
});
