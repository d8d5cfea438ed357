import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { until } from '#dev/testing';
import { LiveStream, Sent } from './live-stream.ts';

describe('one stream', () => {
  const metrics = { events: { inc: () => undefined } };
  let server: ReturnType<typeof createServer>;
  let response: ServerResponse;
  let stream: LiveStream;
  let answer: IncomingMessage;

  beforeEach(async () => {
    server = createServer((_request, opened) => {
      response = opened;
      opened.writeHead(200, { 'content-type': 'text/event-stream' });
      opened.flushHeaders();
      stream = new LiveStream(opened, metrics, undefined);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const request = get({ port: (server.address() as AddressInfo).port, agent: false });
    [answer] = (await once(request, 'response')) as [IncomingMessage];
    answer.on('error', () => undefined);
  });

  afterEach(async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  });

  function batch(key: string, value: number | string, id = `id-${value}`): Sent {
    return new Sent({ events: [[key, JSON.stringify(value)]], id });
  }

  /** Until the client, which does not read, has all that fits in between. */
  function block(): void {
    const large = batch('large', 'x'.repeat(100_000));
    while (stream.blockedMs(performance.now()) === 0) stream.send(large);
  }

  it('sends events with the id on the last of those that belong together', async () => {
    stream.send(
      new Sent({
        events: [
          ['a', '1'],
          ['b', '2'],
        ],
        id: 'both',
      }),
    );
    stream.send(new Sent({ events: [], id: 'none' }));
    stream.send(new Sent({ events: [['a', '3']], id: 'all', reset: '[1]' }));
    stream.end('TOKEN_INVALID');
    expect(await text(answer)).toBe(
      'data: 1\n\nid: both\ndata: 2\n\nid: none\n\nevent: reset\ndata: [1]\n\nid: all\ndata: 3\n\n' +
        'event: end\ndata: {"code":"TOKEN_INVALID"}\n\n',
    );
  });

  it('writes nothing to a client that does not read, and then of each row the last', async () => {
    block();
    const written = response.socket?.bytesWritten;
    for (let value = 0; value < 1000; value++) stream.send(batch(value % 2 === 0 ? 'even' : 'odd', value));
    expect(response.socket?.bytesWritten).toBe(written);
    let received = '';
    answer.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
    await until(
      () => received,
      (all) => all.includes('id-999'),
    );
    expect(received.slice(received.indexOf('data: 9'))).toBe('data: 998\n\nid: id-999\ndata: 999\n\n');
    expect(stream.blockedMs(performance.now())).toBe(0);
  });

  it('sends only the last whole state, and what came after it, to a client that reads again', async () => {
    block();
    stream.send(batch('a', 1));
    stream.send(new Sent({ events: [], id: 'state', reset: '["state"]' }));
    stream.send(batch('b', 2, 'last'));
    let received = '';
    answer.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
    await until(
      () => received,
      (all) => all.includes('id: last'),
    );
    expect(received.slice(received.indexOf('event: reset'))).toBe(
      'event: reset\ndata: ["state"]\n\nid: last\ndata: 2\n\n',
    );
    expect(received).not.toContain('data: 1\n');
  });

  it('lets go of a client that does not read when it ends', async () => {
    block();
    const closed = once(response, 'close');
    stream.end();
    await closed;
    expect(response.destroyed).toBe(true);
    stream.send(batch('a', 1));
  });

  it('knows when too much waits', () => {
    block();
    for (let row = 0; row <= 5000; row++) stream.send(batch(`row ${row}`, row));
    expect(stream.hasTooMuch).toBe(true);
  });
});
