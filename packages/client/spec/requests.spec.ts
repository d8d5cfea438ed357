import { Holdfast, HoldfastError, type HoldfastOptions } from '../src/index.ts';
import { rejection, scriptedServer, type Scripted, type ScriptedServer } from './scripted-server.ts';

const soon = { headers: { 'retry-after': '0' } };
const bought = { status: 201, body: { purchaseId: 'pur_1', quantity: 1, remaining: 3 } };

describe('a request', () => {
  let server: ScriptedServer | undefined;

  afterEach(() => server?.close());

  async function client(answer: Parameters<typeof scriptedServer>[0], options: Partial<HoldfastOptions> = {}) {
    server = await scriptedServer(answer);
    return new Holdfast({ baseUrl: server.url, token: 'of-ann', ...options });
  }

  const answers =
    (...scripted: readonly (Scripted | 'reset' | 'silent')[]) =>
    (_: unknown, at: number) =>
      scripted[Math.min(at, scripted.length - 1)] ?? {};

  it('says what it is to do, who sends it, and in which language its errors are to be', async () => {
    const holdfast = await client(answers(bought), { language: 'zh-TW', onBehalfOf: 'user_1' });
    expect(await holdfast.items.purchase('a/b', { quantity: 1 })).toEqual(bought.body);
    expect(server?.received).toMatchObject([
      {
        method: 'POST',
        url: '/api/v1/items/a%2Fb/purchase',
        headers: { authorization: 'Bearer of-ann', 'accept-language': 'zh-TW', 'on-behalf-of': 'user_1' },
        body: { quantity: 1 },
      },
    ]);
    await holdfast.slots.list({ ids: [1, 2], free: true, from: undefined as never });
    expect(server?.received[1]).toMatchObject({ method: 'GET', url: '/api/v1/slots?ids=1%2C2&free=true' });
    expect(server?.received[1]?.headers).not.toHaveProperty('idempotency-key');
  });

  it.each(['', '.', '..'])('is not sent with the id %p, which would lead elsewhere', async (id) => {
    const holdfast = await client(answers({}));
    await expect(holdfast.items.get(id)).rejects.toThrow('id cannot be');
    expect(server?.received).toEqual([]);
  });

  it('that cannot be sent at all fails at once, as a mistake of the caller', async () => {
    const holdfast = await client(answers({}));
    await expect(holdfast.items.purchase('lamp', {}, { idempotencyKey: 'Schlüssel–1' })).rejects.toThrow('ByteString');
    await expect(new Holdfast({ baseUrl: 'shop' }).items.get('lamp')).rejects.toThrow('Invalid URL');
    const aborted = AbortSignal.abort(new Error('left'));
    holdfast.tokens = undefined;
    await expect(holdfast.items.get('lamp', { signal: aborted })).rejects.toThrow('left');
    expect(server?.received).toEqual([]);
  });

  it('waits for an answer as long as a timer can, if it is to wait for ever', async () => {
    const holdfast = await client(answers({}), { timeoutMs: Number.POSITIVE_INFINITY, retries: 0 });
    await expect(holdfast.items.get('lamp')).resolves.toEqual({});
  });

  it('finds the API with its path in the address, too', async () => {
    const holdfast = await client(answers({}));
    const other = new Holdfast({ baseUrl: `${server?.url}/api/v1/` });
    await holdfast.items.get('lamp');
    await other.request('GET /items/{id}', { path: { id: 'lamp' } });
    expect(server?.received.map(({ url }) => url)).toEqual(['/api/v1/items/lamp', '/api/v1/items/lamp']);
  });

  it('is repeated with the same key when its outcome is unknown or it can succeed later', async () => {
    const transient = [
      'reset',
      rejection(409, 'KEY_IN_FLIGHT', soon),
      rejection(503, 'OUTCOME_UNKNOWN', soon),
      { status: 502, body: 'Bad Gateway' },
    ] as const;
    const holdfast = await client(answers(...transient, bought));
    expect(await holdfast.items.purchase('lamp')).toEqual(bought.body);
    const keys = server?.received.map(({ headers }) => headers['idempotency-key']) ?? [];
    expect(keys).toHaveLength(5);
    expect(new Set(keys).size).toBe(1);
    await holdfast.items.purchase('lamp');
    expect(server?.received.at(-1)?.headers['idempotency-key']).not.toBe(keys[0]);
    await holdfast.items.purchase('lamp', {}, { idempotencyKey: 'mine' });
    expect(server?.received.at(-1)?.headers['idempotency-key']).toBe('mine');
  });

  it('uses the connection of its first try again, because the answer was read', async () => {
    const holdfast = await client(answers(rejection(429, 'RATE_LIMITED', soon), {}));
    await holdfast.items.get('lamp');
    expect([server?.received.length, server?.connections]).toEqual([2, 1]);
  });

  it.each([
    [400, 'INSUFFICIENT_STOCK'],
    [409, 'NOT_ON_SALE'],
    [422, 'KEY_REUSED'],
    [500, 'INTERNAL'],
  ])('is not repeated after %d %s', async (status, code) => {
    const holdfast = await client(answers(rejection(status, code)));
    await expect(holdfast.items.purchase('lamp')).rejects.toMatchObject({ status, code, isRetryable: false });
    expect(server?.received).toHaveLength(1);
  });

  it('is repeated as often as it says, and not when the wait would be longer than all tries may take', async () => {
    const holdfast = await client(answers(rejection(503, 'OVERLOADED', soon)), { retries: 2 });
    await expect(holdfast.items.get('lamp')).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterMs: 0 });
    expect(server?.received).toHaveLength(3);
    await expect(holdfast.items.get('lamp', { retries: 0 })).rejects.toMatchObject({ isRetryable: true });
    expect(server?.received).toHaveLength(4);
    await server?.close();
    const later = await client(answers(rejection(429, 'TOO_MANY_ATTEMPTS', { headers: { 'retry-after': '900' } })));
    await expect(later.items.get('lamp')).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterMs: 900_000 });
    expect(server?.received).toHaveLength(1);
  });

  it('without a key of its own is not repeated when it may have been executed', async () => {
    const holdfast = await client(answers('reset', rejection(503, 'OVERLOADED', soon), { status: 201 }));
    const key = { name: 'shop', roles: 'service' } as const;
    await expect(holdfast.apiKeys.create(key)).rejects.toMatchObject({ code: 'CONNECTION_FAILED', status: 0 });
    expect(server?.received).toHaveLength(1);
    await holdfast.apiKeys.create(key);
    expect(server?.received).toHaveLength(3);
  });

  it('ends when the caller aborts it, also between tries, with the reason of the signal', async () => {
    const reason = new Error('the page was left');
    const controller = new AbortController();
    const holdfast = await client(() => {
      setImmediate(() => controller.abort(reason));
      return 'silent';
    });
    await expect(holdfast.items.purchase('lamp', {}, { signal: controller.signal })).rejects.toBe(reason);
    await expect(holdfast.items.get('lamp', { signal: controller.signal })).rejects.toBe(reason);
    expect(server?.received).toHaveLength(1);
    await server?.close();

    const between = new AbortController();
    const waiting = await client(() => {
      setTimeout(() => between.abort(reason), 20);
      return rejection(503, 'OVERLOADED', { headers: { 'retry-after': '30' } });
    });
    await expect(waiting.items.get('lamp', { signal: between.signal })).rejects.toBe(reason);
  });

  it('fails with an error of its own when no answer comes in time, or none of the API', async () => {
    const holdfast = await client(answers('silent'), { timeoutMs: 20, retries: 1 });
    await expect(holdfast.items.get('lamp')).rejects.toMatchObject({ code: 'TIMED_OUT', status: 0, isRetryable: true });
    expect(server?.received).toHaveLength(2);
    await server?.close();
    const login = (response: { end: (text: string) => void }) => response.end('<html>Log in to the network</html>');
    const portal = await client(() => login);
    await expect(portal.items.get('lamp')).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE', status: 200 });
  });

  it('is not redirected, because a write would come as a read', async () => {
    const holdfast = await client(answers({ status: 301, headers: { location: '/elsewhere' } }), { retries: 0 });
    await expect(holdfast.items.purchase('lamp')).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
    expect(server?.received).toHaveLength(1);
  });

  it('that is rejected tells the facts of the code, and its name in the logs', async () => {
    const facts = { available: 3, requested: 5 };
    const holdfast = await client(answers(rejection(400, 'INSUFFICIENT_STOCK', { data: facts })));
    const error: unknown = await holdfast.items.purchase('lamp', { quantity: 5 }).catch((thrown: unknown) => thrown);
    if (!(error instanceof HoldfastError) || error.code !== 'INSUFFICIENT_STOCK') throw error;
    // Compiles, because the code tells what the data is.
    expect(error.data.requested - error.data.available).toBe(2);
    expect(error).toMatchObject({ requestId: 'r-1', message: 'INSUFFICIENT_STOCK', name: 'HoldfastError' });
  });
});

