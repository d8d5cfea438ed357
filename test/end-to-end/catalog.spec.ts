import { randomUUID } from 'node:crypto';
import { call, startSystem, type Answer, type RunningSystem } from '#dev/testing';
import { storeOf } from './event-stores.ts';

const password = 'correct horse battery';
const atOnce = 100;

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('the catalog, with events in %s,', (kind) => {
  let events: Awaited<ReturnType<typeof storeOf>>;
  let system: RunningSystem;
  let staff: string;

  beforeAll(async () => {
    events = await storeOf(kind);
    system = await startSystem({ HOLDFAST_WRITES_PER_MINUTE_MAX: '0', ...events.settings });
    const email = 'staff@example.com';
    const args = ['users', 'create', '--email', email, '--name', 's', '--role', 'staff', '--password-stdin'];
    await system.cli(args, password);
    staff = (await call(`${system.commandApi.url}/auth/login`, { body: { email, password } })).body.token;
  });

  afterAll(async () => {
    await system.stop();
    await events.close();
  });

  function send(method: string, path: string, body: unknown = {}, key?: string): Promise<Answer> {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    return call(`${system.commandApi.url}/api/v1${path}`, { method, token: staff, body, headers });
  }

  function product(details: object = {}, key?: string): Promise<Answer> {
    return send('POST', '/products', { name: '無線藍牙耳機', price: 1299, ...details }, key);
  }

  function category(details: object = {}): Promise<Answer> {
    return send('POST', '/categories', { name: '電子產品', slug: randomUUID(), ...details });
  }

  /** How often each answer was given. */
  function counted(answers: readonly Answer[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { status, body } of answers) {
      const answer = status < 300 ? String(status) : `${status} ${body.code}`;
      counts[answer] = (counts[answer] ?? 0) + 1;
    }
    return counts;
  }

  it('gives a SKU, a slug or a chosen id to one of a hundred who want it at once', async () => {
    const [sku, slug, id] = [randomUUID(), randomUUID(), randomUUID()];
    const times = (want: () => Promise<Answer>) => Promise.all(Array.from({ length: atOnce }, want));
    expect(counted(await times(() => product({ sku })))).toEqual({ '201': 1, '409 SKU_TAKEN': 99 });
    expect(counted(await times(() => category({ slug })))).toEqual({ '201': 1, '409 SLUG_TAKEN': 99 });
    expect(counted(await times(() => product({ id, sku: id })))).toEqual({ '201': 1, '409 ID_TAKEN': 99 });
    expect(await product({ sku: id })).toMatchObject({ status: 409, body: { code: 'SKU_TAKEN' } });
  });

  it('lets two products that want each other’s SKU keep theirs', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await Promise.all([product({ id: one, sku: one }), product({ id: other, sku: other })]);
    const swapped = await Promise.all([
      send('PATCH', `/products/${one}`, { sku: other }),
      send('PATCH', `/products/${other}`, { sku: one }),
    ]);
    expect(counted(swapped)).toEqual({ '409 SKU_TAKEN': 2 });
  });

  it('frees a SKU that a product gave up at once, and keeps that of a discontinued product', async () => {
    const [id, sku, next] = [randomUUID(), randomUUID(), randomUUID()];
    await product({ id, sku });
    expect(await send('PATCH', `/products/${id}`, { sku: next })).toMatchObject({ status: 200, body: { sku: next } });
    expect(await product({ sku })).toMatchObject({ status: 201 });
    expect(await send('DELETE', `/products/${id}`)).toMatchObject({ status: 200 });
    expect(await product({ sku: next })).toMatchObject({
      status: 409,
      body: { code: 'SKU_TAKEN', data: { sku: next } },
    });
    expect(await send('POST', `/products/${id}/restore`)).toMatchObject({ status: 200, body: { sku: next } });
    expect(await send('PATCH', `/products/${id}`, { sku: null })).toMatchObject({ status: 200, body: { sku: null } });
    expect(await product({ sku: next })).toMatchObject({ status: 201 });
  });

  it('keeps a category as long as a product is in it, also a discontinued one', async () => {
    const [id, productId] = [randomUUID(), randomUUID()];
    await category({ id, slug: id });
    await product({ id: productId, categoryId: id });
    const inUse = { status: 409, body: { code: 'CATEGORY_IN_USE' } };
    expect(await send('DELETE', `/categories/${id}`)).toMatchObject(inUse);
    await send('DELETE', `/products/${productId}`);
    expect(await send('DELETE', `/categories/${id}`)).toMatchObject(inUse);
    await send('PATCH', `/products/${productId}`, { categoryId: null });
    const key = randomUUID();
    const deleted = await send('DELETE', `/categories/${id}`, {}, key);
    expect(deleted).toMatchObject({ status: 200, body: { id } });
    expect((await send('DELETE', `/categories/${id}`, {}, key)).body).toEqual(deleted.body);
    expect(await product({ categoryId: id })).toMatchObject({
      status: 422,
      body: { data: { categoryId: expect.any(String) } },
    });
    expect(await category({ id, slug: id })).toMatchObject({ status: 409, body: { code: 'ID_TAKEN' } });
    expect(await category({ slug: id })).toMatchObject({ status: 201 });
  });

  it('ends a category that is deleted while a hundred products go in with all of those in it, or with none', async () => {
    const id = randomUUID();
    await category({ id, slug: id });
    const creating = Array.from({ length: atOnce }, () => product({ categoryId: id }));
    const deleted = await send('DELETE', `/categories/${id}`);
    const counts = counted(await Promise.all(creating));
    const created = counts['201'] ?? 0;
    expect(counts).toEqual({
      ...(created > 0 && { '201': created }),
      ...(created < atOnce && { '422 VALIDATION_FAILED': atOnce - created }),
    });
    const inUse = [{ '409 CATEGORY_IN_USE': 1 }, atOnce];
    expect([counted([deleted]), created]).toEqual(created === 0 ? [{ '200': 1 }, 0] : inUse);
  });
});
