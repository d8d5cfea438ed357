import { on } from 'node:events';
import { Agent, type ServerResponse } from 'node:http';
import { settings } from '#platform';
import { ask, open } from './nginx/ask.ts';
import { describeGateway } from './nginx/describe-gateway.ts';

describeGateway('nginx as the gateway: what passes:', ({ upstream, gateway }) => {
  it('passes an address on as it came', async () => {
    const queries = await upstream('query-api');
    const { port } = await gateway({ queryApis: [queries] });
    const address = '/api/v1/products/a%2Fb//%E8%80%B3?q=a+b&q=%20';
    await ask(port, address);
    expect(queries.seen[0]?.url).toBe(address);
  });

  it('passes bodies on, with GET too', async () => {
    const [commands, queries] = [await upstream('command-api'), await upstream('query-api')];
    const { port } = await gateway({ commandApis: [commands], queryApis: [queries] });
    const body = JSON.stringify({ email: 'user@example.com', password: '密碼' });
    await ask(port, '/login', { body });
    await ask(port, '/orders', { method: 'POST', body, headers: { 'transfer-encoding': 'chunked' } });
    await ask(port, '/products', { body });
    expect([...commands.seen, ...queries.seen].map((seen) => seen.body)).toEqual([body, body, body]);
  });

  it('passes on what the client says of itself, and says who the client is', async () => {
    const commands = await upstream('command-api');
    const { port } = await gateway({ commandApis: [commands] });
    const headers = {
      host: 'shop.example:8443',
      authorization: 'Bearer token',
      'idempotency-key': 'key 1',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'x-request-id': 'checkout-1.a_b',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
    };
    await ask(port, '/orders', { method: 'POST', headers });
    expect(commands.seen[0]?.headers).toMatchObject({
      ...headers,
      host: 'shop.example',
      'x-forwarded-for': '203.0.113.7, 127.0.0.1',
      'x-forwarded-host': 'shop.example:8443',
    });
  });

  it.each([undefined, 'two words', '"quoted"', 'x'.repeat(65)])(
    'names a request itself when it is called %p',
    async (given) => {
      const queries = await upstream('query-api');
      const { port } = await gateway({ queryApis: [queries] });
      await ask(port, '/products', {
        headers: { 'x-forwarded-proto': 'gopher', ...(given && { 'x-request-id': given }) },
      });
      expect(queries.seen[0]?.headers).toMatchObject({
        'x-request-id': expect.stringMatching(/^[\da-f]{32}$/),
        'x-forwarded-proto': 'http',
      });
    },
  );

  it('passes a service’s answer on untouched, an error as well', async () => {
    const envelope = '{"statusCode":503,"code":"OVERLOADED"}';
    const queries = await upstream('query-api', (_, response) => {
      response.writeHead(503, { 'retry-after': '7', 'x-request-id': 'theirs', etag: '"1"' }).end(envelope);
    });
    const { port } = await gateway({ queryApis: [queries] });
    const { status, headers, body } = await ask(port, '/products');
    expect({ status, body }).toEqual({ status: 503, body: envelope });
    expect(headers).toMatchObject({ 'retry-after': '7', 'x-request-id': 'theirs', etag: '"1"', server: 'nginx' });
    expect(queries.seen).toHaveLength(1);
  });

  it('passes on a body as large as a service takes, and rejects a larger one as a service does', async () => {
    const bodyBytesMax = settings.bodyBytesMax.default ?? 0;
    const commands = await upstream('command-api');
    const { port } = await gateway({ commandApis: [commands], bodyBytesMax });
    const fits = { method: 'POST', body: 'x'.repeat(bodyBytesMax) };
    expect(await ask(port, '/orders', fits)).toMatchObject({ status: 200 });
    for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
      const rejected = await ask(port, '/orders', {
        ...fits,
        body: `${fits.body}x`,
        headers: { ...headers, 'x-request-id': 'r1' },
      });
      expect(rejected).toMatchObject({ status: 413, headers: { 'x-request-id': 'r1' } });
      expect(JSON.parse(rejected.body)).toEqual({
        statusCode: 413,
        statusMessage: `The request body is larger than ${bodyBytesMax} bytes`,
        code: 'BODY_TOO_LARGE',
        data: { bytesMax: bodyBytesMax },
        requestId: 'r1',
      });
    }
    expect(commands.seen).toHaveLength(1);
  });

  it('passes on an import of products of up to 4 MiB, whatever the limit of other bodies is', async () => {
    const commands = await upstream('command-api');
    const { port } = await gateway({ commandApis: [commands], bodyBytesMax: 1024 });
    const bytesMax = 4 * 1024 * 1024;
    const body = 'x'.repeat(bytesMax);
    for (const path of ['/products/bulk', '/api/v1/products/bulk', '/api/products/bulk/']) {
      for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
        expect(await ask(port, path, { method: 'POST', body, headers })).toMatchObject({ status: 200 });
        const rejected = await ask(port, path, { method: 'POST', body: `${body}x`, headers });
        expect([rejected.status, JSON.parse(rejected.body)]).toMatchObject([413, { data: { bytesMax } }]);
      }
    }
    expect(commands.seen).toHaveLength(6);
    for (const path of ['/products', '/products/bulk/restore', '/x/products/bulk'])
      expect(await ask(port, path, { method: 'POST', body: 'x'.repeat(1025) })).toMatchObject({ status: 413 });
  });

  it('passes each event of a stream on as it happens, however long nothing does', async () => {
    const streams: ServerResponse[] = [];
    const queries = await upstream('query-api', (request, response) => {
      if (request.headers.accept !== 'text/event-stream') return;
      // In chunks it would pass at once even through nginx's buffers.
      response.useChunkedEncodingByDefault = false;
      response.write('data: first\n\n');
      streams.push(response);
    });
    const { port } = await gateway({ queryApis: [queries], edit: impatient });
    const stream = await open(port, '/slots/availability', { headers: { accept: 'text/event-stream' } });
    const events = on(stream, 'data');
    expect(await nextOf(events)).toBe('data: first\n\n');
    for (let request = 0; request < 2; request++) expect((await ask(port, '/slots/availability')).status).toBe(504);
    for (const event of ['data: second\n\n', 'data: third\n\n']) {
      streams[0]?.write(event);
      expect(await nextOf(events)).toBe(event);
    }
    stream.destroy();
  });

  it.each(['GET', 'POST'])('keeps its connections to the services for %s', async (method) => {
    const service = await upstream('service');
    const { port } = await gateway({ commandApis: [service], queryApis: [service] });
    // One connection stays with one of nginx's workers, and each worker keeps its own.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let request = 0; request < 10; request++) await ask(port, '/products', { method, agent });
    agent.destroy();
    expect([service.seen.length, service.connections]).toEqual([10, 1]);
  });
});

const impatient = (text: string): string => text.replace('proxy_read_timeout 75s', 'proxy_read_timeout 200ms');

async function nextOf(events: AsyncIterator<unknown[]>): Promise<string> {
  const { value } = (await events.next()) as { value: [Buffer] };
  return value[0].toString();
}
