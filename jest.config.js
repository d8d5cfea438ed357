const typescript = [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      target: 'es2023',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
  },
];

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/dev', '<rootDir>/packages', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  globalSetup: './dev/testing/global-setup.ts',
  globalTeardown: './dev/testing/global-teardown.ts',
  testSequencer: './dev/testing/whole-systems-first.js',
  // What a suite has loaded stays in memory after it, and in a large heap everything is slow: a new worker begins.
  workerIdleMemoryLimit: '500MB',
  // Only ends what hangs: on a busy machine, everything takes several times as long.
  testTimeout: 240_000,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': typescript },
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
};
