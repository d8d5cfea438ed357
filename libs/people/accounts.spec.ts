import type { Redis } from '#platform';
import { freshDatabase, freshRedis, until, type FreshDatabase } from '#dev/testing';
import {
  Accounts,
  actingSession,
  addressHash,
  authMigrations,
  connectSessions,
  LoginThrottle,
  SessionCache,
  sessionKey,
  Users,
} from './index.ts';
import type { Caller, User } from './index.ts';

describe('an account', () => {
  let database: FreshDatabase;
  let redis: Redis;
  let users: Users;
  let accounts: Accounts;
  let connected: ReturnType<typeof connectSessions>;
  let ann: User;
  let caller: Caller;
  let elsewhere: Caller;

  beforeEach(async () => {
    [database, { redis }] = await Promise.all([freshDatabase(authMigrations), freshRedis()]);
    const { pool, url: databaseUrl } = database;
    users = new Users(pool);
    accounts = new Accounts(pool, new SessionCache(redis, 3600));
    const settings = {
      idSecret: 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba',
      accessTokenTtlSeconds: 3600,
      refreshTokenTtlSeconds: 86_400,
      sessionLifetimeSeconds: 172_800,
      refreshReuseSeconds: 10,
    };
    connected = connectSessions({ databaseUrl, ...settings }, pool, redis);
    ann = await created('ann@example.com');
    caller = await begin(ann);
    elsewhere = await begin(ann);
  });

  afterEach(async () => {
    await connected.close();
    redis.disconnect();
    await database.drop();
  });

  async function created(email: string): Promise<User> {
    const result = await users.create({ email, name: 'Ann', phone: '0912345678', role: 'customer', password: 'old' });
    if (result.outcome !== 'created') throw new Error('taken');
    return result.user;
  }

  async function begin(user: User): Promise<Caller> {
    const begun = await connected.sessions.begin(user);
    if (begun === undefined) throw new Error('no session');
    // Redis says so from here on, until it is told otherwise.
    await connected.sessions.remember(begun.caller);
    return begun.caller;
  }

  function isLive(one: Caller): Promise<boolean> {
    return connected.sessions.isLive(one);
  }

  it('changes what is named and nothing else', async () => {
    const changed = await accounts.changeProfile(caller, { name: '王大明' });
    expect(changed).toMatchObject({ outcome: 'changed', user: { name: '王大明', phone: '0912345678', address: null } });
    const again = await accounts.changeProfile(caller, { phone: '0987654321', address: '市府路1號' });
    expect(again).toMatchObject({ user: { name: '王大明', phone: '0987654321', address: '市府路1號' } });
    const cleared = await accounts.changeProfile(caller, { address: null });
    expect(cleared).toMatchObject({ user: { name: '王大明', phone: '0987654321', address: null } });
    expect(await isLive(elsewhere)).toBe(true);
  });

  it('that is disabled is not acted for by services, whatever Redis says, until it is enabled', async () => {
    const customer = { id: ann.id, sessionId: actingSession(ann.id), kind: 'customer' } as const;
    expect(await connected.sessions.isLive(customer)).toBe(true);
    await connected.sessions.remember(customer);
    expect(await accounts.disable(ann.id)).toBe(2);
    expect(await isLive(caller)).toBe(false);
    expect(await connected.sessions.isLive(customer)).toBe(false);
    await until(() => connected.sessions.endedLately(customer.sessionId));
    await redis.set(sessionKey(ann.id, customer.sessionId), '1');
    expect(await connected.sessions.isLive(customer)).toBe(false);
    expect(await connected.sessions.begin(ann)).toBeUndefined();
    expect(await accounts.enable(ann.id)).toBe(true);
    expect(await connected.sessions.isLive(customer)).toBe(true);
    expect([await accounts.disable('user_0'), await accounts.enable('user_0')]).toEqual([undefined, false]);
  });

  it('with a password that is set for it ends all sessions', async () => {
    expect(await accounts.setPassword(ann.id, 'new')).toBe(2);
    expect(await isLive(caller)).toBe(false);
    expect(await users.authenticate('ann@example.com', 'new')).toMatchObject({ id: ann.id, version: ann.version + 1 });
    expect(await accounts.setPassword('user_0', 'new')).toBeUndefined();
  });

  it('with a new password ends all sessions but the one that changed it', async () => {
    const bystander = await begin(await created('bob@example.com'));
    const changed = await accounts.changeProfile(caller, { password: { current: 'old', next: 'new' } });
    expect(changed.outcome).toBe('changed');
    expect(await users.authenticate('ann@example.com', 'old')).toBeUndefined();
    expect(await users.authenticate('ann@example.com', 'new')).toMatchObject({ id: ann.id });
    expect([await isLive(caller), await isLive(elsewhere), await isLive(bystander)]).toEqual([true, false, true]);
  });

  it('keeps its password, and all else, when the current one is wrong', async () => {
    const changed = await accounts.changeProfile(caller, { name: 'x', password: { current: 'wrong', next: 'new' } });
    expect(changed).toEqual({ outcome: 'wrong-password' });
    expect(await users.authenticate('ann@example.com', 'old')).toMatchObject({ name: 'Ann' });
    expect(await isLive(elsewhere)).toBe(true);
  });

  it('takes one of two new passwords that come at once', async () => {
    const change = (one: Caller, next: string) =>
      accounts.changeProfile(one, { password: { current: 'old', next } }).then(({ outcome }) => outcome);
    const outcomes = await Promise.all([change(caller, 'one'), change(elsewhere, 'other')]);
    expect(outcomes.toSorted()).toEqual(['changed', 'wrong-password']);
    const [live, dead] = outcomes[0] === 'changed' ? [caller, elsewhere] : [elsewhere, caller];
    expect([await isLive(live), await isLive(dead)]).toEqual([true, false]);
  });

  it('gives no session to a login with the old password that was under way', async () => {
    const loggingIn = await users.authenticate('ann@example.com', 'old');
    await accounts.changeProfile(caller, { password: { current: 'old', next: 'new' } });
    expect(loggingIn && (await connected.sessions.begin(loggingIn))).toBeUndefined();
  });

  it('in another role has no session left', async () => {
    expect(await accounts.changeRole(ann.id, 'staff')).toBe(2);
    expect([await isLive(caller), await isLive(elsewhere)]).toEqual([false, false]);
    expect(await users.find(ann.id)).toMatchObject({ role: 'staff' });
    expect(await accounts.changeRole('user_0', 'staff')).toBeUndefined();
  });

  it('that is erased takes along what was counted of it', async () => {
    const bounds = { windowSeconds: 300, perAccountMax: 3, perAddressMax: 50 };
    const throttle = new LoginThrottle(database.pool, addressHash('a secret of this test'), bounds);
    const name = await users.create({ userName: 'bob', name: 'Bob', role: 'customer', password: 'old' });
    if (name.outcome !== 'created') throw new Error('taken');
    const wrong = () => Promise.resolve(undefined);
    await throttle.remember(ann.id, '192.0.2.1');
    await throttle.login({ account: 'ann@example.com', address: '192.0.2.1' }, wrong);
    for (const account of ['ANN@example.com', ann.id, 'bob', 'carol']) {
      await throttle.login({ account, address: '192.0.2.2' }, wrong);
    }
    await throttle.changePassword(ann.id, wrong);
    const counted = async () => {
      const { rows } = await database.pool.query<{ key: string }>(
        `select split_part(key, ' ', 1) as key from login_attempts union all select 'queue' from login_queues
         union all select 'network' from known_networks order by key`,
      );
      return rows.map(({ key }) => key);
    };
    const queues = (count: number) => Array.from({ length: count }, () => 'queue');
    expect(await counted()).toEqual(['address', 'known', 'network', 'password', ...queues(4)]);
    await accounts.erase(ann.id);
    expect(await counted()).toEqual(['address', ...queues(2)]);
    await accounts.erase(name.user.id);
    expect(await counted()).toEqual(['address', ...queues(1)]);
  });

  it('that is erased leaves nothing that is known of anybody', async () => {
    expect(await accounts.erase(ann.id)).toBe(true);
    expect([await isLive(caller), await isLive(elsewhere)]).toEqual([false, false]);
    const { rows: tables } = await database.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'migrations'`,
    );
    for (const { name } of tables) {
      const { rows } = await database.pool.query(`select * from ${name}`);
      expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${ann.id}|ann@|0912345678`));
    }
    expect(await accounts.erase(ann.id)).toBe(false);
    expect(await accounts.changeProfile(caller, { name: 'x' })).toEqual({ outcome: 'unknown' });
  });
});
