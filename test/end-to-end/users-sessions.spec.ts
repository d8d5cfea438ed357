import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sessionKey } from '#people';
import { createRedis, untilConnected, type Redis } from '#platform';
import { startRedis, type Server } from '#dev/servers';
import { call, startSystem, until, type RunningSystem } from '#dev/testing';

interface Person {
  readonly email: string;
  readonly userId: string;
  readonly token: string;
}

const password = 'password123';
let people = 0;

describe('a session that ends', () => {
  let directory: string;
  let redis: Server;
  let system: RunningSystem;
  /** Two that write, and one that reads. */
  let processes: string[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'holdfast-sessions-'));
    redis = await startRedisAt();
    system = await startSystem({ REDIS_URL: redis.url });
    const second = await system.start('command-api');
    processes = [system.commandApi.url, second.url, system.queryApi.url];
  });

  afterAll(async () => {
    await system.stop();
    await redis.stop();
    await rm(directory, { recursive: true, force: true });
  });

  function startRedisAt(port?: number): Promise<Server> {
    const [dataDir, logFile] = [join(directory, 'redis'), join(directory, 'redis.log')];
    return startRedis({ dataDir, logFile, appendOnly: true, ...(port === undefined ? {} : { port }) });
  }

  async function register(): Promise<Person> {
    people += 1;
    const newUser = { email: `person${people}@example.com`, password, name: 'Person', phone: '0912345678' };
    const { body } = await call(`${system.commandApi.url}/auth/register`, { body: newUser });
    return { email: newUser.email, userId: body.user.id, token: body.token };
  }

  async function loginAgain({ email, userId }: Person): Promise<Person> {
    const { body } = await call(`${system.commandApi.url}/auth/login`, { body: { email, password } });
    return { email, userId, token: body.token };
  }

  async function statusesOf({ token }: Person): Promise<number[]> {
    const asked = processes.map((url) =>
      call(`${url}/auth/me`, { method: url === system.queryApi.url ? 'GET' : 'POST', token }),
    );
    return (await Promise.all(asked)).map(({ status }) => status);
  }

  async function logOut({ token }: Person): Promise<void> {
    const headers = { 'accept-language': 'zh-TW' };
    const answer = await call(`${system.commandApi.url}/auth/logout`, { method: 'POST', token, headers });
    expect(answer).toMatchObject({ status: 200, body: { message: '登出成功' } });
  }

  async function changePassword({ token }: Person): Promise<void> {
    const body = { currentPassword: password, newPassword: 'another password' };
    const answer = await call(`${system.commandApi.url}/user/profile`, { method: 'PUT', token, body });
    expect(answer).toMatchObject({ status: 200, body: { message: 'Profile updated' } });
  }

  async function withRedis<T>(work: (client: Redis) => Promise<T>): Promise<T> {
    const client = createRedis(redis.url);
    await untilConnected(client);
    try {
      return await work(client);
    } finally {
      client.disconnect();
    }
  }

  function knownToRedis({ userId, token }: Person): Promise<string | null> {
    const { sid } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sid: string };
    return withRedis((client) => client.get(sessionKey(userId, sid)));
  }

  async function untilRedisIsHeardOf(): Promise<void> {
    for (const url of processes) {
      await until(
        () => call(`${url}/health/ready`),
        ({ body }) => body.degraded.length === 0,
      );
    }
  }

  const live = [200, 200, 200];
  const dead = [401, 401, 401];

  it('by a logout is dead on every process at once, and no other is', async () => {
    const here = await register();
    const elsewhere = await loginAgain(here);
    expect(await statusesOf(here)).toEqual(live);
    await logOut(here);
    expect(await statusesOf(here)).toEqual(dead);
    expect(await statusesOf(elsewhere)).toEqual(live);
  });

  it('by a change of password is dead on every process at once, and the one that changed it lives', async () => {
    const here = await register();
    const elsewhere = await loginAgain(here);
    expect(await statusesOf(elsewhere)).toEqual(live);
    await changePassword(here);
    expect(await statusesOf(elsewhere)).toEqual(dead);
    expect(await statusesOf(here)).toEqual(live);
  });

  it('stays dead when Redis is flushed, and what lives stays alive', async () => {
    const [out, changed, stays] = [await register(), await register(), await register()];
    const changedElsewhere = await loginAgain(changed);
    for (const person of [out, changedElsewhere, stays]) expect(await statusesOf(person)).toEqual(live);
    await logOut(out);
    await changePassword(changed);
    await withRedis((client) => client.flushall());
    for (const person of [out, changedElsewhere]) expect(await statusesOf(person)).toEqual(dead);
    for (const person of [changed, stays]) expect(await statusesOf(person)).toEqual(live);
  });

  it('while Redis was away stays dead when Redis is back and calls it live', async () => {
    const [out, changed, stays] = [await register(), await register(), await register()];
    const changedElsewhere = await loginAgain(changed);
    for (const person of [out, changedElsewhere, stays]) {
      expect(await statusesOf(person)).toEqual(live);
      await until(async () => {
        await statusesOf(person);
        return (await knownToRedis(person)) === '1';
      });
    }
    redis.kill();
    await redis.exited;
    await logOut(out);
    await changePassword(changed);
    for (const person of [out, changedElsewhere]) expect(await statusesOf(person)).toEqual(dead);
    for (const person of [changed, stays]) expect(await statusesOf(person)).toEqual(live);

    redis = await startRedisAt(redis.port);
    await untilRedisIsHeardOf();
    for (const person of [out, changedElsewhere]) {
      expect(await knownToRedis(person)).toBe('1');
      expect(await statusesOf(person)).toEqual(dead);
    }
    for (const person of [changed, stays]) expect(await statusesOf(person)).toEqual(live);

    const late = await system.start('command-api');
    const answer = await call(`${late.url}/auth/me`, { method: 'POST', token: out.token });
    expect(answer).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
  });

  it('leaves no trace of tokens, passwords and addresses in the logs', async () => {
    const { email, token } = await register();
    await call(`${system.commandApi.url}/auth/login`, { body: { email, password: 'not this one' } });
    const logs = await Promise.all(
      (await readdir(system.directory)).map((name) => readFile(join(system.directory, name), 'utf8')),
    );
    expect(logs.join('')).toContain('command-api is ready');
    for (const secret of [email, token, token.split('.')[2] ?? '', password, 'not this one']) {
      expect(logs.join('')).not.toContain(secret);
    }
  });
});
