import { startGateway as startLocalGateway } from '../../dev/local/gateway.ts';
import { upstreamOf } from '../../dev/local/gateway/route.ts';
import { itemStock, slotStock } from '#domain';
import { HoldIds, PurchaseIds } from '#ids';
import { readText } from './code.ts';
import { ask, type Reply } from './nginx/ask.ts';
import { describeGateway } from './nginx/describe-gateway.ts';
import { testConfiguration, type Gateway } from './nginx/start-gateway.ts';
import type { Upstream } from './nginx/upstream.ts';

describeGateway('nginx as the gateway: where requests go:', ({ nginx, upstream, gateway }) => {
  it('accepts its configuration, and would notice a wrong one', async () => {
    expect(await testConfiguration(nginx)).toContain('test is successful');
    const broken = await testConfiguration(nginx, (text) => text.replace('server_tokens', 'server_token'));
    expect(broken).toContain('unknown directive "server_token"');
  });

  it('sends GET and HEAD to query-api, all else to command-api, as the local gateway does', async () => {
    const { port } = await gateway({});
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
    const resources = [
      'products',
      'stock/prod_001?at=2026-01-01',
      'login',
      'refresh/',
      'auth/login',
      'login-history',
      'docs',
    ];
    const paths = ['/', '/api/v1/', '/api/'].flatMap((prefix) => resources.map((resource) => prefix + resource));
    const docs = [
      '/docs/query-api',
      '/docs/query-api.json',
      '/docs/command-api',
      '/docs/command-api.json',
      '/docs/command-api/x.css',
    ];
    for (const path of [...paths, ...docs].filter((each) => each !== '/docs')) {
      for (const method of methods) {
        const { headers } = await ask(port, path, { method });
        const expected = upstreamOf(method, path.split('?', 1)[0] ?? '');
        expect(`${method} ${path} → ${String(headers['x-served-by'])}`).toBe(`${method} ${path} → ${expected}`);
      }
    }
  });

  it.each(['/docs', '/docs/'])('offers the documentation of both at %s', async (path) => {
    const { port } = await gateway({});
    const page = await ask(port, path);
    expect(page).toMatchObject({ status: 200, body: readText('deploy/gateway/docs.html') });
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(await ask(port, path, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it('offers one document of both', async () => {
    const { port } = await gateway({});
    const document = await ask(port, '/openapi.json');
    expect(document).toMatchObject({ status: 200, body: readText('docs/openapi.json') });
    expect(document.headers['content-type']).toBe('application/json');
    const packed = await ask(port, '/openapi.json', { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(await ask(port, '/openapi.json', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it('sends the documentation with the same policy as the local gateway, which names what the page holds', async () => {
    const local = await startLocalGateway({ port: 0 });
    const [theirs, ours] = [await ask((await gateway({})).port, '/docs'), await ask(local.port, '/docs')];
    await local.close();
    const names = [
      'content-security-policy',
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
      'referrer-policy',
      'x-content-type-options',
      'x-frame-options',
    ];
    const security = ({ headers }: Reply) => names.map((name) => headers[name]);
    expect(security(theirs)).toEqual(security(ours));
    expect(security(ours)).not.toContain(undefined);
    expect(ours.body).toContain('persistAuthorization: false');
  });

  it.each(['status', 'details'] as const)(
    'tells the services that %s may be told, whatever the client says',
    async (operations) => {
      const services = [await upstream('service')];
      const { port } = await gateway({ commandApis: services, queryApis: services, operations });
      for (const method of ['GET', 'POST']) {
        await ask(port, '/metrics', { method, headers: { 'x-holdfast-operations': 'details' } });
      }
      expect(services[0]?.seen.map(({ headers }) => headers['x-holdfast-operations'])).toEqual([
        operations,
        operations,
      ]);
    },
  );

  describe('with several command-apis', () => {
    let apis: Upstream[];
    let between: Gateway;

    beforeEach(async () => {
      apis = [await upstream('first'), await upstream('second'), await upstream('third')];
      between = await gateway({ commandApis: apis });
    });

    async function servedBy(method: string, path: string): Promise<unknown> {
      return (await ask(between.port, path, { method })).headers['x-served-by'];
    }

    it('keeps a stock on one process, however it is addressed', async () => {
      const ids = new HoldIds('b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu');
      for (const item of ['prod_001', 'prod_a_b.c', 'prod_003', 'prod_004']) {
        const hold = ids.make(itemStock(item), Date.now()).id;
        const ways = [`/items/${item}/purchase`, `/api/v1/items/${item}/hold`, `/api/stock/${item}/adjustments`];
        const purchase = new PurchaseIds('b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu').make(itemStock(item), Date.now());
        const all = [...ways, `/holds/${hold}`, `/api/v1/holds/${hold}/confirm`, `/purchases/${purchase}/return`];
        const served = await Promise.all([...all, ...all].map((path) => servedBy('POST', path)));
        expect(new Set(served).size).toBe(1);
      }
      for (const slot of [1, 5, 17]) {
        const hold = ids.make(slotStock(slot), Date.now()).id;
        const all = [`/slots/${slot}/hold`, `/api/v1/slots/${slot}`, `/holds/${hold}`, `/api/holds/${hold}/confirm`];
        const served = await Promise.all([...all, ...all].map((path) => servedBy('PATCH', path)));
        expect(new Set(served).size).toBe(1);
      }
    });

    it('spreads the stocks over all of them', async () => {
      const items = Array.from({ length: 60 }, (_, index) => `/items/prod_${index}/purchase`);
      const served = await Promise.all(items.map((path) => servedBy('POST', path)));
      expect(new Set(served)).toEqual(new Set(['first', 'second', 'third']));
    });

    it('spreads what names its stock in the body over all of them', async () => {
      for (const path of [
        '/stock',
        '/orders',
        '/items/purchases',
        '/lends',
        '/holds/hold_1/confirm',
        '/orders/ord_1/cancel',
      ]) {
        const served = await Promise.all(Array.from({ length: 60 }, () => servedBy('POST', path)));
        expect(new Set(served)).toEqual(new Set(['first', 'second', 'third']));
      }
    });

    it('moves only the stocks of a process that has gone', async () => {
      const items = Array.from({ length: 30 }, (_, index) => `/items/prod_${index}/purchase`);
      const before = await Promise.all(items.map((path) => servedBy('POST', path)));
      const fewer = await gateway({ commandApis: apis.slice(0, 2) });
      for (const [index, path] of items.entries()) {
        if (before[index] === 'third') continue;
        expect((await ask(fewer.port, path, { method: 'POST' })).headers['x-served-by']).toBe(before[index]);
      }
    });
  });
});
