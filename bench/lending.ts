import { runBenchmark } from './harness/run-benchmark.ts';
import { measureLending } from './lending/measure.ts';
import { fullPace, quickPace } from './lending/pace.ts';
import { markdown } from './lending/report.ts';

const help = `Measures lends and acceptances of requests over HTTP, beside the way of requirement 003: SELECT … FOR UPDATE.

  npm run bench:lending                        everything; about four minutes
  npm run bench:lending -- --quick             a first impression, in a minute; numbers not to be quoted
  npm run bench:lending -- --seconds 10        the length of each measurement
  npm run bench:lending -- --profile DIRECTORY CPU profiles of the services`;

await runBenchmark({
  name: 'lending',
  help,
  paces: { full: fullPace, quick: quickPace },
  measure: measureLending,
  markdown,
});
