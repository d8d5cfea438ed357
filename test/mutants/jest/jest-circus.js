import circus from 'jest-circus/runner';
import { isKilled } from './environment.js';

/** Does not load the test files that come after one that has killed the mutant. Stryker wants jest-circus in its name. */
export default async function runFile(...call) {
  const run = circus.default ?? circus;
  return isKilled() ? skipped(call[4]) : run(...call);
}

function skipped(testFilePath) {
  const now = Date.now();
  return {
    leaks: false,
    numFailingTests: 0,
    numPassingTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    openHandles: [],
    perfStats: { start: now, end: now, runtime: 0, slow: false },
    skipped: true,
    snapshot: { added: 0, fileDeleted: false, matched: 0, unchecked: 0, uncheckedKeys: [], unmatched: 0, updated: 0 },
    testFilePath,
    testResults: [],
  };
}
