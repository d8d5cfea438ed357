import { join } from 'node:path';
import { run } from '#dev/servers';
import { root } from './code.ts';
import { startTlsStores, type TlsStores } from './tls/start-stores.ts';

interface Trial {
  readonly host?: string;
  /** What DATABASE_URL, and EVENTSTORE_URL where it is PostgreSQL, end in. */
  readonly sslrootcert?: string;
  readonly tlsCAFile?: string;
  readonly extraCa?: string;
  readonly eventStore?: 'EventStoreDB' | 'PostgreSQL';
}

interface Outcome {
  readonly pool: string;
  readonly listener: string;
  readonly redis: string;
  readonly eventStore: string;
}

const well: Outcome = { pool: 'encrypted', listener: 'listening', redis: 'connected', eventStore: 'appended' };
const foreign = /self-signed certificate|unable to (?:verify|get)/;
const elsewhere = /does not match certificate's altnames/;

describe('TLS to the stores', () => {
  let stores: TlsStores;

  beforeAll(async () => {
    stores = await startTlsStores();
  });

  afterAll(() => stores.stop());

  async function attempt(env: NodeJS.ProcessEnv): Promise<Outcome> {
    const file = join(root, 'test', 'deploy', 'tls', 'try-stores.ts');
    const printed = await run(process.execPath, ['--conditions=source', file], { env });
    // Node may have warned of something before.
    return JSON.parse(printed.slice(printed.indexOf('{"'))) as Outcome;
  }

  function urls({ host = 'localhost', sslrootcert, tlsCAFile, eventStore }: Trial): NodeJS.ProcessEnv {
    const [postgres, redis] = [new URL(stores.postgresUrl), new URL(stores.redisUrl)];
    postgres.hostname = host;
    redis.hostname = host;
    postgres.searchParams.set('sslmode', 'verify-full');
    if (sslrootcert !== undefined) postgres.searchParams.set('sslrootcert', sslrootcert);
    const ca = tlsCAFile === undefined ? '' : `&tlsCAFile=${encodeURIComponent(tlsCAFile)}`;
    return {
      DATABASE_URL: postgres.href,
      REDIS_URL: redis.href,
      EVENTSTORE_URL:
        eventStore === 'PostgreSQL' ? postgres.href : `esdb://${host}:${stores.eventStorePort}?tls=true${ca}`,
    };
  }

  function tried(trial: Trial): Promise<Outcome> {
    const trusted = trial.extraCa === undefined ? {} : { NODE_EXTRA_CA_CERTS: trial.extraCa };
    return attempt({ ...urls(trial), ...trusted });
  }

  it.each(['EventStoreDB', 'PostgreSQL'] as const)(
    'works with an authority that NODE_EXTRA_CA_CERTS names, with events in %s',
    async (eventStore) => {
      expect(await tried({ extraCa: stores.ca, eventStore })).toEqual(well);
    },
  );

  it('works with an authority that the URLs name, where they can: Redis’ cannot', async () => {
    const byUrl = { sslrootcert: stores.ca, tlsCAFile: stores.ca };
    expect(await tried(byUrl)).toEqual({ ...well, redis: expect.stringMatching(foreign) });
    expect(await tried({ ...byUrl, eventStore: 'PostgreSQL' })).toMatchObject({ eventStore: 'appended' });
  });

  it.each<[string, (own: TlsStores) => Trial]>([
    ['none was named', () => ({})],
    ['another was named', ({ otherCa }) => ({ extraCa: otherCa })],
  ])('rejects servers of an authority when %s', async (_, trial) => {
    for (const outcome of Object.values(await tried(trial(stores)))) expect(outcome).toMatch(foreign);
  });

  it('believes the authority that a URL names rather than any other', async () => {
    const byUrl = { sslrootcert: stores.otherCa, tlsCAFile: stores.otherCa };
    const { redis, ...others } = await tried({ ...byUrl, extraCa: stores.ca });
    expect(redis).toBe('connected');
    for (const outcome of Object.values(others)) expect(outcome).toMatch(foreign);
  });

  it.each(['EventStoreDB', 'PostgreSQL'] as const)(
    'rejects servers that are not those of their certificates, with events in %s',
    async (eventStore) => {
      const outcomes = Object.values(await tried({ host: '127.0.0.1', extraCa: stores.ca, eventStore }));
      for (const outcome of outcomes) expect(outcome).toMatch(elsewhere);
    },
  );

  it('shows EventStoreDB the certificate of a user, where it wants one', async () => {
    const strict = (more: string): NodeJS.ProcessEnv => ({
      ...urls({}),
      EVENTSTORE_URL: `esdb://localhost:${stores.strictEventStorePort}?tls=true&tlsCAFile=${stores.ca}${more}`,
    });
    const { cert, key } = stores.client;
    const shown = await attempt(strict(`&userCertFile=${cert}&userKeyFile=${key}`));
    expect(shown.eventStore).toBe('appended');
    expect((await attempt(strict(''))).eventStore).toMatch(/certificate required|cannot be reached/);
  });
});
