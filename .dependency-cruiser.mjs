const tests = [String.raw`\.(spec|contract)\.ts$`, '^libs/event-store/contract/'];
const notTests = { pathNot: tests };

/** The import rules of ARCHITECTURE.md. Each has a fixture that breaks it: test/architecture. */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-imports-nothing',
      severity: 'error',
      from: { path: '^libs/domain/', ...notTests },
      to: { pathNot: '^libs/domain/' },
    },
    {
      name: 'platform-knows-no-other-lib',
      severity: 'error',
      from: { path: '^libs/platform/', ...notTests },
      to: { path: '^(libs|apps)/', pathNot: '^libs/platform/' },
    },
    {
      name: 'commands-know-no-aggregate',
      comment: 'The command runtime is generic: it knows neither what commands mean nor who sends them.',
      severity: 'error',
      from: { path: '^libs/commands/', ...notTests },
      to: { path: '^libs/(domain/(?!aggregate\\.ts$)|http/|people/|read-models/|projections/)', reachable: true },
    },
    {
      name: 'use-cases-know-no-http',
      comment:
        'A use case is asked by requests, processes and imports alike; what HTTP makes of it is decided at the edge.',
      severity: 'error',
      from: {
        path: '^apps/(command-api|query-api)/[^/]+/|^libs/use-cases/',
        pathNot: ['\\.(controller|dto|spec)\\.ts$', '^apps/(command-api|query-api)/edge/'],
      },
      to: { path: '^libs/http/|node_modules/(fastify|@nestjs/(platform-fastify|swagger))/' },
    },
    {
      name: 'people-know-no-http',
      comment: 'Users and sessions serve the CLI as well as requests.',
      severity: 'error',
      from: { path: '^libs/people/', ...notTests },
      to: {
        path: '^libs/http/|node_modules/(@fastify/|fastify/|@nestjs/(platform-fastify|swagger)/)',
        reachable: true,
      },
    },
    {
      name: 'defining-a-projection-runs-nothing',
      severity: 'error',
      from: { path: '^libs/projections/define/', ...notTests },
      to: { path: '^libs/projections/(run|operate)/' },
    },
    {
      name: 'running-a-projection-needs-no-operator',
      severity: 'error',
      from: { path: '^libs/projections/run/', ...notTests },
      to: { path: '^libs/projections/operate/' },
    },
    {
      name: 'reading-never-writes',
      comment: 'Whatever answers queries can reach neither an event store’s adapter nor the command runtime.',
      severity: 'error',
      from: { path: '^(apps/query-api|libs/read-models)/', ...notTests },
      to: { path: '^libs/(commands|event-store/(postgres|esdb|connect))/', reachable: true },
    },
    {
      name: 'cli-changes-stock-only-through-http',
      severity: 'error',
      from: { path: '^apps/cli/', ...notTests },
      to: { path: '^libs/commands/command-runtime\\.ts$', reachable: true },
    },
    {
      name: 'apps-do-not-import-apps',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-do-not-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|bench|test)/' },
    },
    {
      name: 'libs-through-their-entry-points',
      severity: 'error',
      from: { path: '^(?:apps|libs|dev|test|bench)/([^/]+)/' },
      to: {
        path: '^(libs/[^/]+|dev/(event-store-double|servers|testing))/',
        pathNot: [
          '^(libs|dev)/$1/',
          '^(libs|dev)/[^/]+/index\\.ts$',
          '^libs/(domain/aggregate|commands/migrations|use-cases/bus|people/tokens|http/guard/forget-keys)\\.ts$',
          '^libs/(http/guard|event-store/(postgres|esdb|connect))/index\\.ts$',
        ],
      },
    },
    {
      name: 'the-client-imports-nothing',
      comment: 'It is a package of its own, without dependencies, for browsers as well.',
      severity: 'error',
      from: { path: '^packages/client/src/' },
      to: { pathNot: '^packages/client/src/' },
    },
    {
      name: 'the-console-knows-the-client-alone',
      comment: 'It can do what any other program can.',
      severity: 'error',
      from: { path: '^apps/console/' },
      to: { path: '^(libs|dev|test|bench|scripts)/' },
    },
    {
      name: 'the-client-through-its-entry-point',
      severity: 'error',
      from: { pathNot: '^packages/client/' },
      to: { path: '^packages/client/', pathNot: '^packages/client/src/index\\.ts$' },
    },
    {
      name: 'nothing-that-ships-imports-dev',
      comment: 'dev/ is neither built nor part of the image.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: tests },
      to: { path: '^dev/' },
    },
    {
      name: 'tests-stay-tests',
      severity: 'error',
      from: { path: '^(apps|libs|dev/(local|servers))/', pathNot: tests },
      to: { path: ['^dev/testing/', ...tests] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // A package of its own, installed only when it is measured; and what is built.
    exclude: { path: '^(bench/baselines/emmett|packages/client/dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
    },
  },
};
