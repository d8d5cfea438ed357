import { Agent } from 'node:http';
import { freePort } from '#dev/servers';
import { ask, type Reply } from './nginx/ask.ts';
import { describeGateway } from './nginx/describe-gateway.ts';
import { startGateway } from './nginx/start-gateway.ts';
import { breakOff, fallSilent, type Upstream } from './nginx/upstream.ts';

const writes = ['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => [method, '/items/prod_001/purchase'] as const);
const writesByGet = [
  ['GET', '/login'],
  ['GET', '/api/v1/refresh'],
] as const;
const unavailable = (status: number) => ({
  statusCode: status,
  statusMessage:
    status === 503
      ? 'The service is not reachable'
      : 'The service did not answer; whether it acted on the request is unknown',
  code: 'UPSTREAM_UNAVAILABLE',
  data: null,
  requestId: 'r1',
});

describeGateway('nginx as the gateway: failures:', ({ nginx, upstream, gateway }) => {
  const seenBy = (upstreams: readonly Upstream[]): number => upstreams.reduce((sum, { seen }) => sum + seen.length, 0);

  function expectUnavailable(reply: Reply, status: number): void {
    expect(reply.status).toBe(status);
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'retry-after': '1',
      'x-request-id': 'r1',
      server: 'nginx',
    });
    expect(JSON.parse(reply.body)).toEqual(unavailable(status));
  }

  it.each([...writes, ...writesByGet])('never sends %s %s again, whatever becomes of it', async (method, path) => {
    const apis = [await upstream('first', breakOff), await upstream('second', breakOff)];
    const { port } = await gateway({ commandApis: apis });
    expectUnavailable(await ask(port, path, { method, headers: { 'x-request-id': 'r1' } }), 502);
    expect(seenBy(apis)).toBe(1);
  });

  it('never sends a write again, though a kept connection broke', async () => {
    const api = await upstream('command-api', (request, response, socket) => {
      if (request.body === 'second') socket.destroy();
      else response.end();
    });
    const { port } = await gateway({ commandApis: [api] });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const body of ['first', 'second']) await ask(port, '/items/prod_001/purchase', { method: 'PUT', body, agent });
    agent.destroy();
    expect(api.seen.map(({ body }) => body)).toEqual(['first', 'second']);
  });

  it('sends a read to another query-api once, and no further', async () => {
    const broken = [
      await upstream('first', breakOff),
      await upstream('second', breakOff),
      await upstream('third', breakOff),
    ];
    const { port } = await gateway({ queryApis: broken });
    expectUnavailable(await ask(port, '/products', { headers: { 'x-request-id': 'r1' } }), 502);
    expect(seenBy(broken)).toBe(2);
  });

  it('answers a read from a process that is well while another is not', async () => {
    const apis = [await upstream('broken', breakOff), await upstream('well')];
    const { port } = await gateway({ queryApis: apis });
    for (let request = 0; request < 4; request++) {
      expect((await ask(port, '/products')).headers['x-served-by']).toBe('well');
    }
  });

  it('gives the stocks of a process that failed to another', async () => {
    const apis = [await upstream('well'), await upstream('broken', breakOff)];
    const { port } = await gateway({ commandApis: apis, edit: oneWorker });
    const items = Array.from({ length: 20 }, (_, index) => `/items/prod_${index}/purchase`);
    const statuses: number[] = [];
    for (const path of items) statuses.push((await ask(port, path, { method: 'POST' })).status);
    expect(statuses.filter((status) => status === 502)).toHaveLength(1);
  });

  it.each(['POST', 'PATCH'])('sends a %s to another process when one accepts no connection', async (method) => {
    const well = await upstream('well');
    const started = await startGateway(nginx, { commandApis: [await freePort(), well.port], queryApis: [well.port] });
    const items = Array.from({ length: 10 }, (_, index) => `/items/prod_${index}/purchase`);
    const statuses: number[] = [];
    for (const path of items) statuses.push((await ask(started.port, path, { method, body: 'it' })).status);
    await started.stop();
    expect(statuses).toEqual(items.map(() => 200));
    expect(well.seen.map(({ url, body }) => `${url} ${body}`)).toEqual(items.map((path) => `${path} it`));
  });

  it.each([
    ['GET', '/products'],
    ['GET', '/login'],
    ['POST', '/orders'],
    ['POST', '/products/bulk'],
    ['DELETE', '/holds/1'],
  ])('says so when nobody is there for %s %s', async (method, path) => {
    const nobody = [await freePort()];
    const started = await startGateway(nginx, { commandApis: nobody, queryApis: nobody });
    const reply = await ask(started.port, path, { method, headers: { 'x-request-id': 'r1' } });
    await started.stop();
    expectUnavailable(reply, 503);
  });

  it.each(['GET', 'PUT'])('says so when a service is silent about a %s', async (method) => {
    const silent = await upstream('silent', fallSilent);
    const edit = (text: string): string => text.replace('proxy_read_timeout 75s', 'proxy_read_timeout 200ms');
    const { port } = await gateway({ commandApis: [silent], queryApis: [silent], edit });
    expectUnavailable(await ask(port, '/products', { method, headers: { 'x-request-id': 'r1' } }), 504);
    expect(silent.seen).toHaveLength(1);
  });

  it('says so to HEAD without a body', async () => {
    const { port } = await gateway({ queryApis: [await upstream('broken', breakOff)] });
    expect(await ask(port, '/products', { method: 'HEAD' })).toMatchObject({ status: 502, body: '' });
  });

  it('does not tell its version', async () => {
    const { port } = await gateway({});
    const malformed = await ask(port, '/products', { method: 'TRACE' });
    expect(`${String(malformed.headers['server'])} ${malformed.body}`).not.toMatch(/nginx\/\d/);
  });

  it('logs who served what, without the query', async () => {
    const { port, logged } = await gateway({});
    await ask(port, '/products?q=private', { headers: { 'x-request-id': 'r1' } });
    const line = JSON.parse(await logged('"r1"')) as object;
    expect(line).toMatchObject({
      requestId: 'r1',
      method: 'GET',
      path: '/products',
      status: 200,
      upstreamStatus: '200',
    });
    expect(JSON.stringify(line)).not.toContain('private');
  });
});

const oneWorker = (text: string): string => text.replace('worker_processes auto', 'worker_processes 1');
