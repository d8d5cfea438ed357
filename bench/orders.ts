import { runBenchmark } from './harness/run-benchmark.ts';
import { measureOrders } from './orders/measure.ts';
import { fullPace, quickPace } from './orders/pace.ts';
import { markdown } from './orders/report.ts';

const help = `Measures orders of three lines over HTTP, beside two ways to take them in one transaction.

  npm run bench:orders                        everything; about nine minutes
  npm run bench:orders -- --quick             a first impression, in a minute and a half; numbers not to be quoted
  npm run bench:orders -- --seconds 10        the length of each measurement
  npm run bench:orders -- --profile DIRECTORY CPU profiles of the services`;

await runBenchmark({
  name: 'orders',
  help,
  paces: { full: fullPace, quick: quickPace },
  measure: measureOrders,
  markdown,
});
