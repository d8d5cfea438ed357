import { ours, readCompose, withEvents, type Compose, type Service } from './compose/read-compose.ts';
import { structureRules, type Rule } from './compose/rules.ts';
import { serviceRules } from './compose/service-rules.ts';

const rules = { ...structureRules, ...serviceRules } satisfies Record<string, Rule>;
type Break = (compose: Compose) => unknown;

const service = (compose: Compose, name: string): Service => compose.services[name] as Service;
const set = (compose: Compose, name: string, variable: string, value: string | number): unknown =>
  ((service(compose, name).environment as Record<string, string | number>)[variable] = value);

/** For each rule, the smallest slips that break it. */
const breaches: Record<keyof typeof rules, readonly Break[]> = {
  'uses only keys that Compose knows': [
    (file) => Object.assign(file, { service: {} }),
    (file) => Object.assign(service(file, 'redis'), { stop_grace: '1s' }),
    (file) => Object.assign(service(file, 'redis').healthcheck ?? {}, { retry: 3 }),
  ],
  'names only networks and volumes that it declares, and all of those': [
    (file) => service(file, 'gateway').networks.push('elsewhere'),
    (file) => delete file.volumes['redis-data'],
    (file) => Object.assign(file.volumes, { 'old-data': null }),
  ],
  'mounts and builds from files that exist': [
    (file) => service(file, 'gateway').volumes?.push('./deploy/gateway/docs.htm:/gateway/docs.html:ro'),
    (file) => Object.assign(service(file, 'migrate').build ?? {}, { dockerfile: 'Dockerfile' }),
  ],
  'waits for everything it depends on to be healthy, or done': [
    (file) => Object.assign(service(file, 'query-api').depends_on?.['redis'] ?? {}, { condition: 'service_started' }),
    (file) => Object.assign(service(file, 'projector').depends_on?.['migrate'] ?? {}, { condition: 'service_healthy' }),
  ],
  'starts again what fails, except for a job': [
    (file) => delete service(file, 'projector').restart,
    (file) => (service(file, 'migrate').restart = 'unless-stopped'),
  ],
  'gives no container privileges, capabilities or root, and none but EventStoreDB an image to write on': [
    (file) => (service(file, 'redis').security_opt = []),
    (file) => delete service(file, 'query-api').read_only,
    (file) => delete service(file, 'postgres').read_only,
    (file) => delete service(file, 'gateway').cap_drop,
    (file) => delete service(file, 'eventstore').cap_drop,
    (file) => (service(file, 'gateway').user = '0:0'),
    (file) => delete service(file, 'redis').user,
  ],
  'bounds the memory and the processes of every container': [
    (file) => delete service(file, 'postgres').mem_limit,
    (file) => delete service(file, 'redis').pids_limit,
    (file) => (service(file, 'eventstore').pids_limit = -1),
  ],
  'lets every image from elsewhere be given by its digest': [
    (file) => (service(file, 'postgres').image = 'postgres:18'),
    (file) => (service(file, 'redis').image = '${REDIS_IMAGE:-redis}'),
    (file) => delete service(file, 'migrate').build?.args,
  ],
  'keeps the stores away from the outside': [
    (file) => (file.networks['stores'] = null),
    (file) => (service(file, 'redis').ports = ['6379:6379']),
    (file) => service(file, 'gateway').networks.push('stores'),
  ],
  'checks health more often than it gives up': [
    (file) => delete service(file, 'eventstore').healthcheck,
    (file) => Object.assign(service(file, 'postgres').healthcheck ?? {}, { timeout: '10s' }),
  ],
  'configures each service so that it would start': [
    (file) => set(file, 'command-api', 'HOLDFAST_PROT', 8081),
    (file) => set(file, 'projector', 'HOLDFAST_STOP_TIMEOUT_MS', '10s'),
    (file) => delete service(file, 'migrate').environment?.['REDIS_URL'],
  ],
  'lets every setting be set': [
    (file) => delete service(file, 'query-api').environment?.['HOLDFAST_LANGUAGE'],
    (file) => set(file, 'command-api', 'HOLDFAST_PROXY_HOPS', 1),
  ],
  'falls back on the values that the code falls back on': [
    (file) => set(file, 'gateway', 'HOLDFAST_BODY_BYTES_MAX', '${HOLDFAST_BODY_BYTES_MAX:-1048576}'),
    (file) => set(file, 'query-api', 'HOLDFAST_PROXY_HOPS', '${HOLDFAST_PROXY_HOPS:-0}'),
  ],
  'takes every secret from the user': [
    (file) =>
      set(file, 'command-api', 'HOLDFAST_TOKEN_SECRET', '${HOLDFAST_TOKEN_SECRET:-Zq8Ls2vXw0RtYb7NcJm4HkPd6Fg1Ae3U}'),
    (file) => set(file, 'postgres', 'POSTGRES_PASSWORD', 'holdfast'),
    (file) => set(file, 'query-api', 'REDIS_URL', 'redis://:holdfast@redis:6379'),
  ],
  'says no secret on a command line': [
    (file) => (service(file, 'redis').command = ['redis-server', '--requirepass', '${REDIS_PASSWORD:?put one}']),
    (file) => (service(file, 'redis').healthcheck = { test: ['CMD', 'redis-cli', '-a', '${REDIS_PASSWORD}', 'ping'] }),
  ],
  'gives each service a role of its own in PostgreSQL, and none the superuser': [
    (file) => set(file, 'query-api', 'DATABASE_URL', service(file, 'projector').environment?.['DATABASE_URL'] ?? ''),
    (file) => set(file, 'projector', 'DATABASE_URL', 'postgres://holdfast_projector:${POSTGRES_PASSWORD}@postgres/x'),
    (file) => set(file, 'migrate', 'DATABASE_URL', 'postgres://postgres:${MIGRATE_DATABASE_PASSWORD}@postgres/x'),
    (file) => set(file, 'projector', 'EVENTSTORE_URL', 'postgres://postgres:${POSTGRES_PASSWORD}@postgres/x'),
  ],
  'runs only what the build makes': [
    (file) => (service(file, 'projector').command = ['node', 'dist/apps/projektor/main.js']),
    (file) => (service(file, 'projector').command = ['npm', 'run', 'projector']),
  ],
  'listens on the port that the code listens on': [(file) => set(file, 'query-api', 'HOLDFAST_PORT', 8081)],
  'asks for health where the code answers': [
    (file) => (service(file, 'projector').healthcheck = { test: ['CMD', 'node', '-e', "fetch('/health/alive')"] }),
  ],
  'waits a little longer for a service to stop than the service does': [
    (file) => (service(file, 'projector').stop_grace_period = '10s'),
    (file) => set(file, 'command-api', 'HOLDFAST_STOP_TIMEOUT_MS', 30_000),
  ],
  'keeps what PostgreSQL and Redis hold': [
    (file) => (service(file, 'postgres').volumes = ['postgres-data:/var/lib/postgresql/data']),
    (file) => (service(file, 'redis').command = ['redis-server', '--maxmemory-policy', 'noeviction']),
  ],
};

