import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itemAggregate, itemStock, slotAggregate, slotStock, stockAggregate, stockStream, type StockId } from '#domain';
import { createRedis, untilConnected } from '#platform';
import { redisFields, redisKey, versionOfCopy } from '#projections';
import { availabilityProjection } from '#read-models';
import { startPostgres, startRedis, type Server } from '#dev/servers';
import { call, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';
import { Recorder } from './recorder.ts';

describe('the query API, of servers that go away', () => {
  let directory: string;
  let postgres: Server;
  let redis: Server;
  let system: RunningSystem;
  const places = [{ slot_id: 1, capacity: 10, remaining: 10 }];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'holdfast-outages-'));
    [postgres, redis] = await Promise.all([startPostgresAt(), startRedisAt()]);
    system = await startSystem({
      DATABASE_URL: postgres.url,
      EVENTSTORE_URL: postgres.url,
      REDIS_URL: redis.url,
    });
    const recorder = await Recorder.of(system);
    const create = { type: 'CreateItem', itemId: 'prod_001', number: 1, name: 'x', price: 1 } as const;
    await recorder.record(itemAggregate, itemAggregate.streamOf('prod_001'), create);
    const open = { type: 'OpenSlot', slotId: 1, title: null, startsAt: null, endsAt: null } as const;
    await recorder.record(slotAggregate, slotAggregate.streamOf(1), open);
    const provide = (stock: StockId) =>
      recorder.record(stockAggregate, stockStream(stock), { type: 'Provide', quantity: 10, provideId: null });
    await provide(itemStock('prod_001'));
    await provide(slotStock(1));
    await recorder.close();
    for (const path of ['/items/1', '/stock/prod_001', '/slots/availability']) await untilStatus(path, 200);
    await untilBody('/slots/availability', places);
  });

  afterAll(async () => {
    await system.stop();
    await Promise.all([postgres.stop(), redis.stop()]);
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

  function get(path: string): Promise<Answer> {
    return call(`${system.queryApi.url}${path}`);
  }

  async function untilStatus(path: string, status: number): Promise<void> {
    await until(
      () => get(path),
      (answer) => answer.status === status,
    );
  }

  async function untilBody(path: string, body: unknown): Promise<void> {
    await until(
      () => get(path),
      (answer) => JSON.stringify(answer.body) === JSON.stringify(body),
    );
  }

  it('without Redis goes on from PostgreSQL, and is well again when Redis is back', async () => {
    redis.kill();
    await redis.exited;
    expect(await get('/stock/1')).toMatchObject({ status: 200, body: { stock: 10 } });
    expect(await get('/items')).toMatchObject({ status: 200, body: { items: [{ id: 'prod_001', stock: 10 }] } });
    expect((await get('/slots/availability')).body).toEqual(places);
    await untilBody('/health/ready', { status: 'ready', degraded: ['redis'] });
    redis = await startRedisAt(redis.port);
    await untilBody('/health/ready', { status: 'ready', degraded: [] });
    expect((await get('/slots/availability')).body).toEqual(places);
  });

  it('without PostgreSQL goes on with what is available from Redis; all else is 503, until it is back', async () => {
    await untilInRedis();
    expect((await get('/slots/availability')).body).toEqual(places);
    postgres.kill();
    await postgres.exited;
    expect(await get('/stock/prod_001')).toMatchObject({ status: 200, body: { product_id: 'prod_001', stock: 10 } });
    for (const query of ['', '?ids=1']) expect((await get(`/slots/availability${query}`)).body).toEqual(places);
    for (const path of ['/items', '/items/1', '/stock/1', '/slots/1', '/slots/availability?limit=7']) {
      const answer = await get(path);
      expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    await untilBody('/health/ready', { status: 'ready', degraded: ['read-models'] });
    postgres = await startPostgresAt(postgres.port);
    for (const path of ['/items', '/items/1', '/stock/1', '/slots/1']) await untilStatus(path, 200);
  });

  /** Redis was emptied by its restart: the projector fills it again. */
  async function untilInRedis(): Promise<void> {
    await untilBody('/health/ready', { status: 'ready', degraded: [] });
    const client = createRedis(redis.url);
    await untilConnected(client);
    const { mark, source } = redisFields;
    const streams = [itemStock('prod_001'), slotStock(1)].map(stockStream);
    await until(
      () => client.hmget(redisKey(availabilityProjection), mark, source, ...streams),
      ([marked = null, from = null, ...rows]) => versionOfCopy(marked, from) !== undefined && !rows.includes(null),
    );
    client.disconnect();
  }
});
