import { once } from 'node:events';
import { Agent } from 'node:http';
import { settings } from '#platform';
import { ask, open } from './nginx/ask.ts';
import { describeGateway } from './nginx/describe-gateway.ts';

describeGateway('nginx as the gateway', ({ upstream, gateway }) => {
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

  it('passes on a body as large as a service takes, and refuses a larger one as a service does', async () => {
    const bodyBytesMax = settings.bodyBytesMax.default ?? 0;
    const commands = await upstream('command-api');
    const { port } = await gateway({ commandApis: [commands], bodyBytesMax });
    const fits = { method: 'POST', body: 'x'.repeat(bodyBytesMax) };
    expect(await ask(port, '/orders', fits)).toMatchObject({ status: 200 });
    for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
      const refused = await ask(port, '/orders', {
        ...fits,
        body: `${fits.body}x`,
        headers: { ...headers, 'x-request-id': 'r1' },
      });
      expect(refused).toMatchObject({ status: 413, headers: { 'x-request-id': 'r1' } });
      expect(JSON.parse(refused.body)).toEqual({
        statusCode: 413,
        statusMessage: `The request body is larger than ${bodyBytesMax} bytes`,
        code: 'BODY_TOO_LARGE',
        data: { bytesMax: bodyBytesMax },
        requestId: 'r1',
      });
    }
    expect(commands.seen).toHaveLength(1);
  });

  it('passes each event of a stream on as it happens', async () => {
    const queries = await upstream('query-api', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: first\n\n');
    });
    const { port } = await gateway({ queryApis: [queries] });
    const stream = await open(port, '/slots/availability', { headers: { accept: 'text/event-stream' } });
    const [event] = (await once(stream, 'data')) as [Buffer];
    expect(event.toString()).toBe('data: first\n\n');
    stream.destroy();
  });

  it('keeps its connections to the services', async () => {
    const queries = await upstream('query-api');
    const { port } = await gateway({ queryApis: [queries] });
    // One connection stays with one of nginx's workers, and each worker keeps its own.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let request = 0; request < 10; request++) await ask(port, '/products', { agent });
    agent.destroy();
    expect([queries.seen.length, queries.connections]).toEqual([10, 1]);
  });
});
