import { ReceiverUrls } from './receiver-url.ts';

describe('the URL of a receiver', () => {
  const strict = new ReceiverUrls({ allowsPrivate: false });
  const local = new ReceiverUrls({ allowsPrivate: true });

  it.each([
    ['https://8.8.8.8/hook', undefined, undefined],
    ['http://8.8.8.8/hook', 'webhookUrl', undefined],
    ['http://localhost:9000/hook', 'webhookUrl', undefined],
    ['https://localhost/hook', 'webhookAddress', undefined],
    ['https://127.0.0.1/hook', 'webhookAddress', undefined],
    ['https://2130706433/hook', 'webhookAddress', undefined],
    ['https://0x7f.1/hook', 'webhookAddress', undefined],
    ['https://[::1]/hook', 'webhookAddress', undefined],
    ['https://[::ffff:10.0.0.1]/hook', 'webhookAddress', undefined],
    ['https://169.254.169.254/latest', 'webhookAddress', 'webhookAddress'],
    ['https://[::ffff:a9fe:a9fe]/latest', 'webhookAddress', 'webhookAddress'],
    ['https://user:pass@8.8.8.8/', 'webhookUrl', 'webhookUrl'],
    ['https://8.8.8.8/#part', 'webhookUrl', 'webhookUrl'],
    ['ftp://8.8.8.8/', 'webhookUrl', 'webhookUrl'],
    ['file:///etc/passwd', 'webhookUrl', 'webhookUrl'],
    ['8.8.8.8', 'webhookUrl', 'webhookUrl'],
  ])('%s has the fault %s, and where private addresses are allowed %s', async (url, fault, locally) => {
    expect([await strict.faultOf(url), await local.faultOf(url)]).toEqual([fault, locally]);
  });

  function resolving(answer: Promise<readonly string[]>): ReceiverUrls {
    return new ReceiverUrls({ allowsPrivate: false }, () => answer);
  }

  it('has the faults of all addresses of its host', async () => {
    const found = ['8.8.8.8', '10.0.0.1'];
    expect(await resolving(Promise.resolve(found)).faultOf('https://shop.example/')).toBe('webhookAddress');
    expect(await resolving(Promise.resolve(['8.8.8.8'])).faultOf('https://shop.example/')).toBeUndefined();
  });

  it('must have a host that exists; one that cannot be resolved now is checked when it is connected to', async () => {
    const failing = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));
    expect(await resolving(failing('ENOTFOUND')).faultOf('https://shop.example/')).toBe('webhookHost');
    expect(await resolving(failing('ETIMEOUT')).faultOf('https://shop.example/')).toBeUndefined();
  });
});
