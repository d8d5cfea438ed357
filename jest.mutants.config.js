import config from './jest.config.js';

/** For scripts/mutants.ts, which starts the servers once for all mutants, and says whose tests are to tell them. */
const { globalSetup: _setup, globalTeardown: _teardown, ...withoutServers } = config;

export default {
  ...withoutServers,
  testEnvironment: './test/mutants/jest/environment.js',
  testRunner: './test/mutants/jest/jest-circus.js',
  testSequencer: './test/mutants/jest/sequencer.js',
  roots: [`<rootDir>/${process.env.MUTANTS_OF ?? 'libs/domain'}`],
  // A mutant should be told by an example that names what is wrong, at every run, and without a search for a smaller one.
  testPathIgnorePatterns: ['properties\\.spec\\.ts$'],
};
