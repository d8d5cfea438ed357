import type { ServerResponse } from 'node:http';
import { Holdfast } from '../src/index.ts';
import { rejection, scriptedServer, type Received, type ScriptedServer } from './scripted-server.ts';

describe('what a client has written, it reads:', () => {
  let server: ScriptedServer | undefined;
  /** Writes that are not answered yet, by their item. */
  const waiting = new Map<string, (token: string, more?: Record<string, string>) => void>();

  afterEach(() => server?.close());

  async function client(ofReads: (received: Received) => ReturnType<typeof rejection> = () => ({})) {
    server = await scriptedServer((received) => {
      if (received.method === 'GET') return ofReads(received);
      return (response: ServerResponse) => {
        waiting.set(received.url.split('/')[4] ?? '', (token, more = {}) =>
          response.writeHead(201, { 'consistency-token': token, ...more }).end('{}'),
        );
      };
    });
    return new Holdfast({ baseUrl: server.url });
  }

  async function answer(item: string, token: string, more?: Record<string, string>): Promise<void> {
    while (!waiting.has(item)) await new Promise(setImmediate);
    waiting.get(item)?.(token, more);
    waiting.delete(item);
  }

  async function write(holdfast: Holdfast, item: string, token: string, more?: Record<string, string>): Promise<void> {
    const writing = holdfast.items.purchase(item);
    await answer(item, token, more);
    await writing;
  }

  async function tokenSent(holdfast: Holdfast): Promise<string | undefined> {
    await holdfast.items.get(1);
    return server?.received.at(-1)?.headers['consistency-token'] as string | undefined;
  }

  it('a read is sent with the token of the write that came last', async () => {
    const holdfast = await client();
    expect(await tokenSent(holdfast)).toBeUndefined();
    await write(holdfast, 'a', 't1');
    await write(holdfast, 'b', 't2');
    expect(await tokenSent(holdfast)).toBe('t2');
    expect(await tokenSent(holdfast)).toBe('t2');
  });

  it('of writes under way at the same time, with all tokens, because any of them may be the later one', async () => {
    const holdfast = await client();
    await write(holdfast, 'before', 't0');
    const writing = [holdfast.items.purchase('a'), holdfast.items.purchase('b')];
    await answer('b', 'tb');
    await writing[1];
    await answer('a', 'ta');
    await writing[0];
    expect(await tokenSent(holdfast)).toBe('tb, ta');
    await write(holdfast, 'after', 't9');
    expect(await tokenSent(holdfast)).toBe('t9');
  });

  it('the answer of an earlier write does not take the place of a later one', async () => {
    const holdfast = await client();
    await write(holdfast, 'a', 'new');
    await write(holdfast, 'b', 'old', { 'idempotency-replayed': 'true' });
    expect(await tokenSent(holdfast)).toBe('new, old');
  });

  it('a token that the server does not know any more is dropped, and the read repeated without it', async () => {
    const holdfast = await client(({ headers }) =>
      headers['consistency-token'] === undefined ? {} : rejection(400, 'TOKEN_FOREIGN'),
    );
    await write(holdfast, 'a', 'foreign');
    expect(await tokenSent(holdfast)).toBeUndefined();
    expect(server?.received).toHaveLength(3);
    await holdfast.items.get(1);
    expect(server?.received).toHaveLength(4);
    await expect(holdfast.items.get(1, { consistencyToken: 'mine' })).rejects.toMatchObject({ code: 'TOKEN_FOREIGN' });
  });

  it('a caller can read without, and another client can be told what it has to see', async () => {
    const holdfast = await client();
    await write(holdfast, 'a', 't1');
    await holdfast.items.get(1, { consistencyToken: null });
    expect(server?.received.at(-1)?.headers).not.toHaveProperty('consistency-token');
    const other = new Holdfast({ baseUrl: server?.url ?? '' });
    other.see(holdfast.consistencyToken ?? '');
    expect(await tokenSent(other)).toBe('t1');
  });

  it('no more tokens are kept than the server takes', async () => {
    const holdfast = await client();
    const items = Array.from({ length: 30 }, (_, at) => `i${at}`);
    const writing = items.map((item) => holdfast.items.purchase(item));
    for (const item of items) await answer(item, item);
    await Promise.all(writing);
    expect((await tokenSent(holdfast))?.split(', ')).toEqual(items.slice(-20));
  });
});
