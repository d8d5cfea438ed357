import { statSync } from 'node:fs';

const own = process.env.MUTANTS_IN?.replace(/\.ts$/, '.spec.ts');

/** What is quick to kill a mutant first: the tests of its own file, then small files, which rarely need a server. */
export default class QuickestFirst {
  shard(tests) {
    return tests;
  }

  sort(tests) {
    return tests.toSorted((one, other) => rankOf(one) - rankOf(other));
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}

function rankOf({ path }) {
  return own !== undefined && path.endsWith(own) ? 0 : statSync(path).size;
}
