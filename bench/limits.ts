import { runBenchmark } from './harness/run-benchmark.ts';
import { measureLimits } from './limits/measure.ts';
import { fullPace, quickPace } from './limits/pace.ts';
import { markdown } from './limits/report.ts';

const help = `Measures a sale with a purchase limit to many customers: memory and latency as they become more.

  npm run bench:limits                        a million customers; about ten minutes
  npm run bench:limits -- --quick             150,000 customers
  npm run bench:limits -- --profile DIRECTORY a CPU profile of each sale`;

await runBenchmark({
  name: 'limits',
  help,
  paces: { full: fullPace, quick: quickPace },
  measure: measureLimits,
  markdown,
});
