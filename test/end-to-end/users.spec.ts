import { request } from 'node:http';
import { createRedis, untilConnected } from '#platform';
import { call, startSystem, until, untilAnswered, type Answer, type RunningSystem } from '#dev/testing';

const chinese = { 'accept-language': 'zh-TW' };
const ming = { email: 'ming@example.com', password: 'password123', name: '王小明', phone: '0912345678' };

const registrationsMax = 20;
const bounds = {
  HOLDFAST_LOGINS_PER_ACCOUNT_MAX: '3',
  HOLDFAST_LOGINS_PER_ADDRESS_MAX: String(registrationsMax),
};

describe('people', () => {
  let system: RunningSystem;

  beforeAll(async () => {
    system = await startSystem({ HOLDFAST_PROXY_HOPS: '1', ...bounds });
  });

  afterAll(() => system.stop());

  function post(path: string, body: unknown, more: { token?: string; headers?: Record<string, string> } = {}) {
    return call(`${system.commandApi.url}/api${path}`, { method: 'POST', body, ...more });
  }

  function get(path: string, token?: string): Promise<Answer> {
    return call(`${system.queryApi.url}/api${path}`, token === undefined ? {} : { token });
  }

  async function registered(name: string): Promise<{ token: string; refreshToken: string; user: { id: string } }> {
    const { status, body } = await post('/auth/register', { ...ming, email: `${name}@example.com` });
    expect(status).toBe(200);
    return body;
  }

  /** All that Redis has of somebody. */
  async function keptOf(userId: string): Promise<string> {
    const redis = createRedis(system.env['REDIS_URL'] ?? '');
    await untilConnected(redis);
    const places = await redis.keys(`{${userId}}*`);
    const kept = await Promise.all(places.map((place) => redis.get(place)));
    redis.disconnect();
    return kept.join('\n');
  }

  const userAnswer = {
    id: expect.stringMatching(/^user_[\da-f]{16}$/),
    number: expect.any(Number),
    email: ming.email,
    user_name: null,
    name: ming.name,
    phone: ming.phone,
    address: null,
    role: 'customer',
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  };
  const tokens = { token: expect.any(String), refreshToken: expect.any(String), expiresIn: 3600 };

  it('register, and are logged in', async () => {
    const answer = await post('/auth/register', ming);
    expect([answer.status, answer.body]).toEqual([200, { user: userAnswer, ...tokens }]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    for (const path of ['/user/profile', '/auth/me']) {
      expect(await get(path, answer.body.token)).toMatchObject({ status: 200, body: answer.body.user });
    }
    expect(await post('/auth/me', undefined, answer.body)).toMatchObject({ status: 200, body: answer.body.user });
    const again = await post('/auth/login', { email: 'MING@example.com', password: ming.password });
    expect([again.status, again.body]).toEqual([200, { user: answer.body.user, ...tokens }]);
    expect(again.body.token).not.toBe(answer.body.token);
  });

  it('are one account for one address, however it is composed', async () => {
    const [composed, decomposed] = ['jos\u00e9@example.com', 'jose\u0301@example.com'];
    const { status, body } = await post('/auth/register', { ...ming, email: decomposed });
    expect([status, body.user.email]).toEqual([200, composed]);
    expect(await post('/auth/register', { ...ming, email: composed })).toMatchObject({ status: 422 });
    for (const login of [{ email: composed }, { email: decomposed }, { username: decomposed }]) {
      const answer = await post('/auth/login', { ...login, password: ming.password });
      expect(answer).toMatchObject({ status: 200, body: { user: { id: body.user.id } } });
    }
    const create = ['users', 'create', '--name', 'José', '--password-stdin', '--email'];
    const again = await system.cli([...create, decomposed], ming.password);
    expect(again).toMatchObject({ exitCode: 1, stderr: `the address ${composed} is already registered\n` });
    for (const unseen of ['\u00ad', '\u200b', '\u034f', '\ufe0f']) {
      const email = `unseen${unseen}@example.com`;
      const rejected = { status: 422, body: { data: { email: 'must be an e-mail address' } } };
      expect(await post('/auth/register', { ...ming, email })).toMatchObject(rejected);
      expect(await system.cli([...create, email], ming.password)).toMatchObject({ exitCode: 2 });
    }
  });

  it('are told of each field what it must be, in the words of the requirement', async () => {
    const answer = await post('/auth/register', { email: 'x', password: 'short', phone: '1' }, { headers: chinese });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        statusCode: 422,
        statusMessage: '驗證失敗',
        data: {
          email: '請輸入有效的電子郵件格式',
          password: '密碼至少需要 8 個字元',
          name: '此欄位為必填',
          phone: '長度必須為 10 至 20 個字元',
        },
      },
    });
  });

  it('have an address that nobody else has, even of those who register at once', async () => {
    const twin = { ...ming, email: 'twin@example.com' };
    const answers = await Promise.all([1, 2, 3].map(() => post('/auth/register', twin, { headers: chinese })));
    const rejected = { statusMessage: '驗證失敗', code: 'VALIDATION_FAILED', data: { email: '此電子郵件已被註冊' } };
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(2);
    expect(answers.find(({ status }) => status === 422)?.body).toMatchObject(rejected);
  });

  it('are not made without bound at one address', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.99' };
    const register = (n: number) =>
      post('/auth/register', { ...ming, email: `one-of-many${n}@example.com` }, { headers });
    for (let n = 0; n < registrationsMax; n++) expect(await register(n)).toMatchObject({ status: 200 });
    const rejected = { status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } };
    expect(await register(registrationsMax)).toMatchObject(rejected);
    expect(await post('/auth/signup', { user_name: 'many', password: 'testpass1234' }, { headers })).toMatchObject(
      rejected,
    );
    const known = { email: 'one-of-many0@example.com', password: ming.password };
    expect(await post('/auth/login', known, { headers })).toMatchObject({ status: 200 });
  });

  it('sign up with a user name, and log in with a form as OAuth 2 does', async () => {
    const signedUp = await post('/auth/signup', { user_name: 'testuser', password: 'testpass1234' });
    expect(signedUp).toMatchObject({ status: 200, body: { ...tokens, user: { email: null, user_name: 'testuser' } } });
    const taken = await post('/auth/signup', { user_name: 'TestUser', password: 'testpass1234' });
    expect(taken).toMatchObject({ status: 422, body: { data: { user_name: 'is taken' } } });
    for (const user_name of ['a@b', signedUp.body.user.id]) {
      const named = await post('/auth/signup', { user_name, password: 'testpass1234' });
      expect(named).toMatchObject({ status: 422, body: { data: { user_name: expect.any(String) } } });
    }
    for (const user_name of ['test\u034fuser', '\u3164', 'testuser\ufe0f', '\ufdfa']) {
      expect(await post('/auth/signup', { user_name, password: 'testpass1234' })).toMatchObject({ status: 422 });
    }
    const wide = await post('/auth/signup', { user_name: 'ｔｅｓｔｕｓｅｒ', password: 'testpass1234' });
    expect(wide).toMatchObject({ status: 422, body: { data: { user_name: 'is taken' } } });
    const answer = await fetch(`${system.commandApi.url}/auth/login`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'password',
        scope: '',
        client_id: 'web',
        client_secret: 'none',
        // As a keyboard for Chinese may write it.
        username: 'ＴｅｓｔＵｓｅｒ',
        password: 'testpass1234',
      }),
    });
    const body = (await answer.json()) as Record<string, unknown>;
    expect(body).toMatchObject({ ...tokens, token_type: 'bearer', expires_in: 3600 });
    expect(body).toMatchObject({ access_token: body['token'], refresh_token: body['refreshToken'] });
    expect(await get('/auth/me', String(body['access_token']))).toMatchObject({ status: 200 });
  });

  it.each([
    [{ password: 'password123' }, { email: 'is required' }],
    [{ email: 'not one', password: 'password123' }, { email: 'must be an e-mail address' }],
    [{ email: ming.email }, { password: 'is required' }],
    [{ email: ming.email, username: 'ming', password: 'p' }, { username: 'cannot be combined with email' }],
  ])('are not logged in with %j', async (body, data) => {
    expect(await post('/auth/login', body)).toMatchObject({ status: 422, body: { data } });
  });

  it('log in and refresh with GET, the credentials in the body', async () => {
    const getWithBody = (path: string, body: object, headers = {}): Promise<Record<string, string>> =>
      new Promise((resolve, reject) => {
        const payload = JSON.stringify(body);
        const framed = { ...headers, 'content-type': 'application/json', 'content-length': payload.length };
        const asking = request(`${system.commandApi.url}${path}`, { method: 'GET', headers: framed });
        asking.on('error', reject).on('response', (answer) => {
          let text = '';
          answer.on('data', (chunk) => (text += String(chunk))).on('end', () => resolve(JSON.parse(text)));
        });
        asking.end(payload);
      });
    await registered('getter');
    const login = await getWithBody('/login', { email: 'getter@example.com', password: ming.password });
    expect(login).toMatchObject(tokens);
    const refreshed = await getWithBody('/api/v1/refresh', { refreshToken: login['refreshToken'] });
    expect(refreshed).toEqual(tokens);
    const again = await getWithBody('/refresh', {}, { authorization: `Bearer ${refreshed['refreshToken']}` });
    expect(again).toEqual(tokens);
    expect(await get('/auth/me', again['token'])).toMatchObject({ status: 200 });
    expect(await call(`${system.commandApi.url}/login?email=getter@example.com&password=password123`)).toMatchObject({
      status: 422,
    });
  });

  it('go on with a refresh token, which for a moment gives the same again; what comes later ends the session', async () => {
    const first = await registered('refresher');
    const second = await post('/auth/refresh', { refresh_token: first.refreshToken });
    expect([second.status, second.body]).toEqual([200, tokens]);
    const tab = await post('/auth/refresh', { refreshToken: first.refreshToken });
    expect([tab.status, tab.body]).toEqual([200, { ...tokens, refreshToken: second.body.refreshToken }]);
    for (const { token } of [second.body, tab.body]) {
      expect(await get('/auth/me', token)).toMatchObject({ status: 200 });
    }
    const third = await post('/auth/refresh', { refreshToken: second.body.refreshToken });
    expect(third).toMatchObject({ status: 200 });
    const dead = { status: 401, body: { code: 'TOKEN_INVALID' } };
    expect(await post('/auth/refresh', { refreshToken: first.refreshToken })).toMatchObject(dead);
    expect(await post('/auth/refresh', { refreshToken: third.body.refreshToken })).toMatchObject(dead);
    for (const token of [first.token, second.body.token, tab.body.token])
      expect(await get('/auth/me', token)).toMatchObject(dead);
  });

  it('do not refresh with an access token, or with nothing', async () => {
    const { token } = await registered('mistaken');
    expect(await post('/auth/refresh', {}, { token })).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
    expect(await post('/auth/refresh', {})).toMatchObject({ status: 401, body: { code: 'TOKEN_MISSING' } });
  });

  it('change what is known of them', async () => {
    const { token } = await registered('mover');
    const put = (body: object, headers: Record<string, string> = {}) =>
      call(`${system.commandApi.url}/user/profile`, {
        method: 'PUT',
        body,
        token,
        headers: { ...chinese, ...headers },
      });
    const changed = await put({ name: '王大明', phone: '0987654321', address: '市府路1號' });
    expect(changed).toMatchObject({
      status: 200,
      body: { message: '更新成功', user: { name: '王大明', phone: '0987654321', address: '市府路1號' } },
    });
    expect((await get('/user/profile', token)).body).toEqual(changed.body.user);
    expect(await put({ address: null })).toMatchObject({
      status: 200,
      body: { user: { name: '王大明', address: null } },
    });
    for (const wrong of [{ phone: '1' }, { phone: null }, { name: null }, { address: '' }]) {
      expect(await put(wrong)).toMatchObject({ status: 422 });
    }
    expect(await put({ newPassword: 'newpassword456' })).toMatchObject({
      status: 400,
      body: { code: 'CURRENT_PASSWORD_MISSING', statusMessage: '更改密碼需要提供目前密碼' },
    });
    const wrong = { currentPassword: 'wrong', newPassword: 'newpassword456' };
    for (let time = 0; time < 3; time++) {
      expect(await put(wrong)).toMatchObject({
        status: 400,
        body: { code: 'PASSWORD_WRONG', statusMessage: '目前密碼不正確' },
      });
    }
    const key = { 'idempotency-key': 'mine' };
    const throttled = await put({ ...wrong, currentPassword: ming.password }, key);
    expect(throttled).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } });
    expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0);
    const moved = await untilAnswered(() => put({ address: '中山路2號' }, key));
    expect(moved).toMatchObject({ status: 200, body: { user: { address: '中山路2號' } } });
  });

  it('who are unknown and who are mistaken are rejected alike, and as often', async () => {
    await registered('guessed');
    const seen = [];
    for (const [index, email] of ['guessed@example.com', 'nobody@example.com'].entries()) {
      const headers = { ...chinese, 'x-forwarded-for': `192.0.2.${index}`, 'x-request-id': 'same' };
      const answers: Answer[] = [];
      for (let time = 0; time < 4; time++) {
        answers.push(await post('/auth/login', { email, password: 'wrong' }, { headers }));
      }
      const [first, , , last] = answers;
      expect(first).toMatchObject({ status: 401, body: { statusMessage: '電子郵件或密碼錯誤' } });
      expect(last).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } });
      expect(last?.headers.get('retry-after')).toMatch(/^\d+$/);
      seen.push(answers.slice(0, 3).map(({ status, body }) => ({ status, body })));
    }
    expect(seen[0]).toEqual(seen[1]);
    const metrics = await (await fetch(`${system.commandApi.url}/metrics`)).text();
    expect(metrics).toMatch(/holdfast_logins_total\{.*outcome="rejected".*\} 6/);
    expect(metrics).toMatch(/holdfast_logins_total\{.*outcome="throttled".*\} 2/);
  });

  it('get in from where they logged in before, though others guess at their password elsewhere', async () => {
    const at = (host: string, given: string) =>
      post('/auth/login', { email: 'owner@example.com', password: given }, { headers: { 'x-forwarded-for': host } });
    const home = { headers: { 'x-forwarded-for': '203.0.113.1' } };
    expect(await post('/auth/register', { ...ming, email: 'owner@example.com' }, home)).toMatchObject({ status: 200 });
    for (let host = 1; host < 9; host++) await at(`198.51.100.${host}`, 'wrong');
    const elsewhere = await at('203.0.113.2', ming.password);
    expect(elsewhere).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } });
    expect(await at('203.0.113.1', ming.password)).toMatchObject({ status: 200 });
    for (const status of [401, 401, 401, 429]) expect(await at('203.0.113.1', 'wrong')).toMatchObject({ status });
  });

  it('are managed by command', async () => {
    const { token, user } = await registered('worker');
    const promoted = await system.cli(['users', 'promote', 'worker@example.com']);
    expect(promoted).toMatchObject({ exitCode: 0, stdout: `${user.id} is now staff; ended 1 session.\n` });
    expect(await get('/auth/me', token)).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
    const { body } = await post('/auth/login', { email: 'worker@example.com', password: ming.password });
    expect(body.user).toMatchObject({ role: 'staff' });
    expect(await post('/products', { name: 'x', price: 1 }, body)).toMatchObject({ status: 201 });

    const listed = JSON.parse((await system.cli(['users', 'list', '--json'])).stdout) as { id: string }[];
    expect(listed.find(({ id }) => id === user.id)).toMatchObject({ email: 'worker@example.com', role: 'staff' });

    expect(await system.cli(['users', 'erase', user.id])).toMatchObject({
      exitCode: 1,
      stderr: 'not a terminal; pass --yes to erase without confirmation\n',
    });
    await call(`${system.commandApi.url}/user/profile`, {
      method: 'PUT',
      body: { phone: '0912345678' },
      token: body.token,
      headers: { 'idempotency-key': 'mine' },
    });
    // Nobody waits until the answer is kept.
    await until(
      () => keptOf(user.id),
      (kept) => kept.includes('0912345678'),
    );
    expect(await system.cli(['users', 'erase', user.id, '--yes'])).toMatchObject({ exitCode: 0 });
    expect(await keptOf(user.id)).not.toMatch('0912345678');
    expect(await get('/auth/me', body.token)).toMatchObject({ status: 401 });
    const gone = await post('/auth/login', { email: 'worker@example.com', password: ming.password });
    expect(gone).toMatchObject({ status: 401, body: { code: 'CREDENTIALS_WRONG' } });
    expect(await system.cli(['users', 'promote', 'worker@example.com'])).toMatchObject({ exitCode: 1 });
    const create = ['users', 'create', '--email', 'clerk@example.com', '--name', 'Clerk', '--password-stdin'];
    for (const password of ['short', '        ', 'with a \0 in it', '😀'.repeat(7)]) {
      expect(await system.cli(create, password)).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('the password must have 8 to 1024 characters'),
      });
    }
    expect(await system.cli(create, '😀'.repeat(8))).toMatchObject({ exitCode: 0 });
    expect(await system.cli(['users', 'create', '--email', 'x', '--name', 'x', '--password-stdin'])).toMatchObject({
      exitCode: 2,
    });
  });
});
