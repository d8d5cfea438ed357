import { runBenchmark } from './harness/run-benchmark.ts';
import { measureLive } from './live/measure.ts';
import { fullPace, quickPace } from './live/pace.ts';
import { markdown } from './live/report.ts';

const help = `Measures how late events reach the clients of many streams, and what the streams cost, beside a bare server.

  npm run bench:live                        everything; about five minutes
  npm run bench:live -- --quick             a first impression, in a minute and a half; numbers not to be quoted
  npm run bench:live -- --seconds 10        the length of each measurement
  npm run bench:live -- --profile DIRECTORY a CPU profile of query-api`;

await runBenchmark({
  name: 'live',
  help,
  paces: { full: fullPace, quick: quickPace },
  measure: measureLive,
  markdown,
});
