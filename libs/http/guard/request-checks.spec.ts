import { Accounts, actingSession, ApiKeys, apiKeySecrets, authMigrations, connectSessions } from '#people';
import { SessionCache, Users, type Caller } from '#people';
import { createMetrics, createRedis, untilConnected, type Redis } from '#platform';
import { freshDatabase, freshRedis, silenced, throughout, until } from '#dev/testing';
import type { FreshDatabase, Silenced } from '#dev/testing';
import {
  RequestChecks,
  createGuardMetrics,
  fingerprintKey,
  fingerprintOf,
  type CheckResult,
  type KeyClaim,
} from './index.ts';

const settings = {
  idSecret: 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba',
  accessTokenTtlSeconds: 3600,
  refreshTokenTtlSeconds: 86_400,
  sessionLifetimeSeconds: 172_800,
  refreshReuseSeconds: 10,
};
const keys = { keptMs: 60_000, runningMsMax: 30_000 };
const noLimit = { name: 'writes', requestsMax: 0, windowMs: 60_000 };
const buy = fingerprintOf('key', 'POST', '/items/1/purchase', { quantity: 1 });
const buyTwo = fingerprintOf('key', 'POST', '/items/1/purchase', { quantity: 2 });
const answer = { status: 201, headers: { 'consistency-token': 't' }, body: '{"remaining":1}' };

