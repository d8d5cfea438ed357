import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { call, EventStream, until, type Answer } from '#dev/testing';
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

  it('leave nothing behind, whether their clients leave after they were opened or before', async () => {
    const id = await shop.item(3);
    const url = new URL(`${shop.system.queryApi.url}/items/${id}`);
    const first = await follow(`/items/${id}`, after(await buy(id)));
    await first.untilReceived(({ length }) => length === 1);
    for (let group = 0; group < 20; group++) {
      const opened = await Promise.all(Array.from({ length: 25 }, () => EventStream.open(url.href)));
      for (const stream of opened) stream.close();
      for (let n = 0; n < 25; n++) {
        const socket = connect(Number(url.port), url.hostname, () => {
          socket.write(`GET ${url.pathname} HTTP/1.1\r\nhost: here\r\naccept: text/event-stream\r\n\r\n`, () =>
            socket.destroy(),
          );
        });
        await once(socket, 'close');
      }
    }
    await until(openStreams, (count) => count === 1);
    await buy(id);
    await first.untilReceived((events) => events.at(-1)?.data.stock === 1);
    first.close();
    expect(await until(openStreams, (count) => count === 0)).toBe(0);
  }, 60_000);

  async function openStreams(): Promise<number> {
    const metrics = await (await fetch(`${new URL(shop.system.queryApi.url).origin}/metrics`)).text();
    return Number(/^holdfast_streams_open\S* (\d+)$/m.exec(metrics)?.[1]);
  }

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

  async function slot(capacity: number, details: object = {}): Promise<number> {
    const { body } = await shop.send('POST', '/slots', shop.staff, { capacity, ...details }, { key: randomUUID() });
    return body.slot_id as number;
  }

  function holdSlot(id: number, token = shop.ann, more: object = {}): Promise<Answer> {
    return shop.send('POST', `/slots/${id}/hold`, token, { quantity: 1, ...more }, { key: randomUUID() });
  }

  it('show the places of slots, and each slot whose places change, with what was missed after an id', async () => {
    const [one, two, other] = [await slot(5), await slot(6), await slot(7)];
    const seen = after(await holdSlot(one));
    const path = `/slots/availability?ids=${one},${two}`;
    const stream = await follow(path, seen);
    await stream.untilReceived(({ length }) => length === 2);
    expect(stream.data).toEqual(await plain(path));
    const hold = await holdSlot(two);
    await holdSlot(other);
    await stream.untilReceived(({ length }) => length === 3);
    expect(stream.last?.data).toEqual({ slot_id: two, capacity: 6, remaining: 5 });
    stream.close();
    await holdSlot(one);
    await shop.send('DELETE', `/holds/${hold.body.id}`, shop.ann, undefined, { key: randomUUID() });
    const resumed = await follow(path, { ...after(await holdSlot(one)), lastId: stream.lastId });
    await resumed.untilReceived((events) => events.some(({ data }) => data.slot_id === one && data.remaining === 2));
    await resumed.untilReceived((events) => events.some(({ data }) => data.slot_id === two && data.remaining === 6));
    expect(resumed.data).toHaveLength(2);
    const again = await follow(path, { lastId: resumed.lastId });
    await holdSlot(two);
    await again.untilReceived(({ length }) => length > 0);
    expect(again.data).toEqual([{ slot_id: two, capacity: 6, remaining: 5 }]);
  });

  it('begin again with all places when a slot is moved out of the times that are followed', async () => {
    const day = '2031-05-01T10:00:00Z';
    const [stays, leaves] = [await slot(1, { startsAt: day }), await slot(2, { startsAt: day })];
    const path = '/slots/availability?from=2031-05-01T00:00:00Z&to=2031-05-02T00:00:00Z';
    const stream = await follow(path, after(await holdSlot(leaves)));
    await stream.untilReceived(({ length }) => length === 2);
    const { lastId } = stream;
    await shop.send('PATCH', `/slots/${leaves}`, shop.staff, { startsAt: '2031-06-01T10:00:00Z' });
    await stream.untilReceived(({ length }) => length === 3);
    expect(stream.last).toEqual({ event: 'reset', data: [{ slot_id: stays, capacity: 1, remaining: 1 }] });
    const resumed = await follow(path, { lastId });
    await resumed.untilReceived(({ length }) => length > 0);
    expect(resumed.events).toEqual([stream.last]);
    expect(await follow(`${path}&page=1`)).toMatchObject({ status: 422, body: { data: { page: expect.any(String) } } });
  });

  it('show the holds of a customer, and how each of them ends', async () => {
    const id = await slot(5);
    const kept = await holdSlot(id);
    const seen = after(kept);
    const stream = await follow(`/holds?slot=${id}&status=open`, { token: shop.ann, ...seen });
    const others = await follow(`/holds?slot=${id}`, { token: shop.bob, ...seen });
    await stream.untilReceived(({ length }) => length === 1);
    expect(stream.data).toEqual([kept.body]);
    const lost = await holdSlot(id, shop.ann, { ttlSeconds: 1 });
    await stream.untilReceived(({ length }) => length === 2);
    const { lastId } = stream;
    await stream.untilReceived(({ length }) => length === 3);
    expect(stream.last?.data).toMatchObject({ id: lost.body.id, status: 'expired' });
    const confirmed = await shop.send('POST', `/holds/${kept.body.id}/confirm`, shop.ann, {}, { key: randomUUID() });
    await stream.untilReceived(({ length }) => length === 4);
    expect(stream.last?.data).toMatchObject({ id: kept.body.id, status: 'confirmed' });
    const resumed = await follow(`/holds?slot=${id}&status=open`, { token: shop.ann, lastId, ...after(confirmed) });
    await resumed.untilReceived(({ length }) => length === 2);
    expect(resumed.data).toEqual(expect.arrayContaining(stream.data.slice(2)));
    expect(others.events).toEqual([]);
    expect(others.lastId).toBeDefined();
  });

  it('show what becomes of an order to its customer, and to nobody else', async () => {
    const placed = await shop.order([{ id: await shop.item(3), quantity: 1 }]);
    const path = `/orders/${placed.body.id}`;
    const stream = await follow(path, { token: shop.ann, ...after(placed) });
    await stream.untilReceived(({ length }) => length === 1);
    expect(stream.last?.data).toEqual(await plain(path, shop.ann));
    expect(await follow(path, { token: shop.bob })).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } });
    expect(await follow(path)).toMatchObject({ status: 401, body: { code: 'TOKEN_MISSING' } });
    await shop.send('POST', `${path}/cancel`, shop.ann, {}, { key: randomUUID() });
    await stream.untilReceived((events) => events.at(-1)?.data.status === 'cancelled');
    expect(stream.last?.data).toEqual(await plain(path, shop.ann));
  });

  it('show staff how far the projections have come', async () => {
    const stream = await follow('/admin/projections', { token: shop.staff });
    const names = async (): Promise<string[]> =>
      ((await plain('/admin/projections', shop.staff)) as { projections: { name: string }[] }).projections.map(
        ({ name }) => name,
      );
    await stream.untilReceived(({ length }) => length > 20);
    expect(stream.data.map((row) => (row as { name: string }).name)).toEqual(await names());
    await slot(1);
    await stream.untilReceived((events) => events.length > 21);
    expect(await follow('/admin/projections', { token: shop.ann })).toMatchObject({ status: 403 });
  });

  it('end with their session', async () => {
    const token = await shop.user(`${kind.toLowerCase()}@example.com`);
    const streams = [await follow('/holds', { token }), await follow(`/items/${await shop.item(1)}`, { token })];
    await shop.send('POST', '/auth/logout', token, {});
    await streams[0]?.untilClosed();
    expect(streams[0]?.last).toEqual({ event: 'end', data: { code: 'TOKEN_INVALID' } });
    expect(streams[1]?.isClosed).toBe(false);
  });
});
