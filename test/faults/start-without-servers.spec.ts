import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WireDouble } from '#dev/event-store-double';
import { createRedis, untilConnected } from '#platform';
import { Child, freePort, startPostgres, startRedis, type Server } from '#dev/servers';
import { call, until, type Answer } from '#dev/testing';

const apps = ['command-api', 'query-api', 'projector'] as const;
type App = (typeof apps)[number];

describe('services that start before their servers', () => {
  let directory: string;
  let postgres: Server;
  let redis: Server;
  let double: WireDouble | undefined;
  let eventStorePort: number;
  let env: NodeJS.ProcessEnv;
  const children = new Map<App, Child>();
  const urls = new Map<App, string>();

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'holdfast-without-'));
    [postgres, redis] = await Promise.all([startPostgresAt(), startRedisAt()]);
    await redis.stop();
    eventStorePort = await freePort();
    env = {
      PATH: process.env['PATH'],
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      EVENTSTORE_URL: `esdb://127.0.0.1:${eventStorePort}?tls=false`,
      HOLDFAST_TOKEN_SECRET: 'b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu',
      HOLDFAST_ID_SECRET: 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba',
    };
    process.kill(postgres.pid, 'SIGSTOP');
    for (const app of apps) await start(app);
  });

  afterAll(async () => {
    for (const child of children.values()) await child.stop();
    await Promise.all([postgres.stop(), redis.stop(), double?.stop()]);
    await rm(directory, { recursive: true, force: true });
  });

  function startPostgresAt(port?: number): Promise<Server> {
    const [dataDir, logFile] = [join(directory, 'postgres'), join(directory, 'postgres.log')];
    return startPostgres({ dataDir, logFile, durable: false, ...(port === undefined ? {} : { port }) });
  }

  function startRedisAt(port?: number): Promise<Server> {
    const [dataDir, logFile] = [join(directory, 'redis'), join(directory, 'redis.log')];
    return startRedis({ dataDir, logFile, appendOnly: false, ...(port === undefined ? {} : { port }) });
  }

  async function start(app: App): Promise<void> {
    const port = await freePort();
    urls.set(app, `http://127.0.0.1:${port}`);
    children.set(app, await run(app, [`dist/apps/${app}/main.js`], { HOLDFAST_PORT: String(port) }));
  }

  function run(name: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Child> {
    const logFile = join(directory, `${name}.log`);
    const stopSteps = [{ signal: 'SIGTERM', waitMs: 10_000 }] as const;
    return Child.start({ name, command: process.execPath, args, logFile, env: { ...env, ...more }, stopSteps });
  }

  function health(app: App, what: 'live' | 'ready'): Promise<Answer | undefined> {
    return call(`${urls.get(app)}/health/${what}`).catch(() => undefined);
  }

  async function messages(app: App): Promise<string[]> {
    const lines = (await readFile(join(directory, `${app}.log`), 'utf8')).trimEnd().split('\n');
    return lines.filter((line) => line !== '').map((line) => (JSON.parse(line) as { msg: string }).msg);
  }

  async function untilSaid(what: string): Promise<void> {
    for (const app of ['command-api', 'projector'] as const) {
      await until(async () => (await messages(app)).some((message) => message.startsWith(what)));
    }
  }

  it('are live, and name what they miss, while PostgreSQL stands still and the others are away', async () => {
    for (const app of apps) await until(async () => (await health(app, 'live'))?.status === 200);
    const missing = {
      'command-api': ['event-store', 'postgres', 'redis', 'clock'],
      'query-api': ['read-models', 'redis', 'availability'],
      projector: ['event-store', 'postgres', 'holds_v6', 'availability_v3 in Redis'],
    };
    for (const app of apps) {
      const named = (answer?: Answer): boolean => missing[app].every((name) => answer?.body.degraded.includes(name));
      const answer = await until(() => health(app, 'ready'), named);
      expect(answer).toMatchObject({ status: 503, body: { status: 'starting' } });
    }
  });

  it('say once what they wait for, whenever that is another, and are ready when all is there', async () => {
    await untilSaid('waiting for PostgreSQL: Connection terminated due to connection timeout');
    process.kill(postgres.pid, 'SIGCONT');
    postgres.kill();
    await postgres.exited;
    await untilSaid('waiting for PostgreSQL: connect ECONNREFUSED');
    postgres = await startPostgresAt(postgres.port);
    await untilSaid('waiting for PostgreSQL: migrations not applied');
    expect(await (await run('migrate', ['dist/apps/cli/main.js', 'migrate'])).exited).toEqual({
      code: 0,
      signal: null,
    });
    await untilSaid('no longer waiting for PostgreSQL');
    double = await WireDouble.start({ port: eventStorePort });
    await untilSaid('no longer waiting for the event store');
    expect(await health('projector', 'ready')).toMatchObject({ status: 503, body: { status: 'starting' } });
    redis = await startRedisAt(redis.port);
    for (const app of apps) await until(async () => (await health(app, 'ready'))?.body.degraded.length === 0);
    for (const app of apps) {
      expect((await messages(app)).join('\n')).not.toContain('round of background work failed');
      const said = (await messages(app)).filter((message) => message.startsWith('waiting for PostgreSQL'));
      // The same reason can come again after another one.
      expect(said).toEqual(said.filter((message, index) => message !== said[index - 1]));
    }
  });

  it('end with a clear line when it turns out that Redis may drop what must stay', async () => {
    await children.get('command-api')?.stop();
    const client = createRedis(env['REDIS_URL'] ?? '');
    await untilConnected(client);
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    client.disconnect();
    await start('command-api');
    expect(await children.get('command-api')?.exited).toEqual({ code: 1, signal: null });
    expect((await messages('command-api')).at(-1)).toContain('Redis has the maxmemory-policy allkeys-lru');
  });

  it('end with a clear line, and nothing else, when a setting is wrong', async () => {
    const child = await run('misconfigured', ['dist/apps/command-api/main.js'], { HOLDFAST_PORT: 'eighty' });
    expect(await child.exited).toEqual({ code: 1, signal: null });
    const log = await readFile(join(directory, 'misconfigured.log'), 'utf8');
    expect(log).toMatch(/^The configuration has a fault:\nHOLDFAST_PORT .*\n$/);
  });
});
