import { createPool } from '#platform';
import { call, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';

const password = 'correct horse battery';
const lifetimeSeconds = 172_800;
const dead = { status: 401, body: { code: 'TOKEN_INVALID' } };

interface Person {
  readonly email: string;
  readonly token: string;
  readonly refreshToken: string;
  readonly userId: string;
}

describe('the sessions of a user', () => {
  let system: RunningSystem;
  let people = 0;

  beforeAll(async () => {
    system = await startSystem({
      HOLDFAST_SESSION_LIFETIME_SECONDS: String(lifetimeSeconds),
      HOLDFAST_PHONE_REQUIRED: 'false',
    });
  });

  afterAll(() => system.stop());

  async function register(): Promise<Person> {
    const email = `person${++people}@example.com`;
    const body = { email, password, name: 'Person', phone: '0912345678' };
    return personOf(email, await call(`${system.commandApi.url}/auth/register`, { body }));
  }

  async function logIn(email: string): Promise<Person> {
    return personOf(email, await call(`${system.commandApi.url}/auth/login`, { body: { email, password } }));
  }

  function personOf(email: string, { body }: Answer): Person {
    return { email, token: body.token, refreshToken: body.refreshToken, userId: body.user.id };
  }

  function list({ token }: Person): Promise<Answer> {
    return call(`${system.queryApi.url}/auth/sessions`, { token });
  }

  function end({ token }: Person, id = ''): Promise<Answer> {
    return call(`${system.commandApi.url}/auth/sessions${id === '' ? '' : `/${id}`}`, { method: 'DELETE', token });
  }

  function refresh({ refreshToken }: Pick<Person, 'refreshToken'>): Promise<Answer> {
    return call(`${system.commandApi.url}/auth/refresh`, { body: { refreshToken } });
  }

  function me({ token }: Person): Promise<Answer> {
    return call(`${system.queryApi.url}/auth/me`, { token });
  }

  async function idOf(person: Person): Promise<string> {
    const { body } = await list(person);
    return (body.sessions as { id: string; current: boolean }[]).find(({ current }) => current)?.id ?? '';
  }

  it('belong to somebody without a phone, where a setting allows it', async () => {
    const body = { email: 'no-phone@example.com', password, name: 'Nobody' };
    const answer = await call(`${system.commandApi.url}/auth/register`, { body });
    expect(answer).toMatchObject({ status: 200, body: { user: { phone: null } } });
    const short = await call(`${system.commandApi.url}/auth/register`, { body: { ...body, name: '', phone: '1' } });
    expect(short).toMatchObject({
      status: 422,
      body: { data: { name: expect.any(String), phone: expect.any(String) } },
    });
    const { body: document } = await call(`${system.commandApi.url}/docs/command-api.json`);
    expect(document.components.schemas.RegisterDto.required).toEqual(['email', 'password', 'name']);
  });

  it('end when their user resets the password with a token of staff, once', async () => {
    const [boss, forgetful] = [await register(), await register()];
    await system.cli(['users', 'promote', boss.email]);
    const { token } = await logIn(boss.email);
    const make = (body: object) => call(`${system.commandApi.url}/auth/password-resets`, { body, token });
    const use = (reset: string, next: string) =>
      call(`${system.commandApi.url}/auth/password-resets/${reset}`, { body: { password: next } });
    const logInWith = (given: string) =>
      call(`${system.commandApi.url}/auth/login`, { body: { email: forgetful.email, password: given } });

    const replaced = await make({ email: forgetful.email.toUpperCase() });
    const made = await make({ userId: forgetful.userId });
    expect([made.status, made.body]).toEqual([
      201,
      { userId: forgetful.userId, token: expect.stringMatching(/^[\w-]{60}$/), expiresAt: expect.any(String) },
    ]);
    expect(Date.parse(made.body.expiresAt) - Date.now()).toBeLessThanOrEqual(3_600_000);
    const gone = { status: 404, body: { code: 'PASSWORD_RESET_NOT_FOUND' } };
    const next = 'battery horse staple';
    for (const none of [replaced.body.token, 'x', 'A'.repeat(60)]) expect(await use(none, next)).toMatchObject(gone);
    const short = { status: 422, body: { data: { password: expect.any(String) } } };
    expect(await use(made.body.token, 'short')).toMatchObject(short);

    const uses = await Promise.all([1, 2, 3].map(() => use(made.body.token, next)));
    expect(uses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404, 404]);
    expect(await me(forgetful)).toMatchObject(dead);
    expect(await me({ ...boss, token })).toMatchObject({ status: 200 });
    expect(await logInWith(password)).toMatchObject({ status: 401 });
    expect(await logInWith(next)).toMatchObject({ status: 200 });

    const expired = await make({ email: forgetful.email });
    const pool = createPool({ url: system.env['DATABASE_URL'] ?? '', connectionsMax: 1, name: 'test' });
    await pool.query('update password_resets set expires_at = now()');
    expect(await use(expired.body.token, next)).toMatchObject(gone);
    const { rows } = await pool.query('select * from password_resets');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(expired.body.token);
    await pool.end();

    for (const change of [
      ['set-password', forgetful.email, '--password-stdin'],
      ['disable', forgetful.email],
    ]) {
      const { body } = await make({ email: forgetful.email });
      expect(await system.cli(['users', ...change], password)).toMatchObject({ exitCode: 0 });
      expect(await use(body.token, next)).toMatchObject(gone);
    }
    expect(await make({ email: forgetful.email })).toMatchObject({ status: 403, body: { code: 'USER_DISABLED' } });
  });

  it('are ended by a reset that nobody but staff can make, for somebody who exists, until the password is changed', async () => {
    const [boss, somebody] = [await register(), await register()];
    await system.cli(['users', 'promote', boss.email]);
    const { token } = await logIn(boss.email);
    const make = (body: object, by = token) =>
      call(`${system.commandApi.url}/auth/password-resets`, { body, token: by });
    expect(await make({ email: somebody.email }, somebody.token)).toMatchObject({ status: 403 });
    for (const none of [{ email: 'nobody@example.com' }, { userId: 'user_0' }, { userId: 999_999 }]) {
      expect(await make(none)).toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
    }
    for (const wrong of [{}, { email: somebody.email, userId: somebody.userId }, { email: 'x' }]) {
      expect(await make(wrong)).toMatchObject({ status: 422 });
    }
    const made = await make({ email: somebody.email });
    const body = { currentPassword: password, newPassword: 'battery horse staple' };
    const profile = `${system.commandApi.url}/user/profile`;
    expect(await call(profile, { method: 'PUT', token: somebody.token, body })).toMatchObject({ status: 200 });
    const used = await call(`${system.commandApi.url}/auth/password-resets/${made.body.token}`, {
      body: { password: 'horse staple battery' },
    });
    expect(used).toMatchObject({ status: 404 });
  });

  async function age({ userId }: Person, seconds: number): Promise<void> {
    const pool = createPool({ url: system.env['DATABASE_URL'] ?? '', connectionsMax: 1, name: 'test' });
    const values = [userId, seconds];
    await pool.query('update sessions set created_at = now() - make_interval(secs => $2) where user_id = $1', values);
    await pool.end();
  }

  it('are shown to the user, and nobody else’s', async () => {
    await register();
    const first = await register();
    const second = await logIn(first.email);
    await refresh(first);
    const answer = await list(second);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
    const shown = { id: expect.stringMatching(/^[\da-f]{32}$/), createdAt: time, expiresAt: time };
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        sessions: [
          { ...shown, refreshedAt: null, current: true },
          { ...shown, refreshedAt: time, current: false },
        ],
        nextCursor: null,
      },
    ]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('end one by one, or all but the one that asks', async () => {
    const first = await register();
    const [second, third, fourth] = [await logIn(first.email), await logIn(first.email), await logIn(first.email)];
    expect(await end(first, await idOf(second))).toMatchObject({ status: 200, body: { ended: 1 } });
    expect(await me(second)).toMatchObject(dead);
    expect(await end(first)).toMatchObject({ status: 200, body: { ended: 2 } });
    for (const ended of [third, fourth]) expect(await me(ended)).toMatchObject(dead);
    expect(await me(first)).toMatchObject({ status: 200 });
    expect(await end(first, await idOf(first))).toMatchObject({ status: 200, body: { ended: 1 } });
    expect(await me(first)).toMatchObject(dead);
  });

  it('are not ended by anybody else, nor if there are none', async () => {
    const [one, other] = [await register(), await register()];
    const unknown = { status: 404, body: { code: 'SESSION_NOT_FOUND' } };
    for (const id of [await idOf(other), 'x', '%00', '0'.repeat(32)]) expect(await end(one, id)).toMatchObject(unknown);
    expect(await me(other)).toMatchObject({ status: 200 });
    expect(await end(one)).toMatchObject({ status: 200, body: { ended: 0 } });
  });

  it('are shown and ended by an operator', async () => {
    const first = await register();
    const second = await logIn(first.email);
    const { stdout } = await system.cli(['users', 'sessions', first.email, '--json']);
    const listed = JSON.parse(stdout) as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual([await idOf(second), await idOf(first)]);
    expect(await system.cli(['users', 'end', first.email, await idOf(first)])).toMatchObject({ exitCode: 0 });
    expect(await me(first)).toMatchObject(dead);
    const again = await system.cli(['users', 'end', first.email, '0'.repeat(32)]);
    expect(again).toMatchObject({ exitCode: 1, stderr: `${first.userId} has no session ${'0'.repeat(32)}\n` });
    const all = await system.cli(['users', 'end', first.userId]);
    expect(all).toMatchObject({ exitCode: 0, stdout: `Ended 1 session of ${first.userId}.\n` });
    expect(await me(second)).toMatchObject(dead);
    expect((await system.cli(['users', 'sessions', first.email])).stdout).toBe('No sessions.\n');
  });

  it('live no longer than they may, however often they are refreshed, and their tokens no longer than they', async () => {
    const person = await register();
    await age(person, lifetimeSeconds - 600);
    const late = await refresh(person);
    expect(late).toMatchObject({ status: 200, body: { expiresIn: expect.any(Number) } });
    expect(late.body.expiresIn).toBeLessThanOrEqual(600);
    const { exp, iat, aud } = JSON.parse(Buffer.from(late.body.token.split('.')[1], 'base64url').toString());
    expect([exp - iat, aud]).toEqual([late.body.expiresIn, 'holdfast']);
    await age(person, lifetimeSeconds);
    expect(await refresh(late.body)).toMatchObject(dead);
  });

  it('give nobody what was answered to them while they were staff', async () => {
    const email = 'staff@example.com';
    const create = ['users', 'create', '--email', email, '--name', 'Staff', '--role', 'staff', '--password-stdin'];
    await system.cli(create, password);
    const make = ({ token }: Person) =>
      call(`${system.commandApi.url}/products`, {
        body: { id: 'lamp', name: 'Lamp', price: 1 },
        token,
        headers: { 'idempotency-key': 'lamp' },
      });
    const staff = await logIn(email);
    expect(await make(staff)).toMatchObject({ status: 201 });
    await until(
      () => make(staff),
      ({ headers }) => headers.get('idempotency-replayed') === 'true',
    );
    await system.cli(['users', 'promote', email, '--role', 'customer']);
    expect(await make(await logIn(email))).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });
});
