import { randomUUID } from 'node:crypto';
import { call, EventStream, type Answer } from '#dev/testing';
import { startShop, type Shop } from './shop.ts';

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('streams of what changes, events in %s', (kind) => {
  let shop: Shop;
  const open = new Set<EventStream>();

  beforeAll(async () => {
    shop = await startShop(kind);
  });

  afterEach(() => {
    for (const stream of open) stream.close();
    open.clear();
  });

  afterAll(() => shop.close());

  async function follow(path: string, asked: Parameters<typeof EventStream.open>[1] = {}): Promise<EventStream> {
    const stream = await EventStream.open(`${shop.system.queryApi.url}${path}`, asked);
    open.add(stream);
    return stream;
  }

  async function plain(path: string, token?: string): Promise<unknown> {
    const { body } = await call(`${shop.system.queryApi.url}${path}`, token === undefined ? {} : { token });
    return body as unknown;
  }

  async function buy(id: string, quantity = 1): Promise<Answer> {
    const bought = await shop.send('POST', `/items/${id}/purchase`, shop.ann, { quantity }, { key: randomUUID() });
    expect(bought).toMatchObject({ status: 201 });
    return bought;
  }

  function after({ headers }: Answer): { readonly headers: Readonly<Record<string, string>> } {
    return { headers: { 'consistency-token': headers.get('consistency-token') ?? '' } };
  }

  it('begin with the state of an item, and tell each change of its units and of its name', async () => {
    const id = await shop.item(5);
    const stream = await follow(`/items/${id}`, after(await buy(id)));
    expect(stream.status).toBe(200);
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-request-id': expect.any(String),
      'ratelimit-limit': expect.any(String),
    });
    await stream.untilReceived(({ length }) => length === 1);
    expect(stream.last).toEqual({ event: 'message', data: await plain(`/items/${id}`) });
    expect(stream.last?.data).toMatchObject({ id, stock: 4 });
    expect(stream.retryMs).toBeGreaterThanOrEqual(2000);
    await buy(id);
    await stream.untilReceived((events) => events.at(-1)?.data.stock === 3);
    await shop.send('PATCH', `/products/${id}`, shop.staff, { name: 'Lantern' });
    await stream.untilReceived((events) => events.at(-1)?.data.name === 'Lantern');
    expect(stream.last?.data).toEqual(await plain(`/items/${id}`));
  });

  it('go on after the last id with another process, and miss nothing and repeat nothing', async () => {
    const id = await shop.item(9);
    const first = await follow(`/stock/${id}`, after(await buy(id)));
    await first.untilReceived(({ length }) => length === 1);
    const other = await shop.system.start('query-api');
    const at = `${other.url}/stock/${id}`;
    const unchanged = await EventStream.open(at, { lastId: first.lastId });
    open.add(unchanged);
    await buy(id);
    await first.untilReceived((events) => events.at(-1)?.data.stock === 7);
    const { lastId } = first;
    await unchanged.untilReceived(({ length }) => length === 1);
    expect(unchanged.data).toEqual([expect.objectContaining({ stock: 7 })]);
    other.child.kill();
    await unchanged.untilClosed();
    await buy(id);
    const resumed = await follow(`/stock/${id}`, { lastId });
    await resumed.untilReceived(({ length }) => length > 0);
    expect(resumed.data).toEqual([expect.objectContaining({ stock: 6 })]);
  });

  it.each(['?', 'elsewhere@00000000000000000001.abc', '-', 'nonsense.x'])(
    'begin again with a reset after an id that tells nothing: %j',
    async (lastId) => {
      const id = await shop.item(3);
      const stream = await follow(`/items/${id}`, { ...after(await buy(id)), lastId });
      await stream.untilReceived(({ length }) => length > 0);
      expect(stream.events).toEqual([{ event: 'reset', data: await plain(`/items/${id}`) }]);
    },
  );

  it('are rejected as the plain request is, and end when what they follow is gone', async () => {
    expect(await follow('/items/nothing')).toMatchObject({ status: 404, body: { code: 'ITEM_NOT_FOUND' } });
    expect(await follow('/items/a?b=1')).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED' } });
    const id = await shop.item(3);
    const stream = await follow(`/items/${id}`, after(await buy(id)));
    await shop.send('DELETE', `/products/${id}`, shop.staff);
    await stream.untilClosed();
    expect(stream.last).toEqual({ event: 'end', data: { code: 'ITEM_NOT_FOUND' } });
  });

  it('are not sent to who prefers JSON, and HEAD tells of them without a body', async () => {
    const id = await shop.item(3);
    await plain(`/items/${id}`);
    const seen = after(await buy(id));
    const json = await call(`${shop.system.queryApi.url}/items/${id}`, {
      headers: { ...seen.headers, accept: 'application/json, text/event-stream;q=0.5' },
    });
    expect(json.body).toMatchObject({ id, stock: 2 });
    const head = await call(`${shop.system.queryApi.url}/items/${id}`, {
      method: 'HEAD',
      headers: { accept: 'text/event-stream' },
    });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  });
});
