import { ConfigurationError, readConfig, showConfig } from '../index.ts';
import { languages } from './languages.ts';

const enough = {
  DATABASE_URL: 'postgres://holdfast:hush@db/holdfast',
  REDIS_URL: 'redis://:hush@cache',
  EVENTSTORE_URL: 'esdb://events:2113?tls=false',
  HOLDFAST_TOKEN_SECRET: 'b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu',
  HOLDFAST_ID_SECRET: 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba',
};

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('takes defaults for what is not set, a service’s own before the general one', () => {
    expect(readConfig(enough)).toMatchObject({ host: '127.0.0.1', port: 8081, corsOrigins: [] });
    expect(readConfig(enough, { port: 8082 }).port).toBe(8082);
    expect(readConfig({ ...enough, HOLDFAST_PORT: '9000' }, { port: 8082 }).port).toBe(9000);
  });

  it('names every fault at once, each on a line of its own', () => {
    const faults = faultsOf({ ...enough, REDIS_URL: 'http://cache', HOLDFAST_PORT: '99999', HOLDFAST_LANGUAGE: 'fr' });
    expect(faults).toEqual([
      'REDIS_URL must be a URL that starts with redis:// or rediss://',
      'HOLDFAST_PORT must be a whole number from 1 to 65535',
      `HOLDFAST_LANGUAGE must be one of: ${languages.join(', ')}`,
    ]);
  });

  it('rejects a variable that it does not know, and suggests the one that was meant', () => {
    expect(faultsOf({ ...enough, HOLDFAST_PROT: '1' })).toEqual([
      'HOLDFAST_PROT is not a setting; did you mean HOLDFAST_PORT?',
    ]);
    expect(readConfig({ ...enough, HOLDFAST_TOKEN: 'x', HOLDFAST_URL: 'x' })).toEqual(readConfig(enough));
  });

  it('asks for what has no default', () => {
    expect(faultsOf({}).map((fault) => fault.split(' ')[0])).toEqual([
      'DATABASE_URL',
      'REDIS_URL',
      'EVENTSTORE_URL',
      'HOLDFAST_TOKEN_SECRET',
      'HOLDFAST_ID_SECRET',
    ]);
  });

  it.each(['short', 'a'.repeat(64), 'your-super-secret-key-change-in-production'])(
    'rejects the weak secret %s',
    (HOLDFAST_TOKEN_SECRET) => {
      expect(faultsOf({ ...enough, HOLDFAST_TOKEN_SECRET })).toHaveLength(1);
    },
  );

  it('takes several earlier keys, each as strong as a key must be', () => {
    const [one, two] = ['b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu', 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba'];
    const config = readConfig({ ...enough, HOLDFAST_EARLIER_TOKEN_SECRETS: `${one}, ${two}` });
    expect(config.earlierTokenSecrets).toEqual([one, two]);
    expect(JSON.stringify(showConfig(config))).not.toContain(one);
    expect(faultsOf({ ...enough, HOLDFAST_EARLIER_TOKEN_SECRETS: `${one},short` })).toHaveLength(1);
  });

  describe('of issuers', () => {
    const issuer = 'https://login.example.com/realms/shop';

    it('has one audience or several, all algorithms that cannot be confused, and the subject as the customer', () => {
      const HOLDFAST_ISSUERS = JSON.stringify([
        { issuer, audience: 'shop' },
        {
          issuer: 'http://127.0.0.1:8090',
          audience: ['web', 'app'],
          algorithms: ['ES256'],
          customer: 'oid',
          roles: { claim: ['realm_access', 'roles'], staff: ['admin'] },
        },
      ]);
      const config = readConfig({ ...enough, HOLDFAST_ISSUERS });
      expect(config.issuers).toEqual([
        {
          issuer,
          audiences: ['shop'],
          algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'],
          customerClaim: 'sub',
        },
        {
          issuer: 'http://127.0.0.1:8090',
          audiences: ['web', 'app'],
          algorithms: ['ES256'],
          customerClaim: 'oid',
          roles: { claim: ['realm_access', 'roles'], staff: ['admin'] },
        },
      ]);
      const { HOLDFAST_ISSUERS: shown = '' } = showConfig(config);
      expect(readConfig({ ...enough, HOLDFAST_ISSUERS: shown }).issuers).toEqual(config.issuers);
      expect(showConfig(readConfig(enough))).toMatchObject({ HOLDFAST_ISSUERS: '' });
    });

    it.each([
      ['what is no list', issuer, 'must be a JSON list'],
      ['http', [{ issuer: 'http://login.example.com', audience: 'shop' }], 'must name the issuer as an https URL'],
      ['a query', [{ issuer: `${issuer}?x=1`, audience: 'shop' }], 'must name the issuer as an https URL'],
      ['a password', [{ issuer: 'https://me:secret@example.com', audience: 'shop' }], 'must name the issuer as'],
      ['no audience', [{ issuer }], 'must have a text of 1 to 500 characters as audience of entry 1'],
      ['an empty audience', [{ issuer, audience: '' }], 'must have a text of 1 to 500 characters as audience'],
      ['no audiences', [{ issuer, audience: [] }], 'must have 1 to 20 texts as audience of entry 1'],
      ['a shared secret', [{ issuer, audience: 'a', algorithms: ['HS256'] }], 'must have algorithms of RS256,'],
      ['no signature', [{ issuer, audience: 'a', algorithms: ['none'] }], 'must have algorithms of RS256,'],
      ['an unknown field', [{ issuer, audience: 'a', clientId: 'x' }], 'has an unknown field clientId in entry 1'],
      ['no staff', [{ issuer, audience: 'a', roles: { claim: 'roles' } }], 'as roles.staff of entry 1'],
      ['the same twice', [1, 2].map(() => ({ issuer, audience: 'a' })), 'must have each issuer once'],
      ['null', [null], 'must have an object as entry 1'],
      ['too many', Array.from({ length: 11 }, (_, n) => ({ issuer: `${issuer}${n}`, audience: 'a' })), 'at most 10'],
    ])('rejects %s', (_, given, fault) => {
      const HOLDFAST_ISSUERS = typeof given === 'string' ? given : JSON.stringify(given);
      expect(faultsOf({ ...enough, HOLDFAST_ISSUERS })).toEqual([
        expect.stringMatching(new RegExp(`^HOLDFAST_ISSUERS .*${fault.replaceAll('.', String.raw`\.`)}`)),
      ]);
    });
  });

  it('is shown without secrets and passwords', () => {
    const shown = JSON.stringify(showConfig(readConfig(enough)));
    expect(shown).not.toContain('hush');
    expect(shown).not.toContain(enough.HOLDFAST_TOKEN_SECRET);
    expect(shown).not.toContain(enough.HOLDFAST_ID_SECRET);
    expect(shown).toContain('postgres://holdfast:(hidden)@db/holdfast');
  });
});
