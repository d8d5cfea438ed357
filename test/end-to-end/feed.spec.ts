import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectEventStore } from '#event-store/connect';
import { feedKey } from '#feeds';
import { createRedis, untilConnected, type Redis } from '#platform';
import { call, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';
import { storeOf } from './event-stores.ts';
import { shippingInfo } from './shop.ts';

const password = 'correct horse battery';

interface Line {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** docs/examples/feed-worker.mjs, and what it has written. */
class Worker {
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #text = '';

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  get lines(): readonly Line[] {
    return this.#text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  }

  start(): void {
    this.#child = spawn(process.execPath, ['docs/examples/feed-worker.mjs'], { env: this.#env });
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.#text += chunk.toString()));
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  }
}

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('a worker that follows the feed of events in %s', (kind) => {
  let store: Awaited<ReturnType<typeof storeOf>>;
  let system: RunningSystem;
  let directory: string;
  let redis: Redis;
  let staff: string;
  let worker: Worker;
  const redisUser = `mailer-${randomUUID()}`;

  beforeAll(async () => {
    store = await storeOf(kind);
    system = await startSystem({
      ...store.settings,
      HOLDFAST_WRITES_PER_MINUTE_MAX: '0',
      HOLDFAST_PROJECTION_LEASE_MS: '500',
    });
    redis = createRedis(system.env['REDIS_URL'] ?? '');
    await untilConnected(redis);
    const email = 'staff@example.com';
    const args = ['users', 'create', '--email', email, '--name', 'Staff', '--role', 'staff', '--password-stdin'];
    await system.cli(args, password);
    staff = (await call(`${system.commandApi.url}/auth/login`, { body: { email, password } })).body.token as string;
    directory = await mkdtemp(join(tmpdir(), 'holdfast-feed-'));
    worker = new Worker({
      PATH: system.env['PATH'],
      REDIS_URL: await urlOfWorker(),
      FEED_GROUP: 'example',
      FEED_STATE: join(directory, 'state'),
    });
    worker.start();
  });

  afterAll(async () => {
    await worker.end('SIGTERM');
    await redis.acl('DELUSER', redisUser);
    redis.disconnect();
    await system.stop();
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  /** With a user of Redis that may do what docs/events.md says, and no more. */
  async function urlOfWorker(): Promise<string> {
    const document = await readFile('docs/events.md', 'utf8');
    const [, rules = ''] = /`ACL SETUSER mailer on >… ([^`]+)`/.exec(document) ?? [];
    const redisPassword = randomUUID();
    await redis.acl('SETUSER', redisUser, 'on', `>${redisPassword}`, ...rules.split(/\s+/));
    const url = new URL(system.env['REDIS_URL'] ?? '');
    url.username = redisUser;
    url.password = redisPassword;
    return url.href;
  }

  function send(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = { 'idempotency-key': randomUUID() };
    return call(`${system.commandApi.url}${path}`, {
      method,
      token: staff,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  }

  /** Purchases of a lamp; answers their ids. */
  async function buy(count: number): Promise<readonly string[]> {
    const answers = await Promise.all(Array.from({ length: count }, () => send('POST', '/items/lamp/purchase', {})));
    return answers.map(({ body }) => body.purchaseId as string);
  }

  /** Events that were handled twice count where they were handled first. */
  function handled(): readonly string[] {
    return [...new Set(worker.lines.map(({ id }) => id))];
  }

  async function inFeed(): Promise<readonly string[]> {
    return (await redis.xrange(feedKey, '-', '+')).map(([, fields]) => fields[fields.indexOf('id') + 1] ?? '');
  }

  async function expectToBeTold(purchases: readonly string[]): Promise<void> {
    await until(
      async () => new Set(worker.lines.map(({ subject }) => subject)),
      (subjects) => purchases.every((id) => subjects.has(id)),
    );
    // The last purchase is followed by the change of its stock.
    const [, ids] = await until(
      async () => [handled(), await inFeed()] as const,
      ([worked, all]) => worked.length === all.length,
    );
    expect(handled()).toEqual(ids);
  }

  it('is told what happened, in order', async () => {
    await send('POST', '/products', { id: 'lamp', name: 'Lamp', price: 1299 });
    await send('POST', '/stock', { product_id: 'lamp', stock: 8 });
    const [purchase] = await buy(1);
    const hold = await send('POST', '/items/lamp/hold', { quantity: 2 });
    await send('POST', `/holds/${hold.body.id}/confirm`, {});
    await send('PATCH', '/products/lamp', { price: 1199 });
    await send('DELETE', '/products/lamp');
    await send('POST', '/products/lamp/restore');
    const lines = await until(
      async () => worker.lines,
      ({ length }) => length >= 12,
    );
    expect(lines.map(({ type, subject }) => `${type} ${subject}`)).toEqual([
      'product.created lamp',
      'stock.changed lamp',
      `purchase.made ${purchase}`,
      'stock.changed lamp',
      `hold.placed ${hold.body.id}`,
      'stock.changed lamp',
      'stock.low lamp',
      `hold.confirmed ${hold.body.id}`,
      'stock.changed lamp',
      'product.changed lamp',
      'product.discontinued lamp',
      'product.restored lamp',
    ]);
    const available = lines.flatMap(({ type, data }) => (type === 'stock.changed' ? [data['available']] : []));
    expect(available).toEqual([8, 7, 5, 5]);
  });

  it('is told what a client noted, with every event of what it was noted with', async () => {
    await send('POST', '/stock', { product_id: 'lamp', stock: 9 });
    const noted = { reference: 'cart-7', metadata: { channel: 'app' } };
    const purchase = (await send('POST', '/items/lamp/purchase', noted)).body.purchaseId as string;
    await send('POST', `/purchases/${purchase}/return`, {});
    const hold = (await send('POST', '/items/lamp/hold', noted)).body.id as string;
    await send('POST', `/holds/${hold}/confirm`, {});
    await send('POST', `/holds/${hold}/return`, {});
    const items = [{ id: 'lamp', quantity: 1 }];
    const order = (await send('POST', '/orders', { items, shippingInfo, paymentMethod: 'cod', ...noted })).body
      .id as string;
    await send('POST', `/orders/${order}/payment`, { reference: 'pay_7' });
    await send('PATCH', `/orders/${order}/status`, { status: 'processing' });
    await send('PATCH', `/orders/${order}/status`, { status: 'shipped', trackingNumber: 'TW7' });
    await send('POST', `/orders/${order}/return`, {});
    const wanted: readonly (readonly [string, object])[] = [
      [`purchase.made ${purchase}`, noted],
      [`purchase.returned ${purchase}`, noted],
      [`hold.placed ${hold}`, noted],
      [`hold.confirmed ${hold}`, noted],
      [`hold.returned ${hold}`, noted],
      [`order.placed ${order}`, noted],
      [`order.paid ${order}`, { ...noted, reference: 'pay_7', orderReference: 'cart-7' }],
      [`order.processing ${order}`, noted],
      [`order.shipped ${order}`, noted],
      [`order.returned ${order}`, noted],
    ];
    const told = await until(
      async () => worker.lines.filter(({ subject }) => [purchase, hold, order].includes(subject)),
      ({ length }) => length >= wanted.length,
    );
    expect(told.map(({ type, subject, data }) => [`${type} ${subject}`, data])).toMatchObject(wanted);
  });

  it('misses nothing when it is killed', async () => {
    await send('POST', '/stock', { product_id: 'lamp', stock: 1000 });
    const purchases: string[] = [];
    for (let kills = 0; kills < 3; kills += 1) {
      const [bought] = await Promise.all([buy(20), worker.end('SIGKILL')]);
      purchases.push(...bought, ...(await buy(5)));
      worker.start();
    }
    await expectToBeTold(purchases);
  });

  it('misses nothing, and is told nothing twice, when the projector is killed', async () => {
    const before = worker.lines.length;
    const purchases: string[] = [];
    let { projector } = system;
    for (let kills = 0; kills < 2; kills += 1) {
      const bought = buy(20);
      projector.child.kill();
      await projector.child.exited;
      purchases.push(...(await bought));
      projector = await system.start('projector');
    }
    await expectToBeTold(purchases);
    const since = worker.lines.slice(before).map(({ id }) => id);
    expect(new Set(since).size).toBe(since.length);
  });

  it('misses nothing, and is told nothing twice, when Redis is emptied', async () => {
    const before = worker.lines.length;
    const bought = buy(20);
    await redis.flushdb();
    const purchases = [...(await bought), ...(await buy(5))];
    await expectToBeTold(purchases);
    const since = worker.lines.slice(before).map(({ id }) => id);
    expect(new Set(since).size).toBe(since.length);
  });

  it('misses nothing when an operator empties the feed, whose state the operator is shown', async () => {
    expect(await system.cli(['projections', 'rebuild', 'feed'])).toMatchObject({ exitCode: 0 });
    await expectToBeTold(await buy(5));
    const status = async () => {
      const { stdout } = await system.cli(['projections', 'status', '--json']);
      const reports = JSON.parse(stdout) as readonly { name: string; store: string; caughtUp: boolean }[];
      return reports.find(({ name }) => name === 'feed');
    };
    const report = await until(status, (each) => each?.caughtUp === true);
    expect(report).toMatchObject({
      name: 'feed',
      schema: 1,
      store: 'Redis',
      state: 'live',
      parkedStreams: 0,
      error: null,
    });
    const { body } = await call(`${system.queryApi.url}/admin/projections`, { token: staff });
    expect(body.projections).toContainEqual(
      expect.objectContaining({ name: 'feed', store: 'Redis', generation: null }),
    );
  });

  it('is told the rest of a stream when an operator skips an event that this release does not know', async () => {
    const events = await connectEventStore(system.env['EVENTSTORE_URL'] ?? '');
    const balance = { total: 3, taken: 0, held: 0, reserved: 0, lent: 0, available: 3 };
    const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: null, at: 0, schemaVersion: 1 };
    const stored = [{ type: 'UnitsTeleported' }, { type: 'UnitsProvided', quantity: 3, provideId: null }].map(
      ({ type, ...data }) => ({
        id: randomUUID(),
        type,
        data: JSON.stringify({ ...data, balance }),
        metadata: JSON.stringify(metadata),
      }),
    );
    await events.append('stock-item:ghost:1', 'none', stored);
    await events.close();
    const parked = async () => {
      const { stdout } = await system.cli(['projections', 'parked', '--json']);
      return (JSON.parse(stdout) as readonly { projection: string; stream: string; error: string }[]).filter(
        ({ projection }) => projection === 'feed',
      );
    };
    const [found] = await until(parked, ({ length }) => length > 0);
    expect(found).toMatchObject({ stream: 'stock-item:ghost:1', error: expect.stringContaining('UnitsTeleported') });
    await expectToBeTold(await buy(1));
    expect(worker.lines.some(({ subject }) => subject === 'ghost')).toBe(false);
    const skip = ['projections', 'skip', 'feed', 'stock-item:ghost:1'];
    expect(await system.cli(skip)).toMatchObject({ exitCode: 0 });
    const ghost = await until(() => worker.lines.find(({ subject }) => subject === 'ghost'));
    expect(ghost).toMatchObject({ type: 'stock.changed', data: { available: 3, availableBefore: 0 } });
    expect(await parked()).toEqual([]);
  });
});
