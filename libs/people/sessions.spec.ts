import { createPool, createRedis, type Redis } from '#platform';
import { freshDatabase, freshRedis, until, type FreshDatabase } from '#dev/testing';
import { Accounts, authMigrations, connectSessions, SessionCache, sessionKey, Users } from './index.ts';
import type { Begun, Caller, Sessions, User } from './index.ts';
import type { EndedSession } from './session-rows.ts';

const settings = {
  idSecret: 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba',
  accessTokenTtlSeconds: 3600,
  refreshTokenTtlSeconds: 86_400,
  sessionLifetimeSeconds: 172_800,
  refreshReuseSeconds: 10,
};

describe('a session', () => {
  let database: FreshDatabase;
  let redis: Redis;
  let users: Users;
  let ann: User;
  let here: ReturnType<typeof connectSessions>;
  let there: ReturnType<typeof connectSessions>;
  let sessions: Sessions;

  beforeEach(async () => {
    [database, { redis }] = await Promise.all([freshDatabase(authMigrations), freshRedis()]);
    users = new Users(database.pool);
    const created = await users.create({ email: 'ann@example.com', name: 'Ann', role: 'customer', password: 'p' });
    if (created.outcome === 'created') ann = created.user;
    here = connectSessions({ databaseUrl: database.url, ...settings }, database.pool, redis);
    there = connectSessions({ databaseUrl: database.url, ...settings }, database.pool, redis);
    sessions = here.sessions;
    await untilHeard('none', false);
  });

  afterEach(async () => {
    await Promise.all([here.close(), there.close()]);
    redis.disconnect();
    await database.drop();
  });

  async function untilHeard(sessionId: string, answer: boolean): Promise<void> {
    for (const process of [here, there]) {
      await until(
        () => process.sessions.endedLately(sessionId),
        (ended) => ended === answer,
      );
    }
  }

  async function begun(): Promise<Begun> {
    const session = await sessions.begin(ann);
    if (session === undefined) throw new Error('no session');
    return session;
  }

  function isLive(caller: Caller): Promise<boolean[]> {
    return Promise.all([here, there].map((process) => process.sessions.isLive(caller)));
  }

  it('is live on every process until it has ended', async () => {
    const { caller } = await begun();
    const { caller: other } = await begun();
    expect(caller).toEqual({ id: ann.id, role: 'customer', sessionId: expect.stringMatching(/^[\da-f]{32}$/) });
    expect(await isLive(caller)).toEqual([true, true]);
    await sessions.end(caller);
    expect(await isLive(caller)).toEqual([false, false]);
    expect(await isLive(other)).toEqual([true, true]);
  });

  it('is answered for by Redis once PostgreSQL has said so', async () => {
    const { caller } = await begun();
    await isLive(caller);
    await sessions.remember(caller);
    expect(await redis.get(sessionKey(caller.id, caller.sessionId))).toBe('1');
    expect(await redis.ttl(sessionKey(caller.id, caller.sessionId))).toBeLessThanOrEqual(3600);
    await database.pool.query('delete from sessions');
    expect(await isLive(caller)).toEqual([true, true]);
    await redis.flushdb();
    expect(await isLive(caller)).toEqual([false, false]);
  });

  it('that has ended is not called live again by somebody who asked PostgreSQL before', async () => {
    const { caller } = await begun();
    expect(await sessions.isLiveInPostgres(caller)).toBe(true);
    await sessions.end(caller);
    await sessions.remember(caller);
    expect(await redis.get(sessionKey(caller.id, caller.sessionId))).toBe('0');
  });

  it('that has ended is not called live by what somebody read from Redis before', async () => {
    const { caller } = await begun();
    expect(await sessions.isLive(caller, true)).toBe(true);
    expect(await sessions.isLive(caller, false)).toBe(false);
    await sessions.end(caller);
    await untilHeard(caller.sessionId, true);
    expect(await sessions.isLive(caller, true)).toBe(false);
  });

  it('that ends while Redis is asked is not called live by what Redis said before', async () => {
    const { caller } = await begun();
    await sessions.remember(caller);
    const get = redis.get.bind(redis);
    redis.get = async (key: unknown) => {
      const known = await get(String(key));
      await sessions.end(caller);
      await untilHeard(caller.sessionId, true);
      return known;
    };
    expect(await sessions.isLive(caller)).toBe(false);
  });

  it('is nobody else’s', async () => {
    const { caller } = await begun();
    const stranger = { ...caller, id: 'user_0' };
    expect(await isLive(stranger)).toEqual([false, false]);
    await sessions.end(stranger);
    expect(await isLive(caller)).toEqual([true, true]);
  });

  it('that has ended stays so when Redis comes back with what it knew', async () => {
    const { caller } = await begun();
    await isLive(caller);
    await sessions.end(caller);
    await untilHeard(caller.sessionId, true);
    await redis.set(sessionKey(caller.id, caller.sessionId), '1');
    expect(await isLive(caller)).toEqual([false, false]);
  });

  it('is known from PostgreSQL while Redis is away', async () => {
    const away = createRedis('redis://127.0.0.1:1');
    const alone = connectSessions({ databaseUrl: database.url, ...settings }, database.pool, away);
    const { caller } = await begun();
    expect(await alone.sessions.isLive(caller)).toBe(true);
    await alone.sessions.end(caller);
    expect(await alone.sessions.isLive(caller)).toBe(false);
    await untilHeard(caller.sessionId, true);
    expect(await isLive(caller)).toEqual([false, false]);
    await alone.close();
    away.disconnect();
  });

  it('goes on with a new refresh token for each that is used', async () => {
    const { caller, refreshToken } = await begun();
    const second = await sessions.refresh(refreshToken);
    expect(second).toMatchObject({ caller });
    const third = await sessions.refresh(second?.refreshToken ?? '');
    expect(third).toMatchObject({ caller });
    expect(new Set([refreshToken, second?.refreshToken, third?.refreshToken]).size).toBe(3);
    expect(await isLive(caller)).toEqual([true, true]);
  });

  it('ends when a refresh token comes again, however long ago it was good', async () => {
    const { caller, refreshToken } = await begun();
    const { caller: other } = await begun();
    const second = await sessions.refresh(refreshToken);
    const third = await sessions.refresh(second?.refreshToken ?? '');
    expect(await sessions.refresh(refreshToken)).toBeUndefined();
    expect(await sessions.refresh(third?.refreshToken ?? '')).toBeUndefined();
    expect(await isLive(caller)).toEqual([false, false]);
    expect(await isLive(other)).toEqual([true, true]);
  });

  it('gives one new token to all who send the same at once, or again soon', async () => {
    const { caller, refreshToken } = await begun();
    const senders = [here, there, here, there];
    const answers = await Promise.all(senders.map((process) => process.sessions.refresh(refreshToken)));
    const again = await there.sessions.refresh(refreshToken);
    expect(again).toMatchObject({ caller, secondsLeft: expect.any(Number) });
    expect(new Set([...answers, again].map((answer) => answer?.refreshToken)).size).toBe(1);
    expect(await sessions.refresh(again?.refreshToken ?? '')).toMatchObject({ caller });
    expect(await isLive(caller)).toEqual([true, true]);
  });

  it('ends when a refresh token comes again later than soon, or never may', async () => {
    const [late, never] = [await begun(), await begun()];
    await sessions.refresh(late.refreshToken);
    await database.pool.query(`update sessions set refreshed_at = refreshed_at - interval '10 seconds'`);
    expect(await sessions.refresh(late.refreshToken)).toBeUndefined();
    expect(await isLive(late.caller)).toEqual([false, false]);
    const strict = connectSessions(
      { databaseUrl: database.url, ...settings, refreshReuseSeconds: 0 },
      database.pool,
      redis,
    );
    await strict.sessions.refresh(never.refreshToken);
    expect(await strict.sessions.refresh(never.refreshToken)).toBeUndefined();
    expect(await isLive(never.caller)).toEqual([false, false]);
    await strict.close();
  });

  it('ends when a used refresh token comes soon, but was followed by a token that cannot be given again', async () => {
    const { refreshToken } = await begun();
    await sessions.refresh(refreshToken);
    // As an earlier release refreshes.
    await database.pool.query(`update sessions set refresh_hash = '\\x00', refreshed_at = now()`);
    expect(await sessions.refresh(refreshToken)).toBeUndefined();
  });

  it.each(['', 'x', 'a'.repeat(64), 'a'.repeat(80), 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln'])(
    'is not refreshed with %j, and nobody asks PostgreSQL for it',
    async (text) => {
      const away = createPool({ url: 'postgres://127.0.0.1:1/none', connectionsMax: 1, name: 'away' });
      const alone = connectSessions({ databaseUrl: database.url, ...settings }, away, redis);
      expect(await alone.sessions.refresh(text)).toBeUndefined();
      await expect(alone.sessions.refresh((await begun()).refreshToken)).rejects.toMatchObject({
        code: 'ECONNREFUSED',
      });
      await alone.close();
      await away.end();
    },
  );

  it('is over once nobody has refreshed it for too long', async () => {
    const { caller, refreshToken } = await begun();
    await database.pool.query(`update sessions set expires_at = now() - interval '1 second'`);
    expect(await isLive(caller)).toEqual([false, false]);
    expect(await sessions.refresh(refreshToken)).toBeUndefined();
  });

  it('is refreshed no further than its lifetime goes, and not beyond it, which is no theft', async () => {
    const { refreshToken, secondsLeft } = await begun();
    expect(secondsLeft).toBe(settings.refreshTokenTtlSeconds);
    const [created, lifetime] = ['update sessions set created_at = now() - make_interval(secs => $1)', 172_800];
    await database.pool.query(created, [lifetime - 100]);
    const last = await sessions.refresh(refreshToken);
    expect(last?.secondsLeft).toBeGreaterThan(90);
    expect(last?.secondsLeft).toBeLessThanOrEqual(100);
    const { rows } = await database.pool.query('select expires_at - created_at as life from sessions');
    expect(rows).toEqual([{ life: expect.objectContaining({ days: 2 }) }]);
    await database.pool.query(created, [lifetime + 1]);
    const reused: EndedSession[] = [];
    expect(await sessions.refresh(last?.refreshToken ?? '', (ended) => reused.push(ended))).toBeUndefined();
    expect(reused).toEqual([]);
  });

  it('tells of a refresh token that came again', async () => {
    const { caller, refreshToken } = await begun();
    const reused: EndedSession[] = [];
    const next = await sessions.refresh(refreshToken, (ended) => reused.push(ended));
    await sessions.refresh(next?.refreshToken ?? '', (ended) => reused.push(ended));
    expect(reused).toEqual([]);
    await sessions.refresh(refreshToken, (ended) => reused.push(ended));
    expect(reused).toMatchObject([{ id: caller.sessionId, userId: ann.id }]);
  });

  it('is kept in a table that is worth nothing to a thief', async () => {
    const { refreshToken } = await begun();
    const { rows } = await database.pool.query<Record<string, unknown>>('select * from sessions');
    const bytes = Buffer.from(refreshToken, 'base64url');
    for (const stored of [rows[0]?.['refresh_family'], rows[0]?.['refresh_hash']] as Buffer[]) {
      expect(stored).toHaveLength(32);
      expect(bytes.includes(stored)).toBe(false);
    }
  });

  it('is the oldest to end when one user has too many', async () => {
    const { caller: first } = await begun();
    const { caller: second } = await begun();
    for (let more = 0; more < 99; more++) await begun();
    expect(await isLive(first)).toEqual([false, false]);
    expect(await isLive(second)).toEqual([true, true]);
  });

  it('does not begin beside a change that is about to end all sessions', async () => {
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query('update users set version = version + 1');
    const beginning = sessions.begin(ann);
    const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    await until(async () => {
      await client.query('select pg_stat_clear_snapshot()');
      return (await client.query(waiting)).rowCount;
    });
    await client.query('commit');
    client.release();
    expect(await beginning).toBeUndefined();
  });

  it('does not begin for somebody whose password or role has changed since, or who is gone', async () => {
    const accounts = new Accounts(database.pool, new SessionCache(redis, 3600));
    await accounts.changeRole(ann.id, 'staff');
    expect(await sessions.begin(ann)).toBeUndefined();
    const now = await users.find(ann.id);
    expect(now && (await sessions.begin(now))).toMatchObject({ caller: { role: 'staff' } });
    await accounts.erase(ann.id);
    expect(now && (await sessions.begin(now))).toBeUndefined();
  });
});
