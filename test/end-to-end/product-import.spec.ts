import { randomUUID } from 'node:crypto';
import { call, startSystem, type Answer, type RunningSystem } from '#dev/testing';
import { itemStock, stockStream } from '#domain';
import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { createRedis, untilConnected, type Redis } from '#platform';
import { storeOf } from './event-stores.ts';

const password = 'correct horse battery';

interface Result {
  readonly status: number;
  readonly code?: string;
  readonly data?: { readonly id: string; readonly result: string };
}

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('an import of products, with events in %s,', (kind) => {
  let events: Awaited<ReturnType<typeof storeOf>>;
  let system: RunningSystem;
  let store: EventStore;
  let redis: Redis;
  let staff: string;

  beforeAll(async () => {
    events = await storeOf(kind);
    system = await startSystem({ HOLDFAST_WRITES_PER_MINUTE_MAX: '0', ...events.settings });
    const args = ['users', 'create', '--email', 'staff@example.com', '--name', 's', '--role', 'staff'];
    await system.cli([...args, '--password-stdin'], password);
    const signedIn = await call(`${system.commandApi.url}/auth/login`, {
      body: { email: 'staff@example.com', password },
    });
    staff = signedIn.body.token as string;
    store = await connectEventStore(system.env['EVENTSTORE_URL'] ?? '');
    redis = createRedis(system.env['REDIS_URL'] ?? '');
    await untilConnected(redis);
  });

  afterAll(async () => {
    redis.disconnect();
    await store.close();
    await system.stop();
    await events.close();
  });

  function send(products: readonly unknown[], { key = randomUUID(), more = {} } = {}): Promise<Answer> {
    const headers = { 'idempotency-key': key };
    return call(`${system.commandApi.url}/api/v1/products/bulk`, {
      token: staff,
      body: { products, ...more },
      headers,
    });
  }

  async function results(products: readonly unknown[], options: Parameters<typeof send>[1] = {}) {
    const { status, body } = await send(products, options);
    expect([status, body]).toMatchObject([200, { results: expect.any(Array) }]);
    return body.results as readonly Result[];
  }

  async function typesIn(stream: string): Promise<readonly string[]> {
    return (await store.readStream(stream, { limit: 100 })).map(({ type }) => type);
  }

  const stockOf = (id: string): string => stockStream(itemStock(id));
  const named = (more: object = {}) => ({ name: 'Lamp', price: 100, ...more });
  const anySku = (): string => `SKU-${randomUUID().slice(0, 8)}`;

  it('creates what is not there, changes what is, and records nothing the second time', async () => {
    const [id, sku, other] = [`prod_${randomUUID().slice(0, 8)}`, anySku(), anySku()];
    const file = [
      named({ id, sku, stock: 7 }),
      named({ sku: other, stock: 0, tags: ['new'] }),
      named({ id: `${id}b` }),
    ];
    const first = await results(file);
    expect(first.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(first[0]?.data).toEqual({ id, result: 'created' });
    expect(await results(file)).toEqual(
      first.map(({ data }) => ({ status: 200, data: { ...data, result: 'unchanged' } })),
    );
    const streams = first.map(({ data }) => `catalog-${data?.id}`);
    for (const stream of streams) expect(await typesIn(stream)).toEqual(['ItemCreated']);
    expect(await typesIn(stockOf(id))).toEqual(['StockAdjusted']);
    const changed = await results([named({ id, price: 90 }), named({ sku: other, stock: 3, reason: 'found' })]);
    expect(changed.map(({ status, data }) => [status, data?.result])).toEqual([
      [200, 'changed'],
      [200, 'changed'],
    ]);
    expect(await typesIn(`catalog-${id}`)).toEqual(['ItemCreated', 'ItemChanged']);
    expect(await typesIn(`catalog-${first[1]?.data?.id}`)).toEqual(['ItemCreated']);
  });

  it('answers a bad line with its fields, and does the others', async () => {
    const sku = anySku();
    const [one] = await results([named({ sku })]);
    const answers = await results([
      { price: 'much', nonsense: 1 },
      named({ categoryId: 'nowhere' }),
      'text',
      named({ id: `prod_${randomUUID().slice(0, 8)}`, sku }),
      named({ description: 'x'.repeat(300_000) }),
      named({ tags: Array.from({ length: 3000 }, () => 'x') }),
      named({ stock: -1 }),
      named(),
    ]);
    expect(answers).toMatchObject([
      {
        status: 422,
        code: 'VALIDATION_FAILED',
        data: { name: expect.any(String), price: expect.any(String), nonsense: expect.any(String) },
      },
      { status: 422, data: { categoryId: expect.any(String) } },
      { status: 400, code: 'BODY_MALFORMED' },
      { status: 409, code: 'SKU_TAKEN', data: { sku } },
      { status: 413, code: 'BODY_TOO_LARGE', data: { bytesMax: 262_144 } },
      { status: 413, code: 'TOO_MANY_VALUES' },
      { status: 422, data: { stock: expect.any(String) } },
      { status: 201 },
    ]);
    expect(one?.status).toBe(201);
  });

  it('sees with the second of two lines what the first has made', async () => {
    const [id, sku] = [`prod_${randomUUID().slice(0, 8)}`, anySku()];
    const answers = await results([
      ...[1, 2, 3, 2].map((price) => named({ id, price })),
      ...[1, 2, 2].map((price) => named({ sku, price })),
      named({ id, sku: null, name: 'Last' }),
    ]);
    expect(answers.map(({ data }) => data?.result)).toEqual([
      'created', 'changed', 'changed', 'changed', 'created', 'changed', 'unchanged', 'changed',
    ]); // prettier-ignore
    expect(answers[5]?.data?.id).toBe(answers[4]?.data?.id);
  });

  it('counts units on hand, those that are held among them', async () => {
    const id = `prod_${randomUUID().slice(0, 8)}`;
    await results([named({ id, stock: 10 })]);
    const { url } = system.commandApi;
    await call(`${url}/items/${id}/hold`, { token: staff, body: { quantity: 4 }, headers: { 'idempotency-key': id } });
    await call(`${url}/items/${id}/purchase`, { token: staff, body: { quantity: 1 } });
    expect(await results([named({ id, stock: 9 })])).toEqual([{ status: 200, data: { id, result: 'unchanged' } }]);
    expect(await results([named({ id, stock: 6 })])).toMatchObject([{ status: 200, data: { result: 'changed' } }]);
    expect(await results([named({ id, stock: 3 })])).toEqual([
      { status: 400, code: 'INSUFFICIENT_STOCK', data: { available: 2, requested: 3 } },
    ]);
    const adjustments = (await store.readStream(stockOf(id), { limit: 100 })).filter(
      ({ type }) => type === 'StockAdjusted',
    );
    expect(adjustments.map(({ data }) => data)).toMatchObject([
      { delta: 10, reason: 'import' },
      { delta: -3, reason: 'import', balance: { total: 7, taken: 1, held: 4, available: 2 } },
    ]);
  });

  it('with the same key does nothing twice, though Redis has forgotten the key and others have changed it since', async () => {
    const [id, sku] = [`prod_${randomUUID().slice(0, 8)}`, anySku()];
    const file = [named({ id, stock: 5 }), named({ sku, stock: 5 }), named({ stock: 5 })];
    const key = randomUUID();
    const first = await results(file, { key });
    const ids = first.map(({ data }) => data?.id ?? '');
    const { url } = system.commandApi;
    for (const each of ids) {
      await call(`${url}/products/${each}`, { method: 'PATCH', token: staff, body: { price: 1 } });
      await call(`${url}/items/${each}/purchase`, { token: staff, body: { quantity: 2 } });
    }
    await redis.flushdb();
    expect(await results(file, { key })).toEqual(first);
    for (const each of ids) {
      expect(await typesIn(`catalog-${each}`)).toEqual(['ItemCreated', 'ItemChanged']);
      expect(await typesIn(stockOf(each))).toEqual(['StockAdjusted', 'UnitsPurchased']);
    }
  });

  it('that is only checked records nothing', async () => {
    const id = `prod_${randomUUID().slice(0, 8)}`;
    const file = [named({ id, stock: 3 }), named({ categoryId: 'nowhere' }), { name: 'x' }];
    const answers = await results(file, { more: { dryRun: true } });
    expect(answers.map(({ status }) => status)).toEqual([200, 422, 422]);
    expect(await typesIn(`catalog-${id}`)).toEqual([]);
    expect(await results([named({ id })])).toMatchObject([{ status: 201 }]);
  });

  it('of one SKU in many requests at once makes one product', async () => {
    const sku = anySku();
    const answers = await Promise.all(Array.from({ length: 40 }, (_, price) => results([named({ sku, price })])));
    const lines = answers.flat();
    expect(new Set(lines.map(({ data }) => data?.id)).size).toBe(1);
    expect(lines.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('is one to five hundred products of a body that is JSON', async () => {
    expect((await send([])).body).toMatchObject({ code: 'VALIDATION_FAILED', data: { products: expect.any(String) } });
    const many = Array.from({ length: 501 }, () => named());
    expect((await send(many)).body).toMatchObject({
      code: 'VALIDATION_FAILED',
      data: { products: expect.any(String) },
    });
    const url = `${system.commandApi.url}/products/bulk`;
    const headers = { authorization: `Bearer ${staff}`, 'content-type': 'application/json' };
    for (const body of ['{"products":[{"name":"x",}]}', '{"products":[{"name":"x","price":1},]}', '{"products":[{]}'])
      expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(400);
    const customer = await call(url, { body: { products: [named()] } });
    expect(customer.status).toBe(401);
  });
});
