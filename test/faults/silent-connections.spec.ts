import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WireDouble } from '#dev/event-store-double';
import { redisFields, redisKey } from '#projections';
import { availabilityProjection } from '#read-models';
import {
  call,
  freshDatabase,
  freshRedis,
  silenced,
  startSystem,
  until,
  type Answer,
  type RunningSystem,
} from '#dev/testing';

const password = 'correct horse battery';
/** The ten seconds that are promised, and as long again for a busy machine: the kernel takes a quarter of an hour. */
const wellAgainMs = 20_000;
const staff = { email: 's@example.com', password };

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('an installation with its events in %s', (kind) => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let copies: Awaited<ReturnType<typeof freshRedis>>;
  let postgres: Awaited<ReturnType<typeof silenced>>;
  let redis: Awaited<ReturnType<typeof silenced>>;
  let double: WireDouble | undefined;
  let system: RunningSystem;
  let token: string;
  /** What was started, also when a start after it has failed. */
  const closing = new AsyncDisposableStack();

  beforeAll(async () => {
    copies = await freshRedis();
    closing.defer(() => copies.redis.disconnect());
    database = await freshDatabase();
    closing.defer(() => database.drop());
    [postgres, redis] = await Promise.all([silenced(database.url), silenced(copies.url)]);
    closing.defer(() => [postgres, redis].forEach((line) => line.close()));
    double = kind === 'EventStoreDB' ? await WireDouble.start() : undefined;
    closing.defer(() => double?.stop());
    const eventStoreUrl = double?.url ?? postgres.url;
    system = await startSystem({ DATABASE_URL: postgres.url, REDIS_URL: redis.url, EVENTSTORE_URL: eventStoreUrl });
    closing.defer(() => system.stop());
    const args = ['users', 'create', '--email', staff.email, '--name', 's', '--role', 'staff', '--password-stdin'];
    await system.cli(args, password);
    token = (await post('/auth/login', staff)).body.token as string;
    await post('/products', { id: 'lamp', name: 'Lamp', price: 1 });
    await post('/stock', { product_id: 'lamp', stock: 100 });
    await until(async () => (await get('/stock/lamp')).body.stock === 100);
  });

  afterAll(() => closing.disposeAsync());

  function post(path: string, body: object, key = randomUUID()): Promise<Answer> {
    return call(`${system.commandApi.url}${path}`, { token, body, headers: { 'idempotency-key': key } });
  }

  function get(path: string): Promise<Answer> {
    return call(`${system.queryApi.url}${path}`);
  }

  /** Whether Redis has come as far as the table that it copies. */
  async function isCopied(): Promise<boolean> {
    const { rows } = await database.pool.query<{ checkpoint: string }>(
      `select checkpoint from projections where name = 'availability' and state = 'live'`,
    );
    return rows[0]?.checkpoint === (await copies.redis.hget(redisKey(availabilityProjection), redisFields.mark));
  }

  /** The same purchase, until it is known to be done. */
  async function buy(): Promise<void> {
    const key = randomUUID();
    await until(async () => (await post('/items/lamp/purchase', { quantity: 1 }, key)).status === 201);
  }

  it('whose every connection falls silent is well again within ten seconds: nothing is lost, nothing done twice', async () => {
    const underWay = [
      ...Array.from({ length: 8 }, buy),
      get('/items/1'),
      get('/stock/lamp'),
      post('/auth/login', staff),
    ];
    for (const line of [postgres, redis]) line.silence();
    double?.line.freeze();
    const began = performance.now();
    const since = async (work: Promise<unknown>): Promise<number> => {
      await work;
      return performance.now() - began;
    };
    const recovered = {
      'what was under way': since(Promise.all(underWay)),
      reads: since(until(async () => (await get('/items/1')).status === 200)),
      logins: since(until(async () => (await post('/auth/login', staff)).status === 200)),
      purchases: since(buy()),
      projections: since(until(async () => (await get('/stock/lamp')).body.stock === 91)),
      health: since(until(async () => (await get('/health/ready')).body.degraded?.length === 0)),
    };
    for (const [what, ms] of Object.entries(recovered)) expect([what, (await ms) < wellAgainMs]).toEqual([what, true]);
    await buy();
    await until(async () => (await get('/stock/lamp')).body.stock === 90);
    await until(isCopied);
    const { exitCode } = await system.cli(['projections', 'verify', '--all']);
    expect(exitCode).toBe(0);
  });

  it('has logs that are JSON in every line', async () => {
    for (const file of await readdir(system.directory)) {
      const lines = (await readFile(join(system.directory, file), 'utf8')).trimEnd().split('\n');
      for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
    }
  });
});
