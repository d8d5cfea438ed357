import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult, type IConfiguration } from 'dependency-cruiser';
import rules from '../../.dependency-cruiser.mjs';

type Files = Readonly<Record<string, string>>;

/** For each rule, the smallest tree that breaks it. */
const breaches: Readonly<Record<string, Files>> = {
  'no-cycles': {
    'libs/http/a.ts': `import './b.ts';`,
    'libs/http/b.ts': `import './a.ts';`,
  },
  'domain-imports-nothing': { 'libs/domain/stock.ts': `import 'node:fs';` },
  'platform-knows-no-other-lib': {
    'libs/platform/redis.ts': `import '../domain/index.ts';`,
    'libs/domain/index.ts': '',
  },
  'commands-know-no-aggregate': {
    'libs/commands/runtime.ts': `import '../event-store/index.ts';`,
    'libs/event-store/index.ts': `import '../domain/index.ts';`,
    'libs/domain/index.ts': '',
  },
  'use-cases-know-no-http': {
    'apps/command-api/holds/place-hold.ts': `import '../../../libs/http/index.ts';`,
    'libs/http/index.ts': '',
  },
  'people-know-no-http': {
    'libs/people/accounts.ts': `import '../http/index.ts';`,
    'libs/http/index.ts': '',
  },
  'defining-a-projection-runs-nothing': {
    'libs/projections/define/rows.ts': `import '../run/worker.ts';`,
    'libs/projections/run/worker.ts': '',
  },
  'running-a-projection-needs-no-operator': {
    'libs/projections/run/worker.ts': `import '../operate/rebuild.ts';`,
    'libs/projections/operate/rebuild.ts': '',
  },
  'reading-never-writes': {
    'apps/query-api/main.ts': `import '../../libs/people/index.ts';`,
    'libs/people/index.ts': `import '../event-store/postgres/index.ts';`,
    'libs/event-store/postgres/index.ts': '',
  },
  'cli-changes-stock-only-through-http': {
    'apps/cli/main.ts': `import '../../libs/commands/index.ts';`,
    'libs/commands/index.ts': `import './command-runtime.ts';`,
    'libs/commands/command-runtime.ts': '',
  },
  'apps-do-not-import-apps': {
    'apps/query-api/main.ts': `import '../projector/rows.ts';`,
    'apps/projector/rows.ts': '',
  },
  'libs-do-not-import-apps': {
    'libs/http/service.ts': `import '../../apps/query-api/main.ts';`,
    'apps/query-api/main.ts': '',
  },
  'libs-through-their-entry-points': {
    'apps/projector/main.ts': `import '../../libs/platform/redis.ts';`,
    'libs/platform/redis.ts': '',
  },
  'the-client-imports-nothing': { 'packages/client/src/index.ts': `import 'node:fs';` },
  'the-console-knows-the-client-alone': {
    'apps/console/main.ts': `import '../../libs/domain/index.ts';`,
    'libs/domain/index.ts': '',
  },
  'the-client-through-its-entry-point': {
    'dev/local/demo.ts': `import '../../packages/client/src/session.ts';`,
    'packages/client/src/session.ts': '',
  },
  'nothing-that-ships-imports-dev': {
    'libs/platform/redis.ts': `import '../../dev/servers/index.ts';`,
    'dev/servers/index.ts': '',
  },
  'tests-stay-tests': {
    'dev/local/start.ts': `import '../testing/index.ts';`,
    'dev/testing/index.ts': '',
  },
  resolvable: { 'apps/projector/main.ts': `import './nowhere.ts';` },
};

const { forbidden = [], options = {} } = rules as IConfiguration;

describe('the architecture rules', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'holdfast-architecture-'));
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function brokenRules(files: Files): Promise<string[]> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), content);
    }
    const { tsConfig: _, ...withoutTsConfig } = options;
    const { output } = await cruise(
      ['apps', 'libs', 'dev', 'packages'].filter((root) => Object.keys(files).some((path) => path.startsWith(root))),
      {
        ...withoutTsConfig,
        baseDir: directory,
        ruleSet: { forbidden },
        validate: true,
      },
    );
    return [...new Set((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name))];
  }

  it('each have a tree here that breaks them', () => {
    expect(Object.keys(breaches).toSorted()).toEqual(forbidden.map(({ name }) => String(name)).toSorted());
  });

  it.each(Object.keys(breaches))('“%s” is broken by the tree that breaks it', async (name) => {
    expect(await brokenRules(breaches[name] ?? {})).toEqual([name]);
  });

  it('say nothing against a tree that keeps them', async () => {
    const kept = {
      'apps/command-api/holds/holds.controller.ts': `import '../../../libs/http/index.ts';import './place-hold.ts';`,
      'apps/command-api/holds/place-hold.ts': `import '../../../libs/domain/index.ts';`,
      'libs/http/index.ts': '',
      'apps/query-api/main.ts': `import '../../libs/read-models/index.ts';`,
      'libs/read-models/index.ts': `import '../domain/index.ts';`,
      'libs/domain/index.ts': `import './stock.ts';`,
      'libs/domain/stock.ts': '',
    };
    expect(await brokenRules(kept)).toEqual([]);
  });
});
