import { randomUUID } from 'node:crypto';
import { slotStock, stockStream } from '#domain';
import { createRedis, untilConnected, type Redis } from '#platform';
import { until, type Answer } from '#dev/testing';
import { seeing, startInstallation, type Installation } from './start-installation.ts';

const credentials = { email: 'example@mail.ru', password: 'passw0rd!' };
const fiveMinutesMs = 300_000;

describe('001, the slots', () => {
  let installation: Installation;
  let ask: Installation['ask'];
  let token: string;
  let other: string;

  beforeAll(async () => {
    installation = await startInstallation();
    ({ ask } = installation);
    token = await register(credentials.email);
    other = await register('other@mail.ru');
    for (const [id, capacity] of [
      [1, 10],
      [2, 5],
    ]) {
      await ask('POST', '/slots', { token: installation.staff, body: { id, capacity } });
    }
  });

  afterAll(() => installation.stop());

  async function register(email: string): Promise<string> {
    const newUser = { ...credentials, email, name: 'Иван', phone: '0912345678' };
    return (await ask('POST', '/auth/register', { body: newUser })).body.token;
  }

  function hold(slotId: number, key: string, quantity = 1, by = token): Promise<Answer> {
    return ask('POST', `/slots/${slotId}/hold`, { token: by, body: { quantity }, headers: { 'idempotency-key': key } });
  }

  async function availability(after: Answer): Promise<{ slot_id: number; capacity: number; remaining: number }[]> {
    return (await ask('GET', '/slots/availability', { headers: seeing(after) })).body;
  }

  async function slot(capacity: number): Promise<number> {
    return (await ask('POST', '/slots', { token: installation.staff, body: { capacity } })).body.slot_id;
  }

  describe('Описание', () => {
    it('Прогрев кеша: what Redis has lost is there all the same, and Redis has it again', async () => {
      const slotId = await slot(4);
      const held = await hold(slotId, randomUUID());
      const known = { slot_id: slotId, capacity: 4, remaining: 3 };
      expect(await availability(held)).toContainEqual(known);
      const redis = createRedis(installation.system.env['REDIS_URL'] ?? '');
      await untilConnected(redis);
      await redis.flushdb();
      expect((await ask('GET', `/slots/availability?ids=${slotId}`)).body).toEqual([known]);
      await until(() => rowsIn(redis, stockStream(slotStock(slotId))));
      redis.disconnect();
      expect((await ask('GET', `/slots/availability?ids=${slotId}`)).body).toEqual([known]);
    });

    it('Фоновая очистка: a place whose hold has expired is seen to be free though nobody asks for it', async () => {
      const slotId = await slot(1);
      const { body } = await hold(slotId, randomUUID());
      const shorter = await ask('PATCH', `/holds/${body.id}`, { token, body: { ttlSeconds: 5 } });
      expect(await availability(shorter)).toContainEqual({ slot_id: slotId, capacity: 1, remaining: 0 });
      const remaining = async () => (await ask('GET', `/slots/${slotId}`)).body.remaining;
      expect(await until(remaining)).toBe(1);
      expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(shorter.body.expiresAt));
    });
  });

  async function rowsIn(redis: Redis, stream: string): Promise<number> {
    const keys = await redis.keys('*');
    const isThere = async (key: string) =>
      (await redis.type(key)) === 'hash' && (await redis.hexists(key, stream)) === 1;
    return (await Promise.all(keys.map(isThere))).filter(Boolean).length;
  }

  describe('Начало работы', () => {
    it('GET /login answers a token, which is good for an hour', async () => {
      const login = await installation.getWithBody('/login', credentials);
      expect(login).toMatchObject({ status: 200, body: { token: expect.any(String), expiresIn: 3600 } });
      expect(await ask('GET', '/holds', { token: login.body.token })).toMatchObject({ status: 200 });
      const [, payload = ''] = login.body.token.split('.');
      const { iat, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString());
      expect(exp - iat).toBe(3600);
    });

    it('GET /login takes credentials in the body, and never from the URL', async () => {
      const answer = await ask('GET', '/login?email=example@mail.ru&password=passw0rd!');
      expect(answer).toMatchObject({ status: 422 });
      expect(await installation.getWithBody('/login', { ...credentials, password: 'no' })).toMatchObject({
        status: 401,
      });
    });

    it('GET /refresh answers another token, for the refresh token and not, as there, for the old one', async () => {
      const { body } = await installation.getWithBody('/login', credentials);
      expect(await installation.getWithBody('/refresh', {}, body.token)).toMatchObject({ status: 401 });
      const refreshed = await installation.getWithBody('/refresh', {}, body.refreshToken);
      expect(refreshed).toMatchObject({ status: 200, body: { token: expect.any(String), expiresIn: 3600 } });
      const again = await installation.getWithBody('/refresh', { refreshToken: refreshed.body.refreshToken });
      expect(again).toMatchObject({ status: 200 });
      expect(await ask('GET', '/holds', { token: again.body.token })).toMatchObject({ status: 200 });
    });

    it('Bearer Token: ALL other requests need it, but the public ones', async () => {
      for (const [method, path] of [
        ['POST', '/slots/1/hold'],
        ['POST', '/holds/1/confirm'],
        ['DELETE', '/holds/1'],
        ['GET', '/holds'],
      ] as const) {
        expect(await ask(method, path)).toMatchObject({ status: 401, body: { code: 'TOKEN_MISSING' } });
      }
      expect(await ask('GET', '/slots/availability')).toMatchObject({ status: 200 });
    });
  });

  describe('Примеры запросов', () => {
    it('GET /slots/availability', async () => {
      await hold(1, 'availability 1', 4);
      const full = await hold(2, 'availability 2', 5);
      const answer = await ask('GET', '/slots/availability?ids=1,2', { headers: seeing(full) });
      expect([answer.status, answer.body]).toEqual([
        200,
        [
          { slot_id: 1, capacity: 10, remaining: 6 },
          { slot_id: 2, capacity: 5, remaining: 0 },
        ],
      ]);
      const rejected = { code: 'INSUFFICIENT_STOCK', statusMessage: 'The slot is full' };
      expect(await hold(2, 'availability 3')).toMatchObject({
        status: 400,
        body: { ...rejected, data: { available: 0, requested: 1, slotId: 2 } },
      });
    });

    it('GET /slots/availability has all slots that have not started, however many', async () => {
      const { staff } = installation;
      const when = {
        from: '2099-03-27',
        until: '2099-06-30',
        days: ['sun', 'mon', 'tue', 'wed'],
        timeZone: 'Europe/Berlin',
      };
      const series = { ...when, title: 'Yoga', capacity: 3, times: ['09:00', '02:30'], durationMinutes: 45 };
      const terms = { purchaseLimit: 2, cancelMinutesBefore: 60 };
      const opened = await ask('POST', '/slots/series', { token: staff, body: { ...series, ...terms } });
      expect(opened).toMatchObject({ status: 201, body: { skipped: ['2099-03-29T02:30'] } });
      const { slots } = opened.body;
      const yoga = { id: expect.any(Number), title: 'Yoga', capacity: 3, remaining: 3, open: true };
      // On that day, clocks are put forward.
      expect(slots.slice(0, 2)).toEqual([
        { ...yoga, startsAt: '2099-03-29T07:00:00.000Z', endsAt: '2099-03-29T07:45:00.000Z' },
        { ...yoga, startsAt: '2099-03-30T00:30:00.000Z', endsAt: '2099-03-30T01:15:00.000Z' },
      ]);
      const ids = slots.map(({ id }: { id: number }) => id);
      expect(ids.length).toBeGreaterThan(100);
      expect(await ask('GET', `/slots/${ids[0]}`, { headers: seeing(opened) })).toMatchObject({
        body: { purchaseLimit: 2, cancelUntil: '2099-03-29T06:00:00.000Z' },
      });
      const past = { token: staff, body: { capacity: 3, startsAt: '2026-01-01T09:00:00Z' } };
      const started = await ask('POST', '/slots', past);
      const shown = (await availability(started)).map(({ slot_id }) => slot_id);
      expect(shown).toEqual(expect.arrayContaining([1, 2, ...ids]));
      expect(shown).not.toContain(started.body.slot_id);
      const first = await ask('GET', `/slots?from=2099-01-01&limit=2`, { headers: seeing(opened) });
      expect(first.body).toMatchObject({ slots: slots.slice(0, 2), total: slots.length, hasMore: true });
    });

    it.each([
      [{ until: undefined }, { until: 'is required, or count instead' }],
      [{ count: 3 }, { count: 'cannot be combined with until' }],
      [{ until: '2099-03-26' }, { until: 'must not be less than from' }],
      [{ until: '2199-01-01' }, { until: 'makes the series longer than 1000 slots' }],
      [{ until: '2099-03-28' }, { until: expect.stringContaining('without a slot') }],
      [{ from: '2099-02-29' }, { from: expect.stringContaining('must be a date') }],
      [{ from: '1969-12-31' }, { from: expect.stringContaining('must be a date') }],
      [{ except: ['2099'] }, { except: expect.stringContaining('must be a list of at most 366 dates') }],
      [{ days: ['sunday'] }, { days: expect.stringContaining('sun, mon') }],
      [{ times: ['9:00'] }, { times: expect.stringContaining('different times of day such as 09:00') }],
      [{ times: ['09:00', '09:00'] }, { times: expect.any(String) }],
      [{ times: [] }, { times: expect.any(String) }],
      [{ timeZone: '+01:00' }, { timeZone: 'must be the name of a time zone, such as Asia/Taipei' }],
      [{ timeZone: 'Europe/Bärlin' }, { timeZone: expect.any(String) }],
      [{ durationMinutes: 0 }, { durationMinutes: expect.any(String) }],
    ])('POST /slots/series opens nothing when it is asked for %j', async (change, data) => {
      const when = {
        from: '2099-03-27',
        until: '2099-06-30',
        days: ['sun'],
        times: ['09:00'],
        timeZone: 'Europe/Berlin',
      };
      const body = { ...when, capacity: 3, durationMinutes: 45, ...change };
      const answer = await ask('POST', '/slots/series', { token: installation.staff, body });
      expect([answer.status, answer.body.data]).toEqual([422, data]);
    });

    it('POST /slots/1/hold with an Idempotency-Key holds once for each user and key', async () => {
      const slotId = await slot(3);
      const first = await hold(slotId, '123');
      expect(first).toMatchObject({ status: 201, body: { slot_id: slotId, quantity: 1, status: 'open' } });
      const again = await hold(slotId, '123');
      expect([again.status, again.body]).toEqual([201, first.body]);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      const others = await hold(slotId, '123', 1, other);
      expect(others.status).toBe(201);
      expect(others.body.id).not.toBe(first.body.id);
      expect(await availability(others)).toContainEqual({ slot_id: slotId, capacity: 3, remaining: 1 });
      expect(await hold(slotId, '123', 2)).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } });
    });

    it('POST /slots/1/hold without an Idempotency-Key is rejected', async () => {
      expect(await ask('POST', '/slots/1/hold', { token })).toMatchObject({
        status: 400,
        body: { code: 'IDEMPOTENCY_KEY_MISSING' },
      });
    });

    it('POST /slots/1/hold holds for 5 minutes; then it is expired and not, as there, cancelled', async () => {
      const slotId = await slot(1);
      const { body } = await hold(slotId, randomUUID());
      expect(Date.parse(body.expiresAt) - Date.parse(body.createdAt)).toBe(fiveMinutesMs);
      await ask('PATCH', `/holds/${body.id}`, { token, body: { ttlSeconds: 1 } });
      // Whoever wants the place gets it as soon as the time is up.
      await until(
        () => hold(slotId, randomUUID(), 1, other),
        ({ status }) => status === 201,
      );
      expect(await ask('POST', `/holds/${body.id}/confirm`, { token })).toMatchObject({
        status: 410,
        body: { code: 'HOLD_EXPIRED', data: { holdId: body.id } },
      });
    });

    it('POST /holds/1/confirm answers the hold and not, as there, true', async () => {
      const slotId = await slot(2);
      const { body } = await hold(slotId, randomUUID());
      const confirmed = await ask('POST', `/holds/${body.id}/confirm`, { token });
      expect([confirmed.status, confirmed.body]).toEqual([200, { ...body, status: 'confirmed', confirmedQuantity: 1 }]);
      expect(await availability(confirmed)).toContainEqual({ slot_id: slotId, capacity: 2, remaining: 1 });
      expect(await ask('POST', `/holds/${body.id}/confirm`, { token })).toMatchObject({ status: 409 });
      expect(await ask('POST', `/holds/${body.id}/confirm`, { token: other })).toMatchObject({ status: 404 });
      expect(await ask('POST', '/holds/1/confirm', { token })).toMatchObject({ status: 404 });
    });

    it('DELETE /holds/{id} gives the place back, answers the hold and not, as there, true', async () => {
      const slotId = await slot(2);
      const { body } = await hold(slotId, randomUUID());
      const cancelled = await ask('DELETE', `/holds/${body.id}`, { token });
      expect([cancelled.status, cancelled.body]).toEqual([200, { ...body, status: 'cancelled' }]);
      expect(await availability(cancelled)).toContainEqual({ slot_id: slotId, capacity: 2, remaining: 2 });
      expect(await ask('DELETE', `/holds/${body.id}`, { token })).toMatchObject({ status: 409 });
      expect(await ask('GET', `/holds/${body.id}`, { token, headers: seeing(cancelled) })).toMatchObject({
        body: { status: 'cancelled' },
      });
    });
  });
});