describe('a list', () => {
  const pages: Record<string, object> = {
    '/api/v1/orders?status=pending': { orders: [{ id: 'o1' }, { id: 'o2' }], nextCursor: 'c2' },
    '/api/v1/orders?status=pending&cursor=c2': { orders: [{ id: 'o3' }], nextCursor: null },
  };

  it('is all its rows when iterated, its first page when awaited, and reads only what is needed', async () => {
    const server = await scriptedServer(({ url }) => ({ body: pages[url] ?? {} }));
    try {
      const holdfast = new Holdfast({ baseUrl: server.url });
      const orders = holdfast.orders.list({ status: 'pending' });
      expect(server.received).toEqual([]);
      expect((await orders).orders).toHaveLength(2);
      for await (const { id } of orders) if (id === 'o2') break;
      expect(server.received).toHaveLength(1);
      const ids: string[] = [];
      for await (const { id } of orders) ids.push(id);
      expect(ids).toEqual(['o1', 'o2', 'o3']);
      expect(server.received).toHaveLength(2);
    } finally {
      await server.close();
    }
  });

  it('without an envelope goes on after the cursor in its header', async () => {
    const server = await scriptedServer((_, at) =>
      at === 0 ? { headers: { 'next-cursor': 'c2' }, body: [{ slot_id: 1 }] } : { body: [{ slot_id: 2 }] },
    );
    try {
      const slots: number[] = [];
      for await (const { slot_id } of new Holdfast({ baseUrl: server.url }).slots.availability()) slots.push(slot_id);
      expect(slots).toEqual([1, 2]);
      expect(server.received.map(({ url }) => url)).toEqual([
        '/api/v1/slots/availability',
        '/api/v1/slots/availability?cursor=c2',
      ]);
    } finally {
      await server.close();
    }
  });

  it('that fails rejects, whether it is awaited or iterated', async () => {
    const server = await scriptedServer(() => rejection(403, 'FORBIDDEN'));
    try {
      const { orders } = new Holdfast({ baseUrl: server.url });
      await expect(orders.listAll().catch((error: unknown) => [error])).resolves.toMatchObject([{ code: 'FORBIDDEN' }]);
      await expect(orders.listAll()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    } finally {
      await server.close();
    }
  });
});
