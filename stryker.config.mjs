// The folder is said by scripts/mutants.ts: each is tested by its own tests alone.
const folder = process.env.MUTANTS_OF ?? 'libs/domain';
const results = `.holdfast/mutants/${folder.replaceAll('/', '-')}`;

export default {
  mutate: [`${folder}/**/*.ts`, '!**/*.spec.ts'],
  testRunner: 'jest',
  jest: { configFile: 'jest.mutants.config.js', enableFindRelatedTests: false },
  testRunnerNodeArgs: ['--conditions=source', '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: `${results}.incremental.json`,
  tempDirName: '.holdfast/mutants/sandbox',
  ignorePatterns: ['.holdfast', 'dist', 'docs', 'bench', 'deploy', 'dev/local'],
  reporters: ['progress-append-only', 'json', 'html'],
  jsonReporter: { fileName: `${results}.json` },
  htmlReporter: { fileName: `${results}.html` },
  concurrency: 2,
  // On a busy machine a test is slow before it is without an end.
  timeoutMS: 20_000,
  allowConsoleColors: false,
};
