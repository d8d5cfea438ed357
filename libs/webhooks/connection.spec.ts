import { startReceiver, type Receiver } from '#dev/testing';
import { Connection, type ConnectionOptions } from './connection.ts';
import type { ResolveHost } from './resolve-host.ts';

type Answer = Parameters<typeof startReceiver>[0];

const never = new AbortController().signal;

describe('a connection to a receiver', () => {
  let receiver: Receiver | undefined;
  let connection: Connection | undefined;

  afterEach(async () => {
    connection?.close();
    await receiver?.close();
    receiver = undefined;
  });

  async function connected(answer?: Answer, options: Partial<ConnectionOptions> & { host?: string } = {}) {
    receiver = await startReceiver(answer);
    const { host = '127.0.0.1', ...given } = options;
    const url = receiver.url.replace('127.0.0.1', host);
    connection = new Connection(url, { allowsPrivate: true, requestsMax: 1, timeoutMs: 5000, ...given });
    return connection;
  }

  /** A resolver whose answers are given one after the other. */
  function resolving(...answers: readonly (readonly string[])[]): ResolveHost {
    const left = answers.values();
    return async () => left.next().value ?? [];
  }

  it('posts, and says with which status it was answered', async () => {
    const to = await connected((_, response) => response.writeHead(503, { 'retry-after': '7' }).end('busy'));
    expect(await to.post('{"a":"é"}', { 'content-type': 'application/json' }, never)).toEqual({
      status: 503,
      retryAfter: '7',
    });
    expect(receiver?.received).toMatchObject([{ body: '{"a":"é"}', headers: { 'content-length': '10' } }]);
  });

  it('does not follow a redirect', async () => {
    const to = await connected((_, response) => response.writeHead(307, { location: '/elsewhere' }).end());
    expect(await to.post('{}', {}, never)).toMatchObject({ status: 307 });
    expect(receiver?.received).toHaveLength(1);
  });

  it('gives up a receiver that does not answer, or never ends its answer, after the time limit', async () => {
    const silent = await connected(() => undefined, { timeoutMs: 50 });
    expect(await silent.post('{}', {}, never)).toEqual({ status: null, error: 'no answer within 50 ms' });
  });

  it('takes the status of an answer whose body never ends', async () => {
    const to = await connected((_, response) => response.writeHead(200).write('and'), { timeoutMs: 3000 });
    expect(await to.post('{}', {}, never)).toMatchObject({ status: 200 });
  });

  it('reads no more of a body than it has to', async () => {
    let written = 0;
    const to = await connected((_, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384))) written += 16_384;
      };
      response.writeHead(200).on('drain', write);
      write();
    });
    expect(await to.post('{}', {}, never)).toMatchObject({ status: 200 });
    expect(written).toBeLessThan(16_777_216);
  });

  it('says why there was no answer', async () => {
    const to = await connected((_, response) => response.destroy());
    expect(await to.post('{}', {}, never)).toEqual({ status: null, error: 'socket hang up' });
  });

  it('posts again, and counts no failure, when the receiver closed an idle connection meanwhile', async () => {
    const to = await connected((_, response) => {
      const { socket } = response;
      response.writeHead(204).end();
      // Closed by the receiver when the next request arrives on it.
      socket?.removeAllListeners('data').once('data', () => socket.resetAndDestroy());
    });
    expect(await to.post('{}', {}, never)).toMatchObject({ status: 204 });
    expect(await to.post('{}', {}, never)).toMatchObject({ status: 204 });
  });

  it('says when it was interrupted', async () => {
    const to = await connected(() => undefined);
    const interrupting = new AbortController();
    const posted = to.post('{}', {}, interrupting.signal);
    interrupting.abort();
    expect(await posted).toBe('interrupted');
  });

  it.each([
    ['127.0.0.1', false],
    ['[::ffff:169.254.169.254]', true],
    ['[fe80::1]', true],
    ['169.254.169.254', true],
  ])('is not made to %s', async (host, allowsPrivate) => {
    const to = await connected(undefined, { host, allowsPrivate });
    expect(await to.post('{}', {}, never)).toMatchObject({
      status: null,
      error: expect.stringContaining('webhooks are not sent to the address') as unknown,
    });
    expect(receiver?.received).toEqual([]);
  });

  it('is made to the very address that was checked, however a name resolves the next time', async () => {
    const resolve = resolving(['127.0.0.1'], ['169.254.169.254'], ['8.8.8.8', '10.0.0.1']);
    const to = await connected((_, response) => response.writeHead(204, { connection: 'close' }).end(), {
      host: 'receiver.example',
      resolve,
    });
    expect(await to.post('{}', {}, never)).toMatchObject({ status: 204 });
    expect(await to.post('{}', {}, never)).toEqual({
      status: null,
      error: 'webhooks are not sent to the address 169.254.169.254',
    });
  });

  it('is not made when one of several addresses of a name is forbidden', async () => {
    const to = await connected(undefined, {
      host: 'receiver.example',
      resolve: resolving(['8.8.8.8', '10.0.0.1']),
      allowsPrivate: false,
    });
    expect(await to.post('{}', {}, never)).toEqual({
      status: null,
      error: 'webhooks are not sent to the address 10.0.0.1',
    });
  });
});
