import { call, startSystem, type Answer, type RunningSystem } from '#dev/testing';

const password = 'correct horse battery';

describe('requests without a session', () => {
  let system: RunningSystem;
  let token: string;

  beforeAll(async () => {
    system = await startSystem({
      HOLDFAST_PROXY_HOPS: '1',
      HOLDFAST_ANONYMOUS_WRITES_PER_MINUTE_MAX: '3',
      HOLDFAST_ANONYMOUS_READS_PER_MINUTE_MAX: '3',
      HOLDFAST_READS_PER_MINUTE_MAX: '4',
    });
    const body = { user_name: 'visitor', password };
    token = (await call(`${system.commandApi.url}/auth/signup`, { body })).body.token as string;
  });

  afterAll(() => system.stop());

  const from = (address: string) => ({ 'x-forwarded-for': address });

  function read(address: string, by?: string): Promise<Answer> {
    return call(`${system.queryApi.url}/items`, { headers: from(address), ...(by === undefined ? {} : { token: by }) });
  }

  function refresh(address: string): Promise<Answer> {
    const body = { refreshToken: 'a'.repeat(80) };
    return call(`${system.commandApi.url}/auth/refresh`, { body, headers: from(address) });
  }

  async function statuses(times: number, send: () => Promise<Answer>): Promise<number[]> {
    const answers: number[] = [];
    for (let time = 0; time < times; time++) answers.push((await send()).status);
    return answers;
  }

  it('are limited by their address when they read, and told how many are left', async () => {
    expect((await read('192.0.2.1')).headers.get('ratelimit-remaining')).toBe('2');
    expect(await statuses(3, () => read('192.0.2.1'))).toEqual([200, 200, 429]);
    const rejected = await read('192.0.2.1');
    expect(rejected).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect(Number(rejected.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(rejected.headers.get('ratelimit-policy')).toBe('3;w=60');
    expect(await statuses(1, () => read('192.0.2.2'))).toEqual([200]);
  });

  it('are limited by their address when they log in, register or refresh', async () => {
    expect(await statuses(4, () => refresh('192.0.2.3'))).toEqual([401, 401, 401, 429]);
    for (const [path, body] of Object.entries({
      login: { email: 'x@example.com', password },
      signup: {},
      register: {},
    })) {
      const answer = await call(`${system.commandApi.url}/auth/${path}`, { body, headers: from('192.0.2.3') });
      expect(answer).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    }
    expect(await statuses(1, () => refresh('192.0.2.4'))).toEqual([401]);
  });

  it('of one network of IPv6 are of one address', async () => {
    const reads = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8::4', '2001:db8:0:1::1'];
    const answers = [];
    for (const address of reads) answers.push((await read(address)).status);
    expect(answers).toEqual([200, 200, 200, 429, 200]);
  });

  it('are counted for the caller where a token comes with them, wherever they come from', async () => {
    const addresses = ['192.0.2.1', '192.0.2.5', '192.0.2.6', '192.0.2.7', '192.0.2.8'];
    const answers = [];
    for (const address of addresses) answers.push((await read(address, token)).status);
    expect(answers).toEqual([200, 200, 200, 200, 429]);
    expect(await statuses(4, () => read('192.0.2.9', 'x.y.z'))).toEqual([200, 200, 200, 429]);
  });

  it('are never too many for whoever watches the services, or reads their documents', async () => {
    for (const { url } of [system.commandApi, system.queryApi]) {
      for (const path of ['/health/live', '/health/ready', '/metrics', '/docs']) {
        const answers = Array.from({ length: 5 }, () => fetch(`${url}${path}`, { headers: from('192.0.2.1') }));
        for (const { status } of await Promise.all(answers)) expect([path, status]).toEqual([path, 200]);
      }
    }
    const numbers = await (await fetch(`${system.queryApi.url}/metrics`)).text();
    expect(Number(/^holdfast_public_rejections_total\{?.*? (\d+)$/m.exec(numbers)?.[1])).toBeGreaterThan(2);
  });
});
