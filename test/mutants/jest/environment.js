import { TestEnvironment } from 'jest-environment-node';

const activeMutant = '__STRYKER_ACTIVE_MUTANT__';
let killed;

/** Whether a test has killed the mutant that runs: Stryker cannot make Jest stop at the first failure. */
export function isKilled() {
  return killed !== undefined && killed === process.env[activeMutant];
}

/** Skips the tests of a file that come after one that has killed the mutant. */
export default class EndsAtFirstFailure extends TestEnvironment {
  handleTestEvent({ name, test, describeBlock }) {
    if (name === 'test_done' && test.errors.length > 0) killed = process.env[activeMutant];
    if (!isKilled()) return;
    if (name === 'run_describe_start') describeBlock.mode = 'skip';
    if (name === 'test_start') test.mode = 'skip';
  }
}
