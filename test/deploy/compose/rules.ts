import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../code.ts';
import { milliseconds, ours, type Compose } from './read-compose.ts';

export type Rule = (compose: Compose) => readonly string[];

const known = {
  file: ['name', 'services', 'networks', 'volumes', 'x-settings', 'x-service', 'x-started-after'],
  service: [
    'image',
    'build',
    'command',
    'environment',
    'volumes',
    'ports',
    'networks',
    'user',
    'init',
    'read_only',
    'tmpfs',
    'cap_drop',
    'security_opt',
    'mem_limit',
    'pids_limit',
    'restart',
    'stop_grace_period',
    'shm_size',
    'healthcheck',
    'depends_on',
  ],
  healthcheck: ['test', 'interval', 'timeout', 'start_period', 'retries', 'disable'],
};

/** Rules of a sound Compose file, whatever it runs. Each answers its faults. */
export const structureRules = {
  'uses only keys that Compose knows': (compose) => [
    ...foreign('the file', compose, known.file),
    ...each(compose, (name, service) => [
      ...foreign(name, service, known.service),
      ...foreign(`${name}'s healthcheck`, service.healthcheck ?? {}, known.healthcheck),
    ]),
  ],

  'names only networks and volumes that it declares, and all of those': (compose) => {
    const networks = each(compose, (_, { networks: used }) => used);
    const volumes = mounts(compose).flatMap(({ source, isFile }) => (isFile ? [] : [source]));
    return [
      ...difference(networks, Object.keys(compose.networks)),
      ...difference(volumes, Object.keys(compose.volumes)),
    ];
  },

  'mounts and builds from files that exist': (compose) =>
    [
      ...mounts(compose).flatMap(({ source, isFile }) => (isFile ? [source] : [])),
      ...ours(compose).map(([, { build }]) => join(build?.context ?? '', build?.dockerfile ?? '')),
    ].filter((path) => !existsSync(join(root, path))),

  'waits for everything it depends on to be healthy, or done': (compose) =>
    each(compose, (name, { depends_on: needs = {} }) =>
      Object.entries(needs)
        .filter(([need, { condition }]) => condition !== conditionFor(compose, need))
        .map(([need, { condition }]) => `${name} waits for ${need} with ${condition}`),
    ),

  'starts again what fails, except for a job': (compose) =>
    each(compose, (name, { restart }) =>
      restart === (isJob(compose, name) ? 'no' : 'unless-stopped') ? [] : [`${name} has restart: ${restart}`],
    ),

  'gives no container privileges, capabilities or root, and none but EventStoreDB an image to write on': (compose) =>
    each(compose, (name, { security_opt: options, cap_drop: dropped, read_only: readOnly, build, user }) => {
      const faults = options?.includes('no-new-privileges:true') === true ? [] : [`${name} may gain privileges`];
      if (name !== 'eventstore' && readOnly !== true) faults.push(`${name} can write to its image`);
      if (dropped?.includes('ALL') !== true) faults.push(`${name} keeps capabilities`);
      // These images begin as root, and without capabilities cannot become anybody else.
      const isRoot = build === undefined && name !== 'eventstore' && !/^[1-9]\d*:[1-9]\d*$/.test(user ?? '');
      return isRoot ? [...faults, `${name} runs as root`] : faults;
    }),

  'bounds the memory and the processes of every container': (compose) =>
    each(compose, (name, { mem_limit: memory = '', pids_limit: processes = 0 }) => [
      ...(/^\d+[mg]$/.test(memory) ? [] : [`${name} may take all memory`]),
      ...(processes > 0 ? [] : [`${name} may start any number of processes`]),
    ]),

  'lets every image from elsewhere be given by its digest': (compose) =>
    each(compose, (name, { image, build }) => {
      const from = build === undefined ? image : (build.args?.['NODE_IMAGE'] ?? '');
      return /^\$\{[A-Z]+_IMAGE:-[\w./-]+:[\w.-]+\}$/.test(from) ? [] : [`${name} is made from ${from}`];
    }),

  'keeps the stores away from the outside': (compose) => [
    ...(compose.networks['stores']?.internal === true ? [] : ['the network of the stores has a way out']),
    ...each(compose, (name, { networks, ports = [] }) =>
      networks.includes('stores') && ports.length > 0 ? [`${name} publishes a port`] : [],
    ),
    ...(compose.services['gateway']?.networks.includes('stores') === true ? ['gateway reaches the stores'] : []),
  ],

  'checks health more often than it gives up': (compose) =>
    each(compose, (name, { healthcheck: { disable = false, test = [], interval, timeout } = {} }) =>
      disable || (test.length > 1 && milliseconds(timeout) > 0 && milliseconds(timeout) < milliseconds(interval))
        ? []
        : [`${name} has no healthcheck that fits`],
    ),
} satisfies Record<string, Rule>;

function isJob({ services }: Compose, name: string): boolean {
  return services[name]?.healthcheck?.disable === true;
}

function conditionFor(compose: Compose, name: string): string {
  return isJob(compose, name) ? 'service_completed_successfully' : 'service_healthy';
}

function each(compose: Compose, faultsOf: (name: string, service: Compose['services'][string]) => readonly string[]) {
  return Object.entries(compose.services).flatMap(([name, service]) => faultsOf(name, service));
}

function foreign(owner: string, value: object, keys: readonly string[]): string[] {
  return Object.keys(value)
    .filter((key) => !keys.includes(key))
    .map((key) => `${owner} has ${key}`);
}

function mounts(compose: Compose): { source: string; isFile: boolean }[] {
  const volumes = each(compose, (_, { volumes: used = [] }) => used);
  return volumes.map((volume) => {
    const source = volume.split(':')[0] ?? '';
    return { source, isFile: source.startsWith('.') };
  });
}

function difference(used: readonly string[], declared: readonly string[]): string[] {
  return [
    ...used.filter((name) => !declared.includes(name)).map((name) => `${name} is not declared`),
    ...declared.filter((name) => !used.includes(name)).map((name) => `${name} is not used`),
  ];
}