describe('the checks of a request', () => {
  let database: FreshDatabase;
  let redis: Redis;
  let redisUrl: string;
  let connected: ReturnType<typeof connectSessions>;
  let ann: Caller;
  let bob: Caller;
  let checks: RequestChecks;

  beforeEach(async () => {
    [database, { redis, url: redisUrl }] = await Promise.all([freshDatabase(authMigrations), freshRedis()]);
    connected = connectSessions({ databaseUrl: database.url, ...settings }, database.pool, redis);
    [ann, bob] = await Promise.all([callerOf('ann@example.com'), callerOf('bob@example.com')]);
    await until(() => connected.sessions.endedLately('none') === false);
    checks = checksWith();
  });

  afterEach(async () => {
    await connected.close();
    redis.disconnect();
    await database.drop();
  });

  async function callerOf(email: string): Promise<Caller> {
    const users = new Users(database.pool);
    const created = await users.create({ email, name: 'x', role: 'customer', password: 'correct horse' });
    const begun = created.outcome === 'created' ? await connected.sessions.begin(created.user) : undefined;
    if (begun === undefined) throw new Error('no session');
    return begun.caller;
  }

  function checksWith(options: Partial<ConstructorParameters<typeof RequestChecks>[0]> = {}): RequestChecks {
    const metrics = createGuardMetrics(createMetrics('test'));
    return new RequestChecks({ redis, sessions: connected.sessions, rule: noLimit, keys, metrics, ...options });
  }

  function ask(caller: Caller, text: string, fingerprint = buy, at = checks): Promise<CheckResult> {
    return at.check({ caller, key: { text, fingerprint } });
  }

  async function claimed(caller: Caller, text: string, fingerprint = buy, at = checks): Promise<KeyClaim> {
    const admitted = await ask(caller, text, fingerprint, at);
    if (admitted.outcome !== 'go-on' || admitted.claim === undefined) throw new Error(admitted.outcome);
    return admitted.claim;
  }

  /** Settling is not awaited: polls until it is visible. */
  function untilOutcome(outcome: CheckResult['outcome'], of: () => Promise<CheckResult>): Promise<CheckResult> {
    return until(of, (admitted) => admitted.outcome === outcome);
  }

  async function expectKeyRunning(): Promise<void> {
    expect(await ask(ann, 'k')).toEqual({ outcome: 'key-running' });
  }

  describe('for a request with a key', () => {
    it('lets the first one through, and answers those after it alike', async () => {
      const claim = await claimed(ann, 'k');
      expect(await ask(ann, 'k')).toEqual({ outcome: 'key-running' });
      claim.answered(answer);
      expect(await untilOutcome('answered', () => ask(ann, 'k'))).toEqual({
        outcome: 'answered',
        rate: undefined,
        answer,
      });
    });

    it('lets one of many through that come at once', async () => {
      const processes = [checks, checksWith()];
      const all = await Promise.all(Array.from({ length: 40 }, (_, n) => ask(ann, 'k', buy, processes[n % 2])));
      expect(all.filter(({ outcome }) => outcome === 'go-on')).toHaveLength(1);
      expect(all.filter(({ outcome }) => outcome === 'key-running')).toHaveLength(39);
    });

    it('checks each of more requests than one call takes', async () => {
      const all = await Promise.all(Array.from({ length: 250 }, (_, n) => claimed(n % 2 === 0 ? ann : bob, `k${n}`)));
      for (const [n, claim] of all.entries()) claim.answered({ ...answer, body: `"${n}"` });
      for (const n of [0, 1, 199, 200, 248, 249]) {
        const again = (): Promise<CheckResult> => ask(n % 2 === 0 ? ann : bob, `k${n}`);
        expect(await untilOutcome('answered', again)).toMatchObject({ answer: { body: `"${n}"` } });
      }
    });

    it('lets one through without a claim whose key has a value that is not ours, and others as ever', async () => {
      await claimed(ann, 'broken');
      const [place = ''] = await redis.keys('*:key:*');
      await redis.del(place);
      await redis.rpush(place, 'x');
      const [broken, whole] = await Promise.all([ask(ann, 'broken'), claimed(ann, 'whole')]);
      expect(broken).toEqual({ outcome: 'go-on', rate: undefined, claim: undefined });
      whole.answered(answer);
      expect(await untilOutcome('answered', () => ask(ann, 'whole'))).toMatchObject({ answer });
    });

    it('rejects another request with the same key, whatever became of the first', async () => {
      const claim = await claimed(ann, 'k');
      expect(await ask(ann, 'k', buyTwo)).toEqual({ outcome: 'key-reused' });
      claim.unsettled();
      await untilOutcome('go-on', () => ask(ann, 'k'));
      expect(await ask(ann, 'k', buyTwo)).toEqual({ outcome: 'key-reused' });
    });

    it('knows that other people have keys of their own', async () => {
      await claimed(ann, 'k');
      expect(await ask(bob, 'k', buyTwo)).toMatchObject({ outcome: 'go-on' });
    });

    it('gives nobody the answer to what they asked in another role', async () => {
      const staff: Caller = { ...ann, role: 'staff' };
      (await claimed(staff, 'k')).answered(answer);
      await untilOutcome('answered', () => ask(staff, 'k'));
      expect(await ask(ann, 'k')).toMatchObject({ outcome: 'go-on' });
    });

    it('takes a freed key for a new one, also for another request', async () => {
      (await claimed(ann, 'k')).free();
      await untilOutcome('go-on', () => ask(ann, 'k', buyTwo));
      expect(await ask(ann, 'k', buy)).toEqual({ outcome: 'key-reused' });
    });

    it('lets the same request try again once whoever ran it is surely gone, and forgets what they say late', async () => {
      const hasty = checksWith({ keys: { keptMs: 60_000, runningMsMax: 1 } });
      const late = await claimed(ann, 'k', buy, hasty);
      const again = await untilOutcome('go-on', () => ask(ann, 'k'));
      late.answered({ ...answer, status: 400 });
      if (again.outcome === 'go-on') again.claim?.answered(answer);
      expect(await untilOutcome('answered', () => ask(ann, 'k'))).toMatchObject({ answer });
    });

    it('keeps a key in use for as long as its request is in doubt, however long that is', async () => {
      const hasty = checksWith({ keys: { keptMs: 60_000, runningMsMax: 1000 } });
      const doubt = Promise.withResolvers<void>();
      (await claimed(ann, 'k', buy, hasty)).unsettled(doubt.promise);
      await throughout(1200, expectKeyRunning);
      doubt.resolve();
      await untilOutcome('go-on', () => ask(ann, 'k'));
    });

    it('keeps a key whose request was never settled in use for as long as that could still be sent', async () => {
      const hasty = checksWith({ keys: { keptMs: 60_000, runningMsMax: 2000 } });
      (await claimed(ann, 'k', buy, hasty)).unsettled(Promise.reject(new Error('the process stops')));
      expect(await ask(ann, 'k')).toEqual({ outcome: 'key-running' });
      await untilOutcome('go-on', () => ask(ann, 'k'));
    });

    it('goes on keeping a key in use that was about to lapse when the doubt began', async () => {
      const hasty = checksWith({ keys: { keptMs: 60_000, runningMsMax: 4000 } });
      const claim = await claimed(ann, 'k', buy, hasty);
      const began = performance.now();
      await throughout(2500 - (performance.now() - began), expectKeyRunning);
      claim.unsettled(Promise.withResolvers<void>().promise);
      await throughout(4500 - (performance.now() - began), expectKeyRunning);
    });

    it('keeps a key in use beyond the time that keys are kept', async () => {
      const forgetful = checksWith({ keys: { keptMs: 900, runningMsMax: 900 } });
      (await claimed(ann, 'k', buy, forgetful)).unsettled(Promise.withResolvers<void>().promise);
      await throughout(1200, expectKeyRunning);
    });

    it('leaves a key to its request when an earlier try may have been recorded, whatever became of a later one', async () => {
      (await claimed(ann, 'k')).unsettled();
      const again = await untilOutcome('go-on', () => ask(ann, 'k'));
      if (again.outcome === 'go-on') again.claim?.free();
      await untilOutcome('go-on', () => ask(ann, 'k'));
      expect(await ask(ann, 'k', buyTwo)).toEqual({ outcome: 'key-reused' });
    });

    it('forgets a key in time', async () => {
      const forgetful = checksWith({ keys: { keptMs: 5, runningMsMax: 30_000 } });
      await claimed(ann, 'k', buy, forgetful);
      const again = await untilOutcome('go-on', () => ask(ann, 'k', buyTwo, forgetful));
      expect(again).toMatchObject({ claim: expect.anything() });
    });
  });

  describe('for a session', () => {
    it('is shut once it has ended, and a key that was begun on the way is free', async () => {
      await connected.sessions.end(ann);
      expect(await ask(ann, 'k')).toEqual({ outcome: 'session-ended' });
      await redis.flushdb();
      expect(await ask(ann, 'k')).toEqual({ outcome: 'session-ended' });
      await until(async () => (await redis.keys('*:key:*')).length === 0);
    });
  });

  describe('for somebody in a hurry', () => {
    it('limits the rate, each caller and each kind of request by itself, and says when to come back', async () => {
      const strict = checksWith({ rule: { name: 'writes', requestsMax: 3, windowMs: 60_000 } });
      const admitted = [];
      for (let request = 0; request < 4; request++) admitted.push(await strict.check({ caller: ann }));
      expect(admitted.map(({ outcome }) => outcome)).toEqual(['go-on', 'go-on', 'go-on', 'too-fast']);
      expect(admitted[0]).toMatchObject({ rate: { requestsMax: 3, left: 2, windowMs: 60_000 } });
      expect(admitted[3]).toMatchObject({ rate: { left: 0 }, retryAfterMs: expect.any(Number) });
      const { retryAfterMs = 0 } = admitted[3] as { retryAfterMs?: number };
      expect(retryAfterMs).toBeGreaterThan(10_000);
      expect(retryAfterMs).toBeLessThanOrEqual(20_000);
      expect(await strict.check({ caller: bob })).toMatchObject({ outcome: 'go-on' });
      const reads = checksWith({ rule: { name: 'reads', requestsMax: 1, windowMs: 60_000 } });
      expect(await reads.check({ caller: ann })).toMatchObject({ outcome: 'go-on' });
    });

    it('counts what a service asks for a customer as theirs, as long as its key and the customer are live', async () => {
      const [cache, secrets] = [new SessionCache(redis, 3600), apiKeySecrets(settings.idSecret)];
      const apiKeys = new ApiKeys(database.pool, cache, secrets);
      const made = await apiKeys.create({ name: 'Shop', role: 'service', expiresAt: undefined });
      const actingFor = ({ id }: Caller): Caller => ({
        id,
        role: 'customer',
        sessionId: actingSession(id),
        apiKeyId: made?.id ?? '',
      });
      const once = checksWith({ rule: { ...noLimit, requestsMax: 1 } });
      expect(await once.check({ caller: actingFor(ann) })).toMatchObject({ outcome: 'go-on' });
      expect(await once.check({ caller: ann })).toMatchObject({ outcome: 'too-fast' });
      expect(await once.check({ caller: actingFor(bob) })).toMatchObject({ outcome: 'go-on' });
      await claimed(actingFor(ann), 'k');
      await expectKeyRunning();
      await new Accounts(database.pool, cache).disable(ann.id);
      expect(await ask(actingFor(ann), 'l')).toEqual({ outcome: 'customer-ended' });
      await apiKeys.revoke(made?.id ?? '');
      expect(await ask(actingFor(bob), 'k')).toEqual({ outcome: 'session-ended' });
    });

    it('counts what ends sessions for each session by itself, whatever else its user sends', async () => {
      const strict = checksWith({
        rule: { name: 'writes', requestsMax: 1, windowMs: 60_000 },
        sessionRule: { name: 'session', requestsMax: 2, windowMs: 60_000 },
      });
      const end = async (caller: Caller): Promise<string> =>
        (await strict.check({ caller, limitedBy: 'session' })).outcome;
      await strict.check({ caller: ann });
      expect((await strict.check({ caller: ann })).outcome).toBe('too-fast');
      expect([await end(ann), await end(ann), await end(ann)]).toEqual(['go-on', 'go-on', 'too-fast']);
      const user = await new Users(database.pool).find(ann.id);
      const other = user && (await connected.sessions.begin(user));
      expect(other && (await end(other.caller))).toBe('go-on');
      expect(await strict.check({ caller: ann, limitedBy: 'session' })).toMatchObject({ rate: { requestsMax: 2 } });
    });

    it('lets them in again in time, and does not spend their key', async () => {
      const quick = checksWith({ rule: { name: 'writes', requestsMax: 1, windowMs: 3000 } });
      await quick.check({ caller: ann });
      await untilOutcome('too-fast', () => ask(ann, 'k', buyTwo, quick));
      const again = await untilOutcome('go-on', () => ask(ann, 'k', buy, quick));
      expect(again).toMatchObject({ claim: expect.anything() });
    });
  });

  describe('whose Redis was asked and does not answer', () => {
    let line: Silenced;
    let behind: Redis;
    let cutOff: RequestChecks;

    beforeEach(async () => {
      line = await silenced(redisUrl);
      behind = createRedis(line.url);
      await untilConnected(behind);
      cutOff = checksWith({ redis: behind });
    });

    afterEach(() => {
      behind.disconnect();
      line.close();
    });

    it('let no request with a key through, since another process may be running it', async () => {
      const running = await claimed(ann, 'k');
      line.silence();
      const [withKey, without] = await Promise.all([ask(ann, 'k', buy, cutOff), cutOff.check({ caller: ann })]);
      expect(withKey).toEqual({ outcome: 'key-unknown' });
      expect(without).toEqual({ outcome: 'go-on', rate: undefined, claim: undefined });
      running.answered(answer);
      expect(await untilOutcome('answered', () => ask(ann, 'k', buy, cutOff))).toMatchObject({ answer });
    });

    it('take the key for nobody when the call arrives late', async () => {
      line.silence();
      expect(await ask(ann, 'k', buy, cutOff)).toEqual({ outcome: 'key-unknown' });
      line.resume();
      await until(async () => (await redis.keys('*:key:*')).length === 1);
      await untilOutcome('go-on', () => ask(ann, 'k'));
    });

    it('store the answer of a request once they are connected again', async () => {
      const claim = await claimed(ann, 'k', buy, cutOff);
      line.silence();
      claim.answered(answer);
      expect(await untilOutcome('answered', () => ask(ann, 'k'))).toMatchObject({ answer });
    });
  });

  describe('without Redis', () => {
    it('ask PostgreSQL, and leave repeats to the event store once it is more than a lost connection', async () => {
      const away = createRedis('redis://127.0.0.1:1');
      const alone = checksWith({ redis: away });
      expect(await ask(ann, 'k', buy, alone)).toEqual({ outcome: 'key-unknown' });
      expect(await alone.check({ caller: ann })).toMatchObject({ outcome: 'go-on' });
      const first = await untilOutcome('go-on', () => ask(ann, 'k', buy, alone));
      expect(first).toEqual({ outcome: 'go-on', rate: undefined, claim: undefined });
      expect(await ask(ann, 'k', buyTwo, alone)).toMatchObject({ outcome: 'go-on' });
      await connected.sessions.end(ann);
      expect(await ask(ann, 'k', buy, alone)).toEqual({ outcome: 'session-ended' });
      away.disconnect();
    });
  });
});

