import type { ServerResponse } from 'node:http';
import { EventReader } from '../src/event-stream.ts';
import { Holdfast, type Change, type HoldfastOptions, type ItemOnSaleAnswer } from '../src/index.ts';
import { rejection, scriptedServer, session, type Received, type ScriptedServer } from './scripted-server.ts';

type Send = (response: ServerResponse, received: Received) => void;

const opened = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });
const row = (id: string, stock: number) => `id: ${id}\ndata: {"stock":${stock}}\n\n`;

describe('a stream', () => {
  let server: ScriptedServer | undefined;

  afterEach(() => server?.close());

  async function client(
    answer: (received: Received, at: number) => ReturnType<typeof rejection> | Send,
    options: Partial<HoldfastOptions> = {},
  ) {
    server = await scriptedServer(answer);
    return new Holdfast({ baseUrl: server.url, ...options });
  }

  async function take(changes: AsyncIterable<Change<ItemOnSaleAnswer>>, count: number) {
    const taken: unknown[] = [];
    for await (const { type, data } of changes) if (taken.push([type, data.stock]) === count) break;
    return taken;
  }

  it('is first the state, then every change, over as many connections as it takes', async () => {
    const connections: Send[] = [
      (response) => opened(response).end(`retry: 10\n\n${row('p1', 5)}: heartbeat\n\n${row('p2', 4)}`),
      (response) => void opened(response).write(`retry: 10\n\n${row('p3', 3)}`, () => response.destroy()),
      (response) => void response.writeHead(503, { 'retry-after': '0' }).end('{}'),
      (response) => opened(response).write(`event: reset\n${row('q1', 9)}${row('q2', 8)}`),
    ];
    const holdfast = await client((_, at) => connections[at] as Send);
    const lost: string[] = [];
    let connected = 0;
    const changes = holdfast.items.follow('lamp', {
      onConnect: () => (connected += 1),
      onReconnect: ({ code }) => lost.push(code),
    });
    expect(await take(changes, 5)).toEqual([
      ['row', 5],
      ['row', 4],
      ['row', 3],
      ['reset', 9],
      ['row', 8],
    ]);
    expect(server?.received.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, 'p2', 'p3', 'p3']);
    expect(server?.received[0]?.headers.accept).toBe('text/event-stream');
    expect(lost).toEqual(['CONNECTION_FAILED', 'CONNECTION_FAILED', 'ANSWER_UNREADABLE']);
    expect(connected).toBe(3);
  });

  it('lets its connection go when the loop is left', async () => {
    const closed = Promise.withResolvers<void>();
    const holdfast = await client(() => (response) => {
      response.on('close', () => closed.resolve());
      opened(response).write(row('p1', 5));
    });
    expect(await take(holdfast.items.follow('lamp'), 1)).toEqual([['row', 5]]);
    await closed.promise;
  });

  it('ends without an error when its signal is aborted, while it waits or is read', async () => {
    const controller = new AbortController();
    const holdfast = await client(() => (response) => {
      opened(response).write(row('p1', 5));
    });
    const seen: number[] = [];
    for await (const { data } of holdfast.items.follow('lamp', { signal: controller.signal })) {
      seen.push(data.stock);
      setImmediate(() => controller.abort());
    }
    expect(seen).toEqual([5]);
  });

  it('ends when its signal is aborted while it is opened, too', async () => {
    const controller = new AbortController();
    const holdfast = await client(() => () => controller.abort());
    expect(await take(holdfast.items.follow('lamp', { signal: controller.signal }), 1)).toEqual([]);
  });

  it('whose server does not take the next token either is not opened for ever', async () => {
    const end = 'retry: 1\nevent: end\ndata: {"code":"TOKEN_INVALID"}\n\n';
    let refreshes = 0;
    const holdfast = await client(
      ({ url }) => (url.endsWith('/refresh') ? { body: session(`t${(refreshes += 1)}`) } : (r) => opened(r).end(end)),
      { tokens: { token: 't0', refreshToken: 'r', expiresAt: Date.now() + 3_600_000 } },
    );
    await expect(take(holdfast.items.follow('lamp'), 1)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    expect(refreshes).toBe(1);
  });

  it('that has fallen silent is opened again, and one that only has heartbeats is not', async () => {
    const holdfast = await client((_, at) => (response) => {
      opened(response).write(`retry: 1\n${row(`p${at}`, at)}`);
      let beats = 0;
      const heart = setInterval(() => {
        response.write(': heartbeat\n\n');
        if ((beats += 1) === 5) clearInterval(heart);
      }, 60);
      response.on('close', () => clearInterval(heart));
    });
    const lost: string[] = [];
    const openedAt: number[] = [];
    const options = { silenceMs: 200, onReconnect: ({ code }: { code: string }) => lost.push(code) };
    for await (const { data } of holdfast.items.follow('lamp', options)) {
      openedAt.push(performance.now());
      if (data.stock === 1) break;
    }
    expect(lost).toEqual(['TIMED_OUT']);
    expect((openedAt[1] ?? 0) - (openedAt[0] ?? 0)).toBeGreaterThan(400);
    expect(server?.received[1]?.headers['last-event-id']).toBe('p0');
  });

  it('that the server ends is not opened again, and fails with the code of its end', async () => {
    const send: Send = (response) => {
      opened(response).end(`${row('p1', 5)}event: end\ndata: {"code":"ITEM_NOT_FOUND"}\n\n`);
    };
    const tokens = { token: 'first-token', refreshToken: 'r', expiresAt: Date.now() + 3_600_000 };
    const holdfast = await client(() => send, { tokens });
    const changes = holdfast.items.follow('lamp')[Symbol.asyncIterator]();
    expect(await changes.next()).toMatchObject({ value: { data: { stock: 5 } } });
    await expect(changes.next()).rejects.toMatchObject({ code: 'ITEM_NOT_FOUND', isRetryable: false });
    expect(server?.received).toHaveLength(1);
  });

  it('that cannot begin fails with the error of the answer', async () => {
    const holdfast = await client(() => rejection(404, 'ITEM_NOT_FOUND'));
    await expect(take(holdfast.items.follow('lamp'), 1)).rejects.toMatchObject({ code: 'ITEM_NOT_FOUND', status: 404 });
    await server?.close();
    const other = await client(() => ({ body: { stock: 5 } }));
    await expect(take(other.items.follow('lamp'), 1)).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' });
  });

  it('whose token expires goes on with the next one, and ends with the session', async () => {
    const end = 'retry: 1\nevent: end\ndata: {"code":"TOKEN_INVALID"}\n\n';
    let refreshes = 0;
    const tokens = { token: 'first-token', refreshToken: 'r', expiresAt: Date.now() + 3_600_000 };
    const holdfast = await client(
      ({ url, headers }) => {
        if (url.endsWith('/refresh'))
          return (refreshes += 1) === 1 ? { body: session('second') } : rejection(401, 'TOKEN_INVALID');
        const isFirst = headers.authorization === 'Bearer first-token';
        return (response) => opened(response).end(row(isFirst ? 'p1' : 'p2', isFirst ? 5 : 4) + end);
      },
      { tokens },
    );
    const changes = holdfast.items.follow('lamp')[Symbol.asyncIterator]();
    expect(await changes.next()).toMatchObject({ value: { data: { stock: 5 } } });
    expect(await changes.next()).toMatchObject({ value: { data: { stock: 4 } } });
    await expect(changes.next()).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    expect(server?.received.at(-2)?.headers['last-event-id']).toBe('p1');
  });
});

describe('the events of a stream', () => {
  const text = '\uFEFF: hello\r\nretry: 20\r\rid: 1\ndata: a\ndata:b\n\nevent: x\ndata\n\nid: 2\n\ndata: c\n\n';
  const events = [
    { type: '', data: 'a\nb', id: '1' },
    { type: 'x', data: '', id: '1' },
    { type: '', data: 'c', id: '2' },
  ];

  it('are the same however the text is cut, whatever ends its lines', () => {
    for (const size of [1, 2, 3, 7, text.length]) {
      const reader = new EventReader();
      const pieces = text.slice(1).match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
      expect([size, pieces.flatMap((piece) => reader.read(piece))]).toEqual([size, events]);
      expect(reader.retryMs).toBe(20);
    }
    const crlf = new EventReader();
    expect(
      text
        .slice(1)
        .replaceAll(/\r\n|\n|\r/g, '\r\n')
        .split('')
        .flatMap((one) => crlf.read(one)),
    ).toEqual(events);
  });

  it('do not grow without bound', () => {
    const reader = new EventReader();
    expect(() => {
      for (let at = 0; at < 20; at += 1) reader.read(`data: ${'x'.repeat(1_000_000)}\n`);
    }).toThrow('not one of the API');
  });
});
