import config from './jest.config.js';

/** For scripts/mutants.ts, which starts the servers once for all mutants, and says whose tests are to tell them. */
const { globalSetup: _setup, globalTeardown: _teardown, ...withoutServers } = config;

export default {
  ...withoutServers,
  testEnvironment: './jest.mutants.environment.js',
  testRunner: './jest.mutants.jest-circus.js',
  testSequencer: './jest.mutants.sequencer.js',
  roots: [`<rootDir>/${process.env.MUTANTS_OF ?? 'libs/domain'}`],
  // A mutant should be told by an example that names what is wrong, at every run, and without a search for a smaller one.
  testPathIgnorePatterns: ['properties\\.spec\\.ts$'],
};
