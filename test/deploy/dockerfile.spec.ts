import { readText } from './code.ts';
import { readBuild } from './image/read-dockerfile.ts';
import { imageRules } from './image/rules.ts';

const dockerfile = readText('deploy/Dockerfile');
const ignore = readText('.dockerignore');

type Slip = readonly [from: string | RegExp, to: string, file?: 'ignore'];

/** For each rule, the smallest slips that break it. */
const breaches: Record<keyof typeof imageRules, readonly Slip[]> = {
  'copies only what exists': [['COPY apps apps', 'COPY app apps']],
  'is built from what it copies, and nothing else is sent to the build': [
    ['COPY libs libs\n', ''],
    ['!libs\n', '', 'ignore'],
    ['!libs\n', '!libs\n!.env\n', 'ignore'],
    ['*\n', '.git\n', 'ignore'],
  ],
  'runs only npm scripts that exist': [['npm run build:services', 'npm run compile']],
  'stands on a slim Node of the major version that we ask for': [
    ['NODE_IMAGE=node:24-slim', 'NODE_IMAGE=node:24'],
    ['NODE_IMAGE=node:24-slim', 'NODE_IMAGE=node:22-slim'],
    ['FROM ${NODE_IMAGE}\n', 'FROM node:24-slim\n'],
  ],
  'leaves out the packages for machines without PostgreSQL and Node, and no others that are optional': [
    ['RUN npm pkg delete optionalDependencies\n', ''],
    ['npm ci', 'npm ci --omit=optional'],
  ],
  'keeps what is for development out of the last stage': [
    ['RUN npm pkg delete devDependencies\n', ''],
    ['COPY --from=production /app ./', 'COPY --from=build /app ./'],
    [/\nUSER/, '\nRUN npm ci\nUSER'],
  ],
  'sets only variables that the code knows, to values that it takes': [
    ['HOLDFAST_HOST=', 'HOLDFAST_ADDRESS='],
    ['HOLDFAST_HOST=0.0.0.0', 'HOLDFAST_HOST=127.0.0.1'],
    ['HOLDFAST_PORT=8081', 'HOLDFAST_PORT=80810'],
  ],
  'does not run as root, as anybody can see from the number': [
    [/USER .*\n/, ''],
    [/USER .*\n/, 'USER node\n'],
  ],
  'runs an app that exists, which hears the signals itself and listens where the image says': [
    [/\nCMD .*/, '\nCMD node dist/apps/command-api/main.js'],
    ['dist/apps/command-api', 'dist/apps/commands'],
    ['dist/apps/command-api', 'dist/apps/query-api'],
  ],
  'asks for health with node, where the code answers': [
    ['/health/live', '/health/alive'],
    ['CMD ["node", "-e"', 'CMD ["curl", "-e"'],
  ],
};

describe('the image', () => {
  it.each(Object.entries(imageRules))('%s', (_, faultsOf) => {
    expect(faultsOf(readBuild())).toEqual([]);
  });
});

describe('each rule of the image notices a breach:', () => {
  const cases = Object.entries(breaches).flatMap(([name, slips]) =>
    slips.map((slip) => [name as keyof typeof imageRules, slip] as const),
  );

  it.each(cases)('%s', (name, [from, to, file]) => {
    const build =
      file === 'ignore'
        ? readBuild(dockerfile, ignore.replace(from, to))
        : readBuild(dockerfile.replace(from, to), ignore);
    expect(build).not.toEqual(readBuild());
    expect(imageRules[name](build)).not.toEqual([]);
  });
});
