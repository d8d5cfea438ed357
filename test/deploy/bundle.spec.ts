import { join } from 'node:path';
import { run } from '#dev/servers';
import { root } from './code.ts';

/** Which packages, of those that are not in the bundle, a module of the build loads. */
const loaded = `
  const [, file] = process.argv;
  await import(file);
  const { default: module } = await import('node:module');
  const names = Object.keys(module._cache).map((path) => /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(path)?.[1]);
  console.log(JSON.stringify([...new Set(names)].toSorted()));
`;

describe('the built services', () => {
  it.each(['command-api', 'query-api'])(
    '%s has one class-validator and one class-transformer, in the bundle',
    async (app) => {
      const file = join(root, 'dist/apps', app, 'api-document.js');
      const packages = JSON.parse(await run(process.execPath, ['--input-type=module', '-e', loaded, file])) as string[];
      expect(packages.filter((name) => name.startsWith('class-'))).toEqual([]);
      // What the bundle leaves outside is seen.
      expect(packages).toContain('pino');
    },
  );
});
