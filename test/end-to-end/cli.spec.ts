import { freshDatabase, startSystem, type RunningSystem } from '#dev/testing';

describe('the holdfast command', () => {
  let system: RunningSystem;

  beforeAll(async () => {
    system = await startSystem();
  });

  afterAll(() => system.stop());

  it('explains itself', async () => {
    const { exitCode, stdout } = await system.cli(['--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('migrate');
  });

  it('exits with 2 when it is asked wrongly', async () => {
    expect(await system.cli(['frobnicate'])).toMatchObject({ exitCode: 2 });
    expect(await system.cli(['users', 'create'])).toMatchObject({ exitCode: 2 });
  });

  it('shows the configuration in force without its secrets', async () => {
    const { stdout } = await system.cli(['config', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ HOLDFAST_TOKEN_SECRET: '(hidden)', HOLDFAST_COMMON_PASSWORDS: 'allow' });
  });

  it('tells its version', async () => {
    expect(await system.cli(['--version'])).toMatchObject({ exitCode: 0, stdout: '0.1.0\n' });
  });

  it('shows where the services are, and what queries lack', async () => {
    const { commandApi, queryApi, projector } = system;
    const urls = [commandApi, queryApi, projector].map(({ url }) => url);
    const well = await system.cli(['status', '--services', urls.join(',')]);
    expect(well).toMatchObject({ exitCode: 0, stderr: '' });
    for (const url of urls) expect(well.stdout).toMatch(`${url}  ready`);
    expect(well.stdout).toMatch('Queries show everything that was recorded.');
    const nobody = await system.cli(['status', '--json', '--services', 'http://127.0.0.1:1']);
    expect([nobody.exitCode, JSON.parse(nobody.stdout)]).toMatchObject([1, { services: [{ state: 'unreachable' }] }]);
  });

  it('finds nothing wrong with what is well', async () => {
    const services = [system.commandApi, system.queryApi, system.projector].map(({ url }) => url).join(',');
    const { exitCode, stdout } = await system.cli(['doctor', '--services', services]);
    expect(stdout).toMatch(/^✓ PostgreSQL: 18/m);
    expect(stdout).toMatch(/^✓ encoding of PostgreSQL: UTF8, LC_CTYPE /m);
    expect(stdout).toMatch(/^✓ maxmemory-policy: noeviction$/m);
    expect(stdout).toMatch(/^✓ migrations of the event store: all \d+ applied$/m);
    expect(stdout).not.toContain('✗');
    expect(exitCode).toBe(0);
  });

  it('finds what is wrong, and says what to do', async () => {
    const database = await freshDatabase();
    const settings = {
      HOLDFAST_ISSUERS: '[{ "issuer": "http://127.0.0.1:1", "audience": "shop" }]',
      DATABASE_URL: database.url,
      EVENTSTORE_URL: database.url,
      REDIS_URL: 'redis://user:secret@127.0.0.1:1',
    };
    const { exitCode, stdout } = await system.cli(['doctor', '--services', 'http://127.0.0.1:1'], '', { settings });
    await database.drop();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✗ migrations of PostgreSQL: not applied: .*\n    → run: holdfast migrate$/m);
    expect(stdout).toMatch(
      /^✗ Redis: redis:\/\/user:\(hidden\)@127\.0\.0\.1:1: .*\n    → start it, or correct REDIS_URL$/m,
    );
    expect(stdout).toMatch(/^✗ issuer http:\/\/127\.0\.0\.1:1: .+\n    → start it, or correct HOLDFAST_ISSUERS; /m);
    expect(stdout).toMatch(/^✗ 127\.0\.0\.1: nobody answers at http:\/\/127\.0\.0\.1:1$/m);
  });

  it('has logs of the local stack only', async () => {
    expect(await system.cli(['logs'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('docker compose'),
    });
  });

  it('migrates once, and says so', async () => {
    expect(await system.cli(['migrate'])).toMatchObject({
      exitCode: 0,
      stdout: 'Nothing to do: everything is up to date.\n',
    });
    expect(JSON.parse((await system.cli(['migrate', '--json'])).stdout)).toEqual({ applied: [] });
  });

  it('creates a user once', async () => {
    const args = ['users', 'create', '--email', 'a@example.com', '--name', 'A', '--password-stdin'];
    expect(await system.cli(args, 'long enough')).toMatchObject({ exitCode: 0 });
    expect(await system.cli(args, 'long enough')).toMatchObject({
      exitCode: 1,
      stderr: 'the address a@example.com is already registered\n',
    });
    expect(await system.cli([...args, '--if-absent'], 'long enough')).toMatchObject({ exitCode: 0 });
    expect(await system.cli(args, 'short')).toMatchObject({ exitCode: 1 });
  });

  it('rejects an address or password that is longer than any, unread', async () => {
    const marks = `a${'\u0301'.repeat(30_000)}${'\u0334'.repeat(30_000)}@example.com`;
    for (const email of [`${'a'.repeat(243)}@example.com`, marks]) {
      const args = ['users', 'create', '--email', email, '--name', 'A', '--password-stdin'];
      expect(await system.cli(args, 'long enough')).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('Not an e-mail address.'),
      });
    }
    const longest = ['users', 'create', '--email', `${'a'.repeat(242)}@example.com`, '--name', 'A', '--password-stdin'];
    expect(await system.cli(longest, 'x'.repeat(3000))).toMatchObject({ exitCode: 1 });
    expect(await system.cli(longest, '\u{1f600}'.repeat(1024))).toMatchObject({ exitCode: 0 });
    expect(await system.cli(['users', 'promote', marks])).toMatchObject({ exitCode: 1 });
  });

  it('writes no colour where there is no terminal', async () => {
    const { stdout } = await system.cli(['config']);
    expect(stdout).not.toContain('\u001B');
  });
});
