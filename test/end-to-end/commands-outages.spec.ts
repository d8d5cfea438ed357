import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, startRedis, type Server } from '#dev/servers';
import { call, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';
import { storeOf } from './event-stores.ts';

const password = 'correct horse battery';

describe('the command API, with its events elsewhere, while PostgreSQL is away', () => {
  let directory: string;
  let postgres: Server;
  let redis: Server;
  let place: Awaited<ReturnType<typeof storeOf>>;
  let system: RunningSystem;
  let token: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'holdfast-outages-'));
    [postgres, redis, place] = await Promise.all([startPostgresAt(), startRedisAt(), storeOf('EventStoreDB')]);
    system = await startSystem({ DATABASE_URL: postgres.url, REDIS_URL: redis.url, ...place.settings });
    const args = ['users', 'create', '--email', 's@example.com', '--name', 's', '--role', 'staff', '--password-stdin'];
    await system.cli(args, password);
    const { body } = await post('/auth/login', { email: 's@example.com', password });
    token = body.token as string;
    for (const id of ['known', 'unread']) {
      await post('/products', { id, name: 'x', price: 1 });
      await post('/stock', { product_id: id, stock: 5 });
    }
  });

  afterAll(async () => {
    await system.stop();
    await Promise.all([postgres.stop(), redis.stop(), place.close()]);
    await rm(directory, { recursive: true, force: true });
  });

  function startPostgresAt(port?: number): Promise<Server> {
    const [dataDir, logFile] = [join(directory, 'postgres'), join(directory, 'postgres.log')];
    return startPostgres({ dataDir, logFile, durable: false, ...(port === undefined ? {} : { port }) });
  }

  function startRedisAt(): Promise<Server> {
    return startRedis({ dataDir: join(directory, 'redis'), logFile: join(directory, 'redis.log'), appendOnly: false });
  }

  function post(path: string, body: object = {}, url = system.commandApi.url): Promise<Answer> {
    return call(`${url}${path}`, { method: 'POST', token, body });
  }

  it('sells to whoever Redis knows, also what it has to load; who would log in, it tells to come back', async () => {
    const other = await system.start('command-api');
    expect(await post('/items/known/purchase')).toMatchObject({ status: 201 });
    postgres.kill();
    await postgres.exited;
    expect(await post('/items/known/purchase')).toMatchObject({ status: 201, body: { remaining: 3 } });
    expect(await post('/items/unread/purchase', {}, other.url)).toMatchObject({ status: 201, body: { remaining: 4 } });
    const login = await post('/auth/login', { email: 's@example.com', password });
    expect(login).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(login.headers.get('retry-after')).toBe('1');
  });

  it('tells everybody who needs a token to come back when Redis is away, too', async () => {
    redis.kill();
    await redis.exited;
    const answer = await post('/items/known/purchase');
    expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(answer.headers.get('retry-after')).toBe('1');
    postgres = await startPostgresAt(postgres.port);
    const sold = await until(
      () => post('/items/known/purchase'),
      ({ status }) => status !== 503,
    );
    expect(sold).toMatchObject({ status: 201, body: { remaining: 2 } });
  });
});