describe('the fingerprint of a request', () => {
  it('differ by the names that are the client’s own, in whatever order those are', () => {
    const of = (metadata: object) => fingerprintOf('key', 'POST', '/x', { items: [{ metadata }] });
    expect(of({ cartId: '1', b: '2' })).toBe(of({ b: '2', cartId: '1' }));
    expect(of({ cartId: '1' })).not.toBe(of({ cart_id: '1' }));
    expect(of({ cartId: '1', cart_id: '2' })).not.toBe(of({ cart_id: '2' }));
  });

  it('is the same however its JSON is written', () => {
    const first = fingerprintOf('key', 'POST', '/x', { ttlSeconds: 1, quantity: 2, deep: [{ aB: 1, c: null }] });
    expect(fingerprintOf('key', 'POST', '/x', { quantity: 2, deep: [{ c: null, a_b: 1 }], ttl_seconds: 1 })).toBe(
      first,
    );
    expect(fingerprintOf('key', 'POST', '/x', undefined)).toBe(fingerprintOf('key', 'POST', '/x', {}));
  });

  it('is another for whoever has another key', () => {
    const [one, other] = ['secret', 'other secret'].map((secret) =>
      fingerprintOf(fingerprintKey(secret), 'POST', '/x', {}),
    );
    expect(one).not.toBe(other);
  });

  it.each([
    ['POST', '/y', { quantity: 2 }],
    ['PATCH', '/x', { quantity: 2 }],
    ['POST', '/x', { quantity: 3 }],
    ['POST', '/x', { quantity: '2' }],
    ['POST', '/x', {}],
  ])('is another for %s %s %j', (method, path, body) => {
    expect(fingerprintOf('key', method, path, body)).not.toBe(fingerprintOf('key', 'POST', '/x', { quantity: 2 }));
  });
});
