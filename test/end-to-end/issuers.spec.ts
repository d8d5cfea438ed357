import { exportSPKI, SignJWT, UnsecuredJWT } from 'jose';
import { call, OidcIssuer, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';

const password = 'correct horse battery';
const people = ['ana', 'bob', 'cho', 'dan', 'eve', 'fay', 'gus', 'hal', 'ida'];

describe('a token of an outside issuer', () => {
  let issuer: OidcIssuer;
  let system: RunningSystem;

  beforeAll(async () => {
    issuer = await OidcIssuer.start(people);
    const roles = { claim: 'roles', staff: ['admin'] };
    system = await startSystem({
      HOLDFAST_ISSUERS: JSON.stringify([{ issuer: issuer.url, audience: 'shop', roles }]),
      HOLDFAST_LOG_LEVEL: 'debug',
    });
    const token = await issuer.token('ida', { claims: { roles: ['admin'] } });
    await write('POST', '/products', token, { id: 'prod_lamp', name: 'Lamp', price: 5 });
    expect(await write('POST', '/stock', token, { product_id: 'prod_lamp', stock: 1000 })).toMatchObject({
      status: 201,
    });
  }, 60_000);

  afterAll(async () => {
    await system.stop();
    await issuer.stop();
  });

  function write(method: string, path: string, token: string, body?: unknown, headers = {}): Promise<Answer> {
    return call(`${system.commandApi.url}${path}`, { method, body, token, headers });
  }

  function read(path: string, token: string, headers = {}): Promise<Answer> {
    return call(`${system.queryApi.url}${path}`, { token, headers });
  }

  function buy(token: string, key = 'one'): Promise<Answer> {
    return write('POST', '/items/prod_lamp/purchase', token, { quantity: 1 }, { 'idempotency-key': key });
  }

  const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
  const invalid = { status: 401, body: { code: 'TOKEN_INVALID' } };

  it.each([
    ['RS256', 'ana'],
    ['ES256', 'bob'],
    ['EdDSA', 'cho'],
  ])('signed with %s is a customer’s, who buys and sees what they bought', async (alg, person) => {
    const token = await issuer.token(person, { alg });
    const bought = await buy(token);
    expect(bought).toMatchObject({ status: 201 });
    expect(await buy(token)).toMatchObject({ status: 201, body: bought.body });
    const seen = { 'consistency-token': bought.headers.get('consistency-token') ?? '' };
    const { body } = await read('/purchases', token, seen);
    expect(body.purchases).toMatchObject([{ itemId: 'prod_lamp', quantity: 1 }]);
    // Another token of the same subject is the same customer.
    expect(await buy(await issuer.token(person))).toMatchObject({ body: bought.body });
    expect(await write('POST', '/products', token, { name: 'Mine', price: 1 })).toMatchObject({ status: 403 });
  });

  it('makes its customer on first use, be it a read, and only once', async () => {
    const token = await issuer.token('dan', { claims: { name: 'Dan', email: 'dan@example.com' } });
    const asked = [1, 2, 3, 4].flatMap(() => [read('/auth/me', token), write('POST', '/auth/me', token)]);
    const answers = await Promise.all(asked);
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(answers[0]).toMatchObject({
      status: 200,
      body: {
        id: expect.stringMatching(/^user_[\da-f]{32}$/),
        number: expect.any(Number),
        name: 'Dan',
        email: 'dan@example.com',
        user_name: null,
        role: 'customer',
      },
    });
    expect(await read('/auth/sessions', token)).toMatchObject({ status: 200, body: { sessions: [] } });
    expect(await write('DELETE', '/auth/sessions', token)).toMatchObject({ status: 200, body: { ended: 0 } });
    expect(await write('POST', '/auth/logout', token)).toMatchObject({ status: 409, body: { code: 'NO_SESSION' } });
    const refresh = { body: { refreshToken: token } };
    expect(await call(`${system.commandApi.url}/auth/refresh`, refresh)).toMatchObject(invalid);
    const changed = await write('PUT', '/user/profile', token, { name: 'Daniel' });
    expect(changed.body).toMatchObject({ user: { name: 'Daniel', email: 'dan@example.com' } });
  });

  it('makes staff only if its roles say so, and only for itself', async () => {
    const staff = await issuer.token('eve', { claims: { roles: ['admin', 'other'] } });
    const customer = await issuer.token('eve', { claims: { roles: ['other'] } });
    expect(await write('POST', '/products', staff, { name: 'Ours', price: 1 })).toMatchObject({ status: 201 });
    expect(await write('POST', '/products', customer, { name: 'Mine', price: 1 })).toMatchObject({ status: 403 });
    expect((await read('/auth/me', staff)).body).toMatchObject({ role: 'staff' });
    const { body } = await read('/auth/me', customer);
    expect(body).toMatchObject({ role: 'customer' });
    const promoted = await system.cli(['users', 'promote', body.id]);
    expect([promoted.exitCode, promoted.stderr]).toEqual([1, expect.stringContaining(issuer.url)]);
  });

  it('with the e-mail address of somebody who has a password is not theirs', async () => {
    const email = 'local@example.com';
    const registered = await call(`${system.commandApi.url}/auth/register`, {
      body: { email, password, name: 'Local', phone: '0912345678' },
    });
    const token = await issuer.token('fay', { claims: { email, email_verified: true } });
    const { body } = await read('/auth/me', token);
    expect(body).toMatchObject({ email });
    expect(body.id).not.toBe(registered.body.user.id);
    const login = (given: string) => call(`${system.commandApi.url}/auth/login`, { body: { email, password: given } });
    expect(await login(password)).toMatchObject({ status: 200, body: { user: { id: registered.body.user.id } } });
    // Nor does an address that an issuer tells keep anybody from registering with it.
    await read('/auth/me', await issuer.token('gus', { claims: { email: 'gus@example.com' } }));
    expect(
      await call(`${system.commandApi.url}/auth/register`, {
        body: { email: 'gus@example.com', password, name: 'Gus', phone: '0912345678' },
      }),
    ).toMatchObject({ status: 200 });
    const staff = await issuer.token('eve', { claims: { roles: ['admin'] } });
    expect(await write('POST', '/auth/password-resets', staff, { userId: body.id })).toMatchObject({
      status: 404,
      body: { code: 'USER_NOT_FOUND' },
    });
    const set = await system.cli(['users', 'set-password', body.id, '--password-stdin'], password);
    expect([set.exitCode, set.stderr]).toEqual([1, expect.stringContaining('has no login')]);
  });

  it('is invalid if it is for another audience, of another issuer, forged or expired', async () => {
    const claims = { sub: 'ana', exp: inSeconds(60) };
    const { kid, key } = issuer.publicKey('RS256');
    const confused = new SignJWT({ ...claims, iss: issuer.url, aud: 'shop' })
      .setProtectedHeader({ typ: 'JWT', alg: 'HS256', kid })
      .sign(Buffer.from(await exportSPKI(key)));
    const tokens = await Promise.all([
      issuer.token('ana', { audience: 'bank' }),
      issuer.signed({ ...claims, iss: 'https://login.example.com' }),
      confused,
      issuer.signed({ ...claims, exp: inSeconds(-60) }),
      issuer.signed(claims, { typ: 'logout+jwt' }),
    ]);
    const unsigned = new UnsecuredJWT({ ...claims, iss: issuer.url, aud: 'shop' }).encode();
    for (const token of [...tokens, unsigned]) {
      expect(await buy(token)).toMatchObject(invalid);
      expect(await read('/purchases', token)).toMatchObject(invalid);
    }
    const late = await issuer.signed({ ...claims, exp: inSeconds(-5) });
    expect(await read('/auth/me', late)).toMatchObject({ status: 200 });
  });

  it('of a customer who is disabled or erased is worth nothing from then on', async () => {
    const token = await issuer.token('hal');
    const { id } = (await read('/auth/me', token)).body;
    const [here, there] = [() => write('POST', '/auth/me', token), () => read('/auth/me', token)];
    await here();
    const expectBoth = async (status: number): Promise<void> => {
      for (const ask of [here, there]) await until(ask, (answer) => answer.status === status);
    };
    expect(await system.cli(['users', 'disable', id])).toMatchObject({ exitCode: 0 });
    expect([await here(), await there()]).toMatchObject([invalid, invalid]);
    expect(await read('/auth/me', await issuer.token('hal'))).toMatchObject(invalid);
    expect(await system.cli(['users', 'enable', id])).toMatchObject({ exitCode: 0 });
    await expectBoth(200);
    expect(await system.cli(['users', 'erase', id, '--yes'])).toMatchObject({ exitCode: 0 });
    expect([await here(), await there()]).toMatchObject([invalid, invalid]);
    // Also a new token: the subject would be the same customer, who was to be forgotten.
    expect(await read('/auth/me', await issuer.token('hal'))).toMatchObject(invalid);
  });

  it('is accepted after a rotation of keys; while the issuer is down, of a new key nobody knows', async () => {
    const old = await issuer.token('ana');
    expect(await read('/auth/me', old)).toMatchObject({ status: 200 });
    await issuer.rotate();
    const token = await issuer.token('ana');
    expect(await buy(token, 'rotated')).toMatchObject({ status: 201 });
    expect(await read('/auth/me', token)).toMatchObject({ status: 200 });
    expect(await read('/auth/me', old)).toMatchObject(invalid);
    await issuer.rotate();
    const unknown = await issuer.token('ana');
    issuer.goDown();
    const answer = await buy(unknown, 'unknown');
    expect(answer).toMatchObject({ status: 503, body: { code: 'ISSUER_UNAVAILABLE' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await buy(token, 'known')).toMatchObject({ status: 201 });
    expect(await read('/purchases', token)).toMatchObject({ status: 200 });
    const metrics = await (await fetch(`${system.commandApi.url}/metrics`)).text();
    expect(metrics).toContain(`holdfast_issuer_fetches_total{issuer="${issuer.url}",outcome="succeeded"`);
  });
});
