import { call, startSystem, type Answer, type RunningSystem } from '#dev/testing';

const good = 'correct horse battery';
const chinese = '密碼過於常見，或與您的名稱、使用者名稱或電子郵件相同';

describe('a common password', () => {
  let system: RunningSystem;

  beforeAll(async () => {
    system = await startSystem({ HOLDFAST_COMMON_PASSWORDS: 'refuse' });
  });

  afterAll(() => system.stop());

  function ask(method: string, path: string, body: object, token?: string): Promise<Answer> {
    const headers = { 'accept-language': 'zh-TW' };
    return call(`${system.commandApi.url}${path}`, {
      method,
      body,
      headers,
      ...(token === undefined ? {} : { token }),
    });
  }

  const ming = { email: 'wang.xiaoming@example.com', name: '王小明', phone: '0912345678' };

  it('is no new user’s, nor is what they are called', async () => {
    for (const password of ['12345678', 'password123', 'aaaaaaaa', 'Wang.Xiaoming']) {
      const rejected = await ask('POST', '/auth/register', { ...ming, password });
      expect(rejected).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED', data: { password: chinese } } });
    }
    const signup = { user_name: 'xiaoming99', password: 'XiaoMing99' };
    expect(await ask('POST', '/auth/signup', signup)).toMatchObject({
      status: 422,
      body: { data: { password: chinese } },
    });
    expect(await ask('POST', '/auth/register', { ...ming, password: good })).toMatchObject({ status: 200 });
  });

  it('is not chosen instead of another', async () => {
    const { body } = await ask('POST', '/auth/login', { email: ming.email, password: good });
    const change = (newPassword: string, more = {}) =>
      ask('PUT', '/user/profile', { currentPassword: good, newPassword, ...more }, body.token);
    for (const rejected of [
      await change('iloveyou1'),
      await change('WANG.xiaoming'),
      await change('mingming the 2nd', { name: 'Mingming the 2nd' }),
    ]) {
      expect(rejected).toMatchObject({ status: 422, body: { data: { newPassword: chinese } } });
    }
    expect(await change('battery horse correct')).toMatchObject({ status: 200 });
  });

  it('is not given to a user with the CLI', async () => {
    const create = ['users', 'create', '--email', 'clerk@example.com', '--name', 'Clerk the First', '--password-stdin'];
    for (const password of ['password1', 'clerk the first']) {
      expect(await system.cli(create, password)).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('HOLDFAST_COMMON_PASSWORDS'),
      });
    }
    expect(await system.cli(create, good)).toMatchObject({ exitCode: 0 });
  });
});
