import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect } from 'node:net';
import { freePort } from '#dev/servers';
import { startGateway, type Gateway } from './gateway.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const closing of open.splice(0)) await closing.close();
});

async function upstream(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const port = await freePort();
  const server = createServer(listener).listen(port, '127.0.0.1');
  await once(server, 'listening');
  open.push({ close: () => server.close() && server.closeAllConnections() });
  return { url: `http://127.0.0.1:${port}`, server };
}

async function gatewayTo(reads: string, writes = reads): Promise<Gateway> {
  const gateway = await startGateway({ port: 0 });
  gateway.connect({ 'query-api': [reads], 'command-api': [writes] });
  open.unshift(gateway);
  return gateway;
}

async function textOf(message: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of message) text += String(chunk);
  return text;
}

describe('the local gateway', () => {
  it('sends reads to one service and writes to the other', async () => {
    const reads = await upstream((_, response) => response.end('read'));
    const writes = await upstream((_, response) => response.end('written'));
    const { url } = await gatewayTo(reads.url, writes.url);
    expect(await (await fetch(`${url}/api/v1/products`)).text()).toBe('read');
    expect(await (await fetch(`${url}/api/v1/products`, { method: 'POST', body: '{}' })).text()).toBe('written');
    expect(await (await fetch(`${url}/api/v1/login`)).text()).toBe('written');
  });

  it('passes method, path, query and body on, a body on GET too', async () => {
    const { url: echo } = await upstream((request, response) => {
      void textOf(request).then((body) => response.end(`${request.method} ${request.url} ${body}`));
    });
    const { url } = await gatewayTo(echo);
    for (const headers of [{ 'content-length': 4 }, { 'transfer-encoding': 'chunked' }]) {
      const asking = send(`${url}/login?a=b%20c`, { method: 'GET', headers }).end('body');
      const [answer]: IncomingMessage[] = await once(asking, 'response');
      expect(answer && (await textOf(answer))).toBe('GET /login?a=b%20c body');
    }
  });

  it('says who the client is and keeps to itself what concerns one connection only', async () => {
    const seen: IncomingMessage[] = [];
    const { url: service } = await upstream((request, response) => {
      seen.push(request);
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      response.end();
    });
    const { url, port } = await gatewayTo(service);
    const headers = { connection: 'close, x-private', 'x-private': '1', te: 'trailers', 'x-forwarded-for': '1.2.3.4' };
    const asking = send(`${url}/stock`, {
      method: 'POST',
      headers: { ...headers, 'x-forwarded-host': 'spoofed', 'x-holdfast-operations': 'details' },
    });
    const [answer]: IncomingMessage[] = await once(asking.end(), 'response');
    expect(answer?.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(seen[0]?.headers).toEqual({
      host: `127.0.0.1:${port}`,
      'x-forwarded-for': '1.2.3.4, 127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': `127.0.0.1:${port}`,
      'x-holdfast-operations': 'status',
      'content-length': '0',
      connection: 'keep-alive',
    });
  });

  it('streams an answer as it comes', async () => {
    const { url: service } = await upstream((_, response) => {
      response.write('first');
      response.on('close', () => {});
      streams.push(() => response.end('second'));
    });
    const streams: (() => void)[] = [];
    const { url } = await gatewayTo(service);
    const { body } = await fetch(`${url}/slots/availability`);
    const reader = body?.getReader();
    const decoder = new TextDecoder();
    expect(decoder.decode((await reader?.read())?.value)).toBe('first');
    streams[0]?.();
    expect(decoder.decode((await reader?.read())?.value)).toBe('second');
  });

  it('ends the request to the service when the client goes away', async () => {
    const { url: service, server } = await upstream(() => {});
    const { url } = await gatewayTo(service);
    const abort = new AbortController();
    const arrived = once(server, 'request');
    const asking = fetch(`${url}/items`, { signal: abort.signal }).catch(() => 'aborted');
    const [request]: IncomingMessage[] = await arrived;
    abort.abort();
    await new Promise((resolve) => request?.on('close', resolve));
    expect([request?.complete && request.destroyed, await asking]).toEqual([true, 'aborted']);
  });

  it('answers 503 with Retry-After while a service is not there', async () => {
    const { url } = await gatewayTo(`http://127.0.0.1:${await freePort()}`);
    const answer = await fetch(`${url}/items`, { headers: { 'x-request-id': 'mine' } });
    const headers = ['retry-after', 'x-request-id'].map((name) => answer.headers.get(name));
    expect([answer.status, ...headers]).toEqual([503, '1', 'mine']);
    expect(await answer.json()).toEqual({
      statusCode: 503,
      statusMessage: 'The service is not reachable',
      code: 'UPSTREAM_UNAVAILABLE',
      data: null,
      requestId: 'mine',
    });
  });

  it('never sends a write twice', async () => {
    let writes = 0;
    const { url: service } = await upstream((request, response) => {
      if (request.method === 'GET') return void response.end();
      writes += 1;
      request.socket.destroy();
    });
    const { url } = await gatewayTo(service);
    const write = async () => (await fetch(`${url}/login`, { method: 'POST', body: '{}' })).status;
    await fetch(`${url}/login`);
    expect([await write(), writes]).toEqual([502, 1]);
  });

  it('sends a read anew when a kept connection turns out to be closed', async () => {
    let reads = 0;
    const { url: service } = await upstream((request, response) => {
      reads += 1;
      if (reads === 2) request.socket.destroy();
      else response.end(String(reads));
    });
    const { url } = await gatewayTo(service);
    await (await fetch(`${url}/items`)).text();
    expect(await (await fetch(`${url}/items`)).text()).toBe('3');
  });

  it('breaks off when the service does', async () => {
    const { url: service } = await upstream((request, response) => {
      response.write('half');
      setImmediate(() => request.socket.destroy());
    });
    const { url } = await gatewayTo(service);
    await expect(fetch(`${url}/items`).then(async (answer) => answer.text())).rejects.toThrow('terminated');
  });

  it('rejects a body that is too large', async () => {
    const { url } = await gatewayTo((await upstream(() => {})).url);
    const answer = await fetch(`${url}/stock`, { method: 'POST', body: Buffer.alloc(5_000_000) });
    expect([answer.status, await answer.json()]).toEqual([
      413,
      {
        statusCode: 413,
        statusMessage: 'The request body is larger than 262144 bytes',
        code: 'BODY_TOO_LARGE',
        data: { bytesMax: 262_144 },
        requestId: answer.headers.get('x-request-id'),
      },
    ]);
  });

  it('takes a larger body for an import of products alone', async () => {
    const { url } = await gatewayTo((await upstream((request, response) => request.pipe(response))).url);
    const body = 'x'.repeat(4 * 1024 * 1024);
    const answer = await fetch(`${url}/api/v1/products/bulk`, { method: 'POST', body });
    expect((await answer.text()).length).toBe(body.length);
    const larger = await fetch(`${url}/products/bulk`, { method: 'POST', body: `${body}x` });
    expect([larger.status, await larger.json()]).toMatchObject([413, { data: { bytesMax: body.length } }]);
  });

  it('does not upgrade a connection', async () => {
    const { url: service } = await upstream((request, response) => response.end(`upgrade: ${request.headers.upgrade}`));
    const { port } = await gatewayTo(service);
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n');
    const chunks: Buffer[] = await socket.toArray();
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1.1 200 OK[^]*upgrade: undefined/);
  });

  it('serves one page with the documentation of both services', async () => {
    const { url } = await gatewayTo(`http://127.0.0.1:${await freePort()}`);
    const answer = await fetch(`${url}/docs`);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await answer.text();
    expect(page).toContain("url: '/openapi.json'");
    const document = await fetch(`${url}/openapi.json`);
    expect(document.headers.get('content-type')).toBe('application/json');
    expect(await document.json()).toMatchObject({ paths: { '/auth/login': {}, '/products': { get: {}, post: {} } } });
  });
});
