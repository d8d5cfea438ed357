import { newSecret, signatureHeaders } from './signature.ts';

describe('the signature of a webhook', () => {
  it('is the one that the libraries of Standard Webhooks expect', () => {
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1_614_265_330_999, body: '{"test": 2432232314}' };
    expect(signatureHeaders(message, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is one for each secret, separated by spaces', () => {
    const secrets = [newSecret(), newSecret()];
    const message = { id: 'evt_1', at: 0, body: 'é' };
    const each = secrets.map((secret) => signatureHeaders(message, [secret])['webhook-signature']);
    expect(signatureHeaders(message, secrets)['webhook-signature']).toBe(each.join(' '));
    expect(each[0]).not.toBe(each[1]);
  });
});

describe('a new secret', () => {
  it('has the prefix and between 24 and 64 bytes, and is never the same', () => {
    const [, text = ''] = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(newSecret()) ?? [];
    const { length } = Buffer.from(text, 'base64');
    expect(length).toBeGreaterThanOrEqual(24);
    expect(length).toBeLessThanOrEqual(64);
    expect(newSecret()).not.toBe(newSecret());
  });
});