describe('docker-compose.yml', () => {
  it.each(Object.entries(rules))('%s', (_, faultsOf) => {
    expect(faultsOf(readCompose())).toEqual([]);
  });
});

describe('docker-compose.yml with deploy/postgres/events.yml', () => {
  const compose = withEvents(readCompose());

  // There EVENTSTORE_URL is the file's to decide.
  it.each(Object.entries(rules).filter(([name]) => name !== 'lets every setting be set'))('%s', (_, faultsOf) => {
    expect(faultsOf(compose)).toEqual([]);
  });

  it('has every service’s events in PostgreSQL', () => {
    const urls = ours(compose).map(([, { environment }]) => environment?.['EVENTSTORE_URL']);
    expect(urls).toEqual(ours(compose).map(([, { environment }]) => environment?.['DATABASE_URL']));
  });
});

describe('each rule of docker-compose.yml notices a breach:', () => {
  const cases = Object.entries(breaches).flatMap(([name, slips]) =>
    slips.map((slip) => [name as keyof typeof rules, slip] as const),
  );

  it.each(cases)('%s', (name, slip) => {
    // Read anew: anchors make one object of what several services share.
    const compose = JSON.parse(JSON.stringify(readCompose())) as Compose;
    slip(compose);
    expect(rules[name](compose)).not.toEqual([]);
  });
});
