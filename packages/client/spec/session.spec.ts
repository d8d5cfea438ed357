import type { ServerResponse } from 'node:http';
import { Holdfast, type HoldfastOptions, type Tokens } from '../src/index.ts';
import { rejection, scriptedServer, session, type Received, type ScriptedServer } from './scripted-server.ts';

const inAnHour = (name: string): Tokens => ({
  token: `${name}-token`,
  refreshToken: `${name}-refresh`,
  expiresAt: Date.now() + 3_600_000,
});
const isRefresh = ({ url }: Received) => url === '/api/v1/auth/refresh';

describe('a session', () => {
  let server: ScriptedServer | undefined;
  let told: (Tokens | undefined)[];

  beforeEach(() => {
    told = [];
  });
  afterEach(() => server?.close());

  async function client(answer: Parameters<typeof scriptedServer>[0], options: Partial<HoldfastOptions> = {}) {
    server = await scriptedServer(answer);
    return new Holdfast({ baseUrl: server.url, onTokens: (tokens) => told.push(tokens), ...options });
  }

  /** Accepts the second token only. */
  const afterRefresh = (received: Received) => {
    if (isRefresh(received)) return { body: session('second') };
    return received.headers.authorization === 'Bearer second-token' ? {} : rejection(401, 'TOKEN_INVALID');
  };

  it('is refreshed once for all requests whose token is not accepted any more, which are then repeated', async () => {
    const holdfast = await client(afterRefresh, { tokens: inAnHour('first') });
    await Promise.all([holdfast.items.get(1), holdfast.items.purchase(2), holdfast.orders.list(), holdfast.auth.me()]);
    expect(server?.received.filter(isRefresh)).toMatchObject([{ body: { refreshToken: 'first-refresh' } }]);
    expect(server?.received.filter(isRefresh)[0]?.headers).not.toHaveProperty('authorization');
    expect(told).toMatchObject([{ token: 'second-token', refreshToken: 'second-refresh' }]);
    const purchases = server?.received.filter(({ method, url }) => method === 'POST' && url.endsWith('purchase')) ?? [];
    expect(new Set(purchases.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it('is not refreshed again for a request whose rejection comes after that', async () => {
    const arrived = Promise.withResolvers<ServerResponse>();
    const answer = (received: Received) => {
      if (!received.url.endsWith('/items/late') || received.headers.authorization === 'Bearer second-token')
        return afterRefresh(received);
      return (response: ServerResponse) => arrived.resolve(response);
    };
    const holdfast = await client(answer, { tokens: inAnHour('first') });
    const late = holdfast.items.get('late');
    await holdfast.items.get(1);
    (await arrived.promise).writeHead(401).end('{"code":"TOKEN_INVALID"}');
    await late;
    expect(server?.received.filter(isRefresh)).toHaveLength(1);
  });

  it('goes on with the tokens that another tab has kept, instead of refreshing again', async () => {
    let kept = inAnHour('first');
    const holdfast = await client(afterRefresh, { tokens: kept, keptTokens: () => kept });
    kept = inAnHour('second');
    await holdfast.items.get(1);
    expect(server?.received.filter(isRefresh)).toEqual([]);
    expect(holdfast.tokens).toEqual(kept);
  });

  it('is of the user whom its token says it is for', async () => {
    const payload = Buffer.from(JSON.stringify({ sub: 'user_1' })).toString('base64url');
    const holdfast = await client(() => ({}), { tokens: { ...inAnHour('first'), token: `h.${payload}.s` } });
    expect(holdfast.userId).toBe('user_1');
    holdfast.tokens = undefined;
    expect(holdfast.userId).toBeUndefined();
  });

  it('is refreshed when what was kept is what was not accepted', async () => {
    const kept = inAnHour('first');
    const holdfast = await client(afterRefresh, { tokens: kept, keptTokens: () => kept });
    await holdfast.items.get(1);
    expect(server?.received.filter(isRefresh)).toHaveLength(1);
  });

  it('is refreshed shortly before its token expires, before a request is sent', async () => {
    const expiresAt = Date.now() + 20_000;
    const holdfast = await client(afterRefresh, { tokens: { ...inAnHour('first'), expiresAt } });
    await Promise.all([holdfast.items.get(1), holdfast.items.get(2)]);
    await holdfast.items.get(3);
    expect(server?.received.map(({ url }) => url.replace('/api/v1', ''))).toEqual([
      '/auth/refresh',
      '/items/1',
      '/items/2',
      '/items/3',
    ]);
  });

  it('goes on with its token for as long as it is good when it cannot be refreshed just now', async () => {
    const expiresAt = Date.now() + 20_000;
    const answer = (received: Received) => (isRefresh(received) ? rejection(500, 'INTERNAL') : {});
    const holdfast = await client(answer, { tokens: { ...inAnHour('first'), expiresAt } });
    await holdfast.items.get(1);
    expect(server?.received.at(-1)?.headers.authorization).toBe('Bearer first-token');
    expect(told).toEqual([]);
  });

  it('that cannot be refreshed ends with one error for all, and for what comes after without another request', async () => {
    const holdfast = await client(() => rejection(401, 'TOKEN_INVALID'), { tokens: inAnHour('first') });
    const outcomes = await Promise.allSettled([holdfast.items.get(1), holdfast.orders.list(), holdfast.items.get(2)]);
    const ended = { status: 'rejected', reason: { code: 'SESSION_ENDED', status: 401 } };
    expect(outcomes).toMatchObject([ended, ended, ended]);
    expect(server?.received.filter(isRefresh)).toHaveLength(1);
    expect(told).toEqual([undefined]);
    const sent = server?.received.length;
    await expect(holdfast.items.get(3)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    expect(server?.received).toHaveLength(sent ?? 0);
    holdfast.tokens = undefined;
    await expect(holdfast.items.get(3)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('begins with a login, whose tokens are used from then on', async () => {
    const holdfast = await client(({ url }) => (url.endsWith('/login') ? { body: session('first') } : {}));
    await holdfast.auth.login({ email: 'ann@example.com', password: 'secret' });
    await holdfast.orders.list();
    expect(server?.received[1]?.headers.authorization).toBe('Bearer first-token');
    expect(told).toEqual([holdfast.tokens]);
  });

  it('is ended by a logout, also if it had ended already', async () => {
    const holdfast = await client(
      ({ url }) => (url.endsWith('/refresh') || url.endsWith('/logout') ? rejection(401, 'TOKEN_INVALID') : {}),
      { tokens: inAnHour('first') },
    );
    await holdfast.auth.logout();
    expect(told.at(-1)).toBeUndefined();
    await holdfast.items.get(1);
    expect(server?.received.at(-1)?.headers).not.toHaveProperty('authorization');
  });

  it('does not come back when the application logs out while it is refreshed', async () => {
    let holdfast: Holdfast | undefined;
    const answer = (received: Received) => {
      if (!isRefresh(received)) return rejection(401, 'TOKEN_INVALID');
      if (holdfast !== undefined) holdfast.tokens = undefined;
      return { body: session('second') };
    };
    holdfast = await client(answer, { tokens: inAnHour('first') });
    await expect(holdfast.items.get(1)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    expect([holdfast.tokens, told]).toEqual([undefined, []]);
  });

  it.each([['another user'], ['nobody']])(
    'that is of %s meanwhile does not repeat the request of the one before',
    async (who) => {
      const of = (sub: string) => ({ ...inAnHour('x'), token: `h.${btoa(JSON.stringify({ sub }))}.s` });
      let holdfast: Holdfast | undefined;
      const answer = () => {
        if (holdfast !== undefined) holdfast.tokens = who === 'nobody' ? undefined : of('user_ben');
        return rejection(503, 'OUTCOME_UNKNOWN', { headers: { 'retry-after': '0' } });
      };
      holdfast = await client(answer, { tokens: of('user_ana') });
      await expect(holdfast.items.purchase(1)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
      expect(server?.received).toHaveLength(1);
    },
  );

  it('of credentials logs in when a request needs it, once for all, and again when it has ended', async () => {
    let logins = 0;
    const login = { email: 'ann@example.com', password: 'secret' };
    const answer = ({ url, headers }: Received) => {
      if (url.endsWith('/login')) return { body: session(`login-${(logins += 1)}`) };
      return headers.authorization === `Bearer login-${logins}-token` ? {} : rejection(401, 'TOKEN_INVALID');
    };
    const holdfast = await client(answer, { login });
    await Promise.all([holdfast.orders.list(), holdfast.holds.list()]);
    expect(logins).toBe(1);
    logins += 1;
    await holdfast.orders.list();
    expect([logins, server?.received.at(-2)?.body]).toEqual([3, login]);
  });

  it('of an API key or a token of the application’s own is not refreshed', async () => {
    const holdfast = await client(() => rejection(401, 'TOKEN_INVALID'), { apiKey: 'hf_key' });
    await expect(holdfast.items.get(1)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    expect(server?.received).toHaveLength(1);
  });

  it('does not keep one who is waiting for it longer than that one wants', async () => {
    const refreshing = Promise.withResolvers<ServerResponse>();
    const refresh = (response: ServerResponse) => refreshing.resolve(response);
    const holdfast = await client((received) => (isRefresh(received) ? refresh : {}), {
      tokens: { ...inAnHour('first'), expiresAt: 0 },
    });
    const waiting = holdfast.items.get(1);
    const response = await refreshing.promise;
    const left = AbortSignal.abort(new Error('left'));
    await expect(holdfast.items.get(3, { signal: left })).rejects.toThrow('left');
    await expect(holdfast.items.get(2, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    response.end(JSON.stringify(session('second')));
    await waiting;
    expect(server?.received.map(({ url }) => url)).toEqual(['/api/v1/auth/refresh', '/api/v1/items/1']);
  });
});
