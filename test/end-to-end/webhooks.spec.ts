import { createHmac, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Child, freePort } from '#dev/servers';
import { call, startReceiver, startSystem, until } from '#dev/testing';
import type { Answer, Received, Receiver, RunningSystem, Service } from '#dev/testing';
import { staffToken } from '../edge/staff-token.ts';

interface Webhook {
  readonly id: string;
  readonly secret: string;
}

describe('webhooks', () => {
  let system: RunningSystem;
  let projector: Service;
  let receiver: Receiver;
  let answer: (response: ServerResponse) => void;
  let staff: string;

  beforeAll(async () => {
    system = await startSystem({ HOLDFAST_WEBHOOK_PRIVATE_ADDRESSES: 'true', HOLDFAST_PROJECTION_LEASE_MS: '500' });
    ({ projector } = system);
    staff = await staffToken(system);
  });

  afterAll(() => system.stop());

  beforeEach(async () => {
    answer = (response) => response.writeHead(204).end();
    receiver = await startReceiver((_, response) => answer(response));
  });

  afterEach(async () => {
    const { body } = await get('/webhooks');
    for (const { id } of body.webhooks as Webhook[]) await send('DELETE', `/webhooks/${id}`);
    await receiver.close();
  });

  function send(method: string, path: string, body?: unknown, key: string = randomUUID()): Promise<Answer> {
    const headers = { 'idempotency-key': key };
    return call(`${system.commandApi.url}/api/v1${path}`, { method, token: staff, body, headers });
  }

  function get(path: string): Promise<Answer> {
    return call(`${system.queryApi.url}/api/v1${path}`, { token: staff });
  }

  async function create(wanted: object = {}): Promise<Webhook> {
    const created = await send('POST', '/webhooks', { url: receiver.url, events: ['stock.changed'], ...wanted });
    expect(created.status).toBe(201);
    return created.body as Webhook;
  }

  /** An item with stock, which is told of once; then as many purchases. */
  async function trade(purchases = 0): Promise<string> {
    const { body } = await send('POST', '/products', { name: 'Lamp', price: 5 });
    const id = body.id as string;
    await send('POST', '/stock', { product_id: id, stock: 100 });
    for (let made = 0; made < purchases; made++) await send('POST', `/items/${id}/purchase`, {});
    return id;
  }

  async function deliveries({ id }: Webhook, query = ''): Promise<Answer['body']> {
    return (await get(`/webhooks/${id}/deliveries${query}`)).body.deliveries;
  }

  it('tell a receiver what happened, signed with the secret that was shown once, and list that they did', async () => {
    const wanted = { url: receiver.url, events: ['stock.changed'], description: 'Stock' };
    const key = randomUUID();
    const created = await send('POST', '/webhooks', wanted, key);
    expect(created).toMatchObject({ status: 201, body: { ...wanted, status: 'enabled', disabledBecause: null } });
    const webhook = created.body as Webhook;
    expect(created.headers.get('location')).toBe(`/api/v1/webhooks/${webhook.id}`);
    expect((await send('POST', '/webhooks', wanted, key)).body).toEqual(webhook);
    await trade();
    const [told] = await until(
      () => receiver.received,
      ({ length }) => length > 0,
    );
    expect(told?.headers['webhook-signature']).toBe(told && signed(told, webhook.secret));
    expect(JSON.parse(told?.body ?? '')).toMatchObject({ type: 'stock.changed', data: { available: 100 } });
    const id = told?.headers['webhook-id'];
    await until(
      () => deliveries(webhook),
      (listed) => listed[0]?.status === 'delivered',
    );
    expect(await deliveries(webhook)).toMatchObject([{ id, type: 'stock.changed', attempts: [{ status: 204 }] }]);
    const listed = await get('/webhooks');
    expect(listed.body.webhooks).toMatchObject([{ id: webhook.id, failingSince: null }]);
    expect(JSON.stringify(listed.body)).not.toContain('whsec_');
  });

  it('go on when the projector is killed while it sends: all arrive, in order, and twice only with the same id', async () => {
    const webhook = await create();
    answer = () => undefined;
    await trade(30);
    await until(
      () => receiver.received,
      ({ length }) => length === 1,
    );
    projector.child.kill();
    await projector.child.exited;
    let requests = 0;
    answer = (response) => {
      requests += 1;
      if (requests !== 10) response.writeHead(204).end();
    };
    projector = await system.start('projector');
    await until(() => requests === 10);
    projector.child.kill();
    await projector.child.exited;
    projector = await system.start('projector');
    await until(
      () => deliveries(webhook, '?limit=100'),
      (listed) => listed.length === 31 && listed.every(({ status }: { status: string }) => status === 'delivered'),
    );
    const available = receiver.received.map(
      ({ body }) => (JSON.parse(body) as { data: { available: number } }).data.available,
    );
    const firsts = available.filter((units, index) => available.indexOf(units) === index);
    expect(firsts).toEqual(Array.from({ length: 31 }, (_, index) => 100 - index));
    const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
    expect(ids.size).toBe(31);
  });

  it('are changed, rotated, replayed and deleted by staff', async () => {
    const webhook = await create();
    await trade();
    await until(
      () => receiver.received,
      ({ length }) => length === 1,
    );
    const path = `/webhooks/${webhook.id}`;
    expect(await send('PATCH', path, { status: 'disabled', description: 'Off' })).toMatchObject({
      status: 200,
      body: { status: 'disabled', disabledBecause: 'staff', description: 'Off', events: ['stock.changed'] },
    });
    expect((await get(path)).body).toMatchObject({ status: 'disabled' });
    const rotated = await send('POST', `${path}/secret`, { overlapSeconds: 0 });
    expect(rotated).toMatchObject({ status: 200, body: { secret: expect.stringMatching(/^whsec_/) as unknown } });
    const id = String(receiver.received[0]?.headers['webhook-id']);
    expect(await send('POST', `${path}/deliveries/${id}/replay`)).toMatchObject({ status: 202, body: { id } });
    const [, again] = await until(
      () => receiver.received,
      ({ length }) => length === 2,
    );
    expect(again?.headers).toMatchObject({
      'webhook-id': id,
      'webhook-signature': again && signed(again, rotated.body.secret as string),
    });
    expect(await send('POST', `${path}/deliveries/replay`)).toMatchObject({ status: 202, body: { replayed: 0 } });
    expect(await send('DELETE', path)).toMatchObject({ status: 200, body: { id: webhook.id } });
    for (const gone of [get(path), get(`${path}/deliveries`), send('DELETE', path), send('PATCH', path, {})])
      expect(await gone).toMatchObject({ status: 404, body: { code: 'WEBHOOK_NOT_FOUND' } });
    const replay = send('POST', `${path}/deliveries/${id}/replay`);
    expect(await replay).toMatchObject({ status: 404, body: { code: 'DELIVERY_NOT_FOUND' } });
  });

  it('page through deliveries', async () => {
    const webhook = await create();
    await trade(4);
    await until(
      () => receiver.received,
      ({ length }) => length === 5,
    );
    const path = `/webhooks/${webhook.id}/deliveries?limit=3`;
    const { body: first } = await get(path);
    const { body: second } = await get(`${path}&cursor=${first.nextCursor}`);
    expect([first.deliveries.length, second.deliveries.length, second.nextCursor]).toEqual([3, 2, null]);
    expect(await get(`${path}&cursor=x`)).toMatchObject({ status: 422 });
  });

  it.each<[string, object, string]>([
    ['an unknown type', { events: ['stock.exploded'] }, 'events'],
    ['no type', { events: [] }, 'events'],
    ['an address of the link', { url: 'http://169.254.169.254/' }, 'url'],
    ['credentials', { url: 'http://a:b@127.0.0.1/' }, 'url'],
    ['another scheme', { url: 'ftp://127.0.0.1/' }, 'url'],
    ['a long URL', { url: `http://127.0.0.1/${'a'.repeat(2048)}` }, 'url'],
    ['a long description', { description: 'x'.repeat(501) }, 'description'],
  ])('are not created with %s', async (_, wrong, field) => {
    const answered = await send('POST', '/webhooks', { url: receiver.url, events: ['*'], ...wrong });
    expect(answered).toMatchObject({ status: 422, body: { data: { [field]: expect.any(String) as unknown } } });
  });

  it('are for staff', async () => {
    const body = { email: 'ann@example.com', password: 'correct horse battery', name: 'Ann', phone: '0912345678' };
    const { token } = (await call(`${system.commandApi.url}/auth/register`, { body })).body as { token: string };
    const asked = [
      call(`${system.queryApi.url}/api/v1/webhooks`, { token }),
      call(`${system.commandApi.url}/api/v1/webhooks`, { token, body: { url: receiver.url, events: ['*'] } }),
    ];
    for (const one of asked) expect(await one).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });

  it('are neither registered for a private address nor sent to one, unless the installation allows it', async () => {
    const strict = { HOLDFAST_WEBHOOK_PRIVATE_ADDRESSES: 'false' };
    const webhook = await create();
    projector.child.kill();
    await projector.child.exited;
    projector = await system.start('projector', strict);
    await trade();
    const [failed] = await until(
      () => deliveries(webhook),
      (listed) => listed[0]?.attempts.length === 1,
    );
    expect(failed.attempts).toMatchObject([{ status: null, error: 'webhooks are not sent to the address 127.0.0.1' }]);
    expect(receiver.received).toEqual([]);
    const { url } = await system.start('command-api', strict);
    for (const [address, fault] of [
      ['https://127.0.0.1/', 'address'],
      ['https://localhost/', 'address'],
      ['http://8.8.8.8/', 'https'],
    ] as const) {
      const body = { url: address, events: ['*'] };
      const answered = await call(`${url}/api/v1/webhooks`, { token: staff, body });
      expect(answered).toMatchObject({
        status: 422,
        body: { data: { url: expect.stringContaining(fault) as unknown } },
      });
    }
    await projector.child.stop();
    projector = await system.start('projector');
  });

  it('are taken by the receiver of the documents, once each, and by nobody else’s secret', async () => {
    const port = await freePort();
    const { secret, id } = await create({
      url: `http://127.0.0.1:${port}/`,
      events: ['stock.changed', 'product.created'],
    });
    const example = await Child.start({
      name: 'webhook-receiver',
      command: process.execPath,
      args: ['docs/examples/webhook-receiver.mjs'],
      logFile: join(system.directory, 'webhook-receiver.log'),
      env: { PATH: process.env['PATH'], WEBHOOK_SECRET: secret, PORT: String(port) },
      stopSteps: [{ signal: 'SIGTERM', waitMs: 1000 }],
    });
    const lines = (): string[] => example.lastLines().split('\n');
    try {
      await until(lines, (said) => said.includes(`listening on ${port}`));
      const item = await trade();
      await until(lines, (said) => said.includes(`product.created ${item}`) && said.length === 3);
      const [{ id: event }] = await until(
        () => deliveries({ id, secret }),
        (listed) => listed.length === 2 && listed.every(({ status }: { status: string }) => status === 'delivered'),
      );
      await send('POST', `/webhooks/${id}/deliveries/${event}/replay`);
      await until(
        () => deliveries({ id, secret }),
        (listed) => listed[0]?.attempts.length === 2,
      );
      expect(lines()).toHaveLength(3);
      const forged = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        body: '{}',
        headers: {
          'webhook-id': 'evt_1',
          'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
          'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
        },
      });
      expect(forged.status).toBe(401);
    } finally {
      await example.stop();
    }
  });
});

function signed({ headers, body }: Received, secret: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}
