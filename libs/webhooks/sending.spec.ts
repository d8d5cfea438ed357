import { createHmac } from 'node:crypto';
import {
  startReceiver,
  startWebhooks,
  until,
  type Received,
  type Receiver,
  type WebhooksUnderTest,
} from '#dev/testing';

describe('webhooks that are sent', () => {
  let under: WebhooksUnderTest;
  let receivers: Receiver[];

  beforeEach(async () => {
    receivers = [];
    under = await startWebhooks();
  });

  afterEach(async () => {
    await under.close();
    await Promise.all(receivers.map((each) => each.close()));
  });

  async function receiver(...answer: Parameters<typeof startReceiver>): Promise<Receiver> {
    const started = await startReceiver(...answer);
    receivers.push(started);
    return started;
  }

  it('arrive signed, with the id of the event, once', async () => {
    const { url, received } = await receiver();
    const { secret } = await under.create({ url });
    const [id] = await under.tell('lamp');
    under.startSender();
    const [first] = await until(
      () => received,
      ({ length }) => length === 1,
    );
    expect(first?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(under.now / 1000)),
      'webhook-signature': first === undefined ? '' : signed(first, secret),
    });
    expect(JSON.parse(first?.body ?? '')).toEqual({
      type: 'stock.changed',
      version: 1,
      timestamp: new Date(under.now).toISOString(),
      data: { id: 'lamp' },
    });
  });
});

function signed({ headers, body }: Received, secret: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}
