import { startSystem, type RunningSystem } from '#dev/testing';

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
