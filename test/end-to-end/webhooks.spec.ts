import { createHmac, randomUUID } from 'node:crypto';
import { call, startReceiver, startSystem, until, type Answer, type Receiver, type RunningSystem } from '#dev/testing';
import { staffToken } from '../edge/staff-token.ts';

describe('webhooks', () => {
  let system: RunningSystem;
  let receiver: Receiver;
  let staff: string;

  beforeAll(async () => {
    receiver = await startReceiver();
    system = await startSystem({ HOLDFAST_WEBHOOK_PRIVATE_ADDRESSES: 'true' });
    staff = await staffToken(system);
  }, 60_000);

  afterAll(async () => {
    await system.stop();
    await receiver.close();
  });

  function send(method: string, path: string, body: unknown, key: string = randomUUID()): Promise<Answer> {
    const headers = { 'idempotency-key': key };
    return call(`${system.commandApi.url}/api/v1${path}`, { method, token: staff, body, headers });
  }

  function get(path: string): Promise<Answer> {
    return call(`${system.queryApi.url}/api/v1${path}`, { token: staff });
  }

  it('tell a receiver what happened, signed with the secret that was shown once, and list that they did', async () => {
    const wanted = { url: receiver.url, events: ['stock.changed'], description: 'Stock' };
    const created = await send('POST', '/webhooks', wanted);
    expect(created).toMatchObject({ status: 201, body: { ...wanted, status: 'enabled', disabledBecause: null } });
    const { id, secret } = created.body as { id: string; secret: string };
    expect(created.headers.get('location')).toBe(`/api/v1/webhooks/${id}`);
    await send('POST', '/products', { id: 'prod_lamp', name: 'Lamp', price: 5 });
    await send('POST', '/stock', { product_id: 'prod_lamp', stock: 3 });
    const [told] = await until(
      () => receiver.received,
      ({ length }) => length > 0,
    );
    const headers = told?.headers ?? {};
    const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${told?.body}`;
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(content).digest('base64')}`);
    expect(JSON.parse(told?.body ?? '')).toMatchObject({ type: 'stock.changed', data: { available: 3 } });
    const { body } = await until(
      () => get(`/webhooks/${id}/deliveries`),
      (answer) => answer.body.deliveries?.[0]?.status === 'delivered',
    );
    expect(body).toMatchObject({
      deliveries: [{ id: headers['webhook-id'], attempts: [{ status: 204 }] }],
      nextCursor: null,
    });
    const listed = await get('/webhooks');
    expect(listed.body).toMatchObject({ webhooks: [{ id, failingSince: null }] });
    expect(JSON.stringify(listed.body)).not.toContain('whsec_');
  });
});
