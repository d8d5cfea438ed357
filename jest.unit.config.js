import config from './jest.config.js';

/** The tests that need no server: quick enough to run at every save. */
const { globalSetup: _setup, globalTeardown: _teardown, ...withoutServers } = config;

export default {
  ...withoutServers,
  roots: [
    '<rootDir>/libs/domain',
    '<rootDir>/libs/http',
    '<rootDir>/libs/platform',
    '<rootDir>/libs/processes',
    '<rootDir>/packages/client',
  ],
  // These need a PostgreSQL or a Redis.
  testPathIgnorePatterns: ['/libs/platform/postgres/', '/libs/platform/service-reports', '/libs/http/guard/'],
};
