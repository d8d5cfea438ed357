import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { securityEvents } from '#people';
import { call, KeyPublisher, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';

const password = 'correct horse battery';
const bounds = { HOLDFAST_LOGINS_PER_ACCOUNT_MAX: '2', HOLDFAST_PROXY_HOPS: '1' };

interface Line {
  readonly security?: string;
  readonly userId?: string;
  readonly addressHash?: string;
}

describe('the security log', () => {
  let system: RunningSystem;
  let issuer: KeyPublisher;
  /** What the CLI has said on standard error. */
  let said = '';

  beforeAll(async () => {
    issuer = await KeyPublisher.start();
    const HOLDFAST_ISSUERS = JSON.stringify([{ issuer: issuer.issuer, audience: 'shop' }]);
    system = await startSystem({ ...bounds, HOLDFAST_ISSUERS });
  });

  afterAll(async () => {
    await system.stop();
    await issuer.stop();
  });

  function ask(method: string, path: string, body?: object, token?: string): Promise<Answer> {
    const headers = { 'x-forwarded-for': '192.0.2.1' };
    return call(`${system.commandApi.url}${path}`, {
      method,
      body,
      headers,
      ...(token === undefined ? {} : { token }),
    });
  }

  async function cli(...args: string[]): Promise<void> {
    said += (await system.cli(args)).stderr;
  }

  async function written(): Promise<string> {
    const names = await readdir(system.directory);
    const logs = await Promise.all(names.map((name) => readFile(join(system.directory, name), 'utf8')));
    return logs.join('') + said;
  }

  function linesIn(text: string): Line[] {
    const lines = text.split('\n').filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line) as Line).filter(({ security }) => security !== undefined);
  }

  it('has a line for everything that it may tell of, with the user’s id and no more of them', async () => {
    const email = 'ann@example.com';
    const registered = await ask('POST', '/auth/register', { email, password, name: 'Ann Smith', phone: '0912345678' });
    const userId: string = registered.body.user.id;
    const logIn = async (given = password) => (await ask('POST', '/auth/login', { email, password: given })).body;
    await cli('users', 'promote', email);
    const { token } = await logIn();
    const made = await ask('POST', '/api-keys', { name: 'Shop', roles: 'service' }, token);
    await ask('DELETE', `/api-keys/${made.body.id}`, undefined, token);
    const reset = await ask('POST', '/auth/password-resets', { email }, token);
    await ask('POST', `/auth/password-resets/${reset.body.token}`, { password });
    await cli('users', 'promote', email, '--role', 'customer');
    const [first, second, third] = [await logIn(), await logIn(), await logIn()];
    for (let time = 0; time < 3; time++) await logIn('wrong password');
    const change = (currentPassword: string) =>
      ask('PUT', '/user/profile', { currentPassword, newPassword: 'battery horse correct' }, first.token);
    await ask('POST', '/products', { name: 'Lamp', price: 1 }, first.token);
    await call(`${system.queryApi.url}/admin/projections`, { token: first.token });
    const { refreshToken } = (await ask('POST', '/auth/refresh', { refreshToken: second.refreshToken })).body;
    for (const used of [refreshToken, second.refreshToken]) await ask('POST', '/auth/refresh', { refreshToken: used });
    await ask('POST', '/auth/logout', undefined, third.token);
    expect((await change(password)).status).toBe(200);
    for (const expected of [400, 400, 429]) expect((await change('wrong password')).status).toBe(expected);
    await cli('users', 'end', email);
    await cli('users', 'promote', email);
    said += (await system.cli(['users', 'set-password', email, '--password-stdin'], password)).stderr;
    await cli('users', 'disable', email);
    await cli('users', 'enable', email);
    await cli('users', 'erase', email, '--yes');

    const bob = await issuer.token({ sub: 'subject-of-bob', name: 'Bob Brown', email: 'bob@example.com' });
    const outside = await ask('POST', '/auth/me', undefined, bob);

    const kindsIn = (text: string) => new Set(linesIn(text).map(({ security }) => security)).size;
    const text = await until(written, (seen) => kindsIn(seen) >= Object.keys(securityEvents).length);
    const lines = linesIn(text);
    expect(new Set(lines.map(({ security }) => security))).toEqual(new Set(Object.keys(securityEvents)));
    for (const line of lines) {
      const whose = line.security === 'user.admitted' ? outside.body.id : userId;
      expect(line).toMatchObject({ userId: whose, security: expect.any(String) });
    }
    const hashes = lines.flatMap(({ security, addressHash }) =>
      security === 'access.denied' ? [] : (addressHash ?? []),
    );
    expect(new Set(hashes)).toEqual(new Set([expect.stringMatching(/^[\w-]{22}$/)]));
    for (const personal of [
      email,
      'Ann Smith',
      'subject-of-bob',
      'Bob Brown',
      'bob@example.com',
      '0912345678',
      '192.0.2.1',
      password,
      'wrong password',
      first.token,
      made.body.key,
      reset.body.token,
    ]) {
      expect(JSON.stringify(lines)).not.toContain(personal);
    }
  }, 60_000);
});
