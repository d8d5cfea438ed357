import { randomUUID } from 'node:crypto';
import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { createRedis, untilConnected, type Redis } from '#platform';
import { call, startSystem, until, untilAnswered, type RunningSystem, type Service } from '#dev/testing';
import { storeOf } from './event-stores.ts';

const password = 'correct horse battery';

const series = {
  capacity: 3,
  from: '2030-03-29',
  count: 4,
  days: ['sat', 'sun'],
  times: ['02:30'],
  durationMinutes: 30,
  timeZone: 'Europe/Berlin',
};

describe.each(['PostgreSQL', 'EventStoreDB'] as const)(
  'a request with an Idempotency-Key, with events in %s,',
  (kind) => {
    let place: Awaited<ReturnType<typeof storeOf>>;
    let system: RunningSystem;
    let other: Service;
    let store: EventStore;
    let redis: Redis;
    let staff: string;
    let ann: string;
    let bob: string;

    beforeAll(async () => {
      place = await storeOf(kind);
      system = await startSystem({ HOLDFAST_WRITES_PER_MINUTE_MAX: '0', ...place.settings });
      other = await system.start('command-api');
      store = await connectEventStore(system.env['EVENTSTORE_URL'] ?? '');
      redis = createRedis(system.env['REDIS_URL'] ?? '');
      await untilConnected(redis);
      [staff, ann, bob] = await Promise.all([tokenOf('staff'), tokenOf('ann'), tokenOf('bob')]);
    });

    afterAll(async () => {
      redis.disconnect();
      await store.close();
      await system.stop();
      await place.close();
    });

    async function tokenOf(name: string): Promise<string> {
      const role = name === 'staff' ? 'staff' : 'customer';
      const email = `${name}@example.com`;
      await system.cli(
        ['users', 'create', '--email', email, '--name', name, '--role', role, '--password-stdin'],
        password,
      );
      return loggedIn(name);
    }

    async function loggedIn(name: string): Promise<string> {
      const email = `${name}@example.com`;
      const { body } = await call(`${system.commandApi.url}/auth/login`, { body: { email, password } });
      return body.token as string;
    }

    function send(
      method: string,
      path: string,
      token: string,
      body: unknown,
      key = randomUUID(),
      to = system.commandApi,
    ) {
      return call(`${to.url}${path}`, { method, token, body, headers: { 'idempotency-key': key } });
    }

    async function item(units: number): Promise<string> {
      const id = `prod_${randomUUID().slice(0, 8)}`;
      await send('POST', '/products', staff, { id, name: 'x', price: 1 });
      await send('POST', '/stock', staff, { product_id: id, stock: units });
      return id;
    }

    async function purchasesOf(id: string, units: number): Promise<string> {
      await send('POST', '/products', staff, { id, name: 'x', price: 1 });
      await send('POST', '/stock', staff, { product_id: id, stock: units });
      return '/items/purchases';
    }

    async function slot(): Promise<number> {
      return (await send('POST', '/slots', staff, { capacity: 9 })).body.slot_id as number;
    }

    async function hold(): Promise<string> {
      return (await send('POST', `/slots/${await slot()}/hold`, ann, { quantity: 2 })).body.id as string;
    }

    async function request(): Promise<number> {
      return (await send('POST', '/requests', ann, { type: 'Humanpower', qty: 2 })).body.request_id as number;
    }

    async function acceptance(): Promise<number> {
      const body = { request_id: await request(), qty: 1 };
      return (await send('POST', '/request-accepters', ann, body)).body.accepter.id as number;
    }

    async function eventsInAll(): Promise<number> {
      let count = 0;
      let after: Awaited<ReturnType<EventStore['head']>>;
      for (;;) {
        const { events, end } = await store.readAll(after, 1000);
        if (events.length === 0) return count;
        count += events.length;
        after = end;
      }
    }

    it.each<[name: string, method: string, path: () => Promise<string>, body: object, as: 'staff' | 'ann']>([
      ['creates an item', 'POST', async () => '/products', { name: 'x', price: 1 }, 'staff'],
      ['changes an item', 'PATCH', async () => `/products/${await item(1)}`, { price: 5 }, 'staff'],
      ['takes an item away', 'DELETE', async () => `/products/${await item(1)}`, {}, 'staff'],
      [
        'adjusts a stock',
        'POST',
        async () => `/stock/${await item(9)}/adjustments`,
        { delta: 1, reason: 'x' },
        'staff',
      ],
      ['opens a slot', 'POST', async () => '/slots', { capacity: 3, startsAt: '2030-01-01T00:00:00Z' }, 'staff'],
      ['opens a series of slots', 'POST', async () => '/slots/series', series, 'staff'],
      ['changes a slot', 'PATCH', async () => `/slots/${await slot()}`, { capacity: 12, title: 'y' }, 'staff'],
      ['buys', 'POST', async () => `/items/${await item(9)}/purchase`, { quantity: 2 }, 'ann'],
      [
        'buys several',
        'POST',
        async () => purchasesOf('several', 9),
        { items: [{ id: 'several' }, { id: 'several', quantity: 2 }, { id: 'several', quantity: 99 }] },
        'ann',
      ],
      ['holds places', 'POST', async () => `/slots/${await slot()}/hold`, { quantity: 2 }, 'ann'],
      ['holds units', 'POST', async () => `/items/${await item(9)}/hold`, { quantity: 2 }, 'ann'],
      ['confirms a hold', 'POST', async () => `/holds/${await hold()}/confirm`, { quantity: 1 }, 'ann'],
      ['extends a hold', 'PATCH', async () => `/holds/${await hold()}`, { ttlSeconds: 900 }, 'ann'],
      ['cancels a hold', 'DELETE', async () => `/holds/${await hold()}`, {}, 'ann'],
      ['makes a request', 'POST', async () => '/requests', { type: 'Humanpower', qty: 2 }, 'ann'],
      ['cancels a request', 'POST', async () => `/requests/${await request()}/cancel`, {}, 'ann'],
      ['withdraws an acceptance', 'DELETE', async () => `/request-accepters/${await acceptance()}`, {}, 'ann'],
    ])('that %s does it once: again, on another process, with Redis flushed', async (_, method, path, body, as) => {
      const to = await path();
      const token = as === 'staff' ? staff : ann;
      const key = randomUUID();
      const first = await send(method, to, token, body, key);
      expect(first.status).toBeLessThan(300);
      const recorded = await eventsInAll();
      const again = await untilAnswered(() => send(method, to, token, body, key));
      const elsewhere = await untilAnswered(() => send(method, to, token, body, key, other));
      await redis.flushdb();
      const forgotten = await send(method, to, token, body, key);
      for (const repeat of [again, elsewhere, forgotten]) {
        expect(repeat).toMatchObject({ status: first.status, body: first.body });
        expect(repeat.headers.get('idempotency-replayed')).toBe('true');
        expect(repeat.headers.get('location')).toBe(first.headers.get('location'));
      }
      for (const repeat of [again, elsewhere]) {
        expect(repeat.headers.get('consistency-token')).toBe(first.headers.get('consistency-token'));
      }
      expect(await eventsInAll()).toBe(recorded);
    });

    it('that comes many times at once, on two processes, is done once', async () => {
      const id = await item(100);
      const before = await eventsInAll();
      const key = randomUUID();
      const ask = (n: number) =>
        send('POST', `/items/${id}/purchase`, ann, {}, key, n % 2 === 0 ? other : system.commandApi);
      const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => ask(n)));
      for (const { status } of answers) expect([201, 409]).toContain(status);
      const done = answers.filter(({ status }) => status === 201);
      expect(new Set(done.map(({ body }) => (body as { purchaseId: string }).purchaseId)).size).toBe(1);
      expect(await eventsInAll()).toBe(before + 1);
    });

    it('that comes many times at once without Redis is done once, and each hears the same', async () => {
      const id = await item(100);
      const key = randomUUID();
      const without = { REDIS_URL: 'redis://127.0.0.1:1' };
      const processes = await Promise.all([1, 2].map(() => system.start('command-api', without)));
      const ask = (n: number, usedKey = key) =>
        send('POST', `/items/${id}/purchase`, ann, {}, usedKey, processes[n % 2]);
      // A process may be the only one without Redis; it goes on when that lasts.
      const otherKey = randomUUID();
      for (const n of [0, 1]) await until(async () => (await ask(n, otherKey)).status === 201);
      const before = await eventsInAll();
      const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => ask(n)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      expect(await eventsInAll()).toBe(before + 1);
      await Promise.all(processes.map(({ child }) => child.stop()));
    });

    it('is rejected for another request, and is another’s own for another caller', async () => {
      const id = await item(9);
      const key = randomUUID();
      await send('POST', `/items/${id}/purchase`, ann, { quantity: 1 }, key);
      const reused = await untilAnswered(() => send('POST', `/items/${id}/purchase`, ann, { quantity: 2 }, key));
      expect(reused).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } });
      expect(await send('DELETE', `/holds/${await hold()}`, ann, {}, key)).toMatchObject({ status: 422 });
      expect(await send('POST', `/items/${id}/purchase`, bob, { quantity: 3 }, key)).toMatchObject({
        status: 201,
        body: { remaining: 5 },
      });
    });

    it('that opened a slot takes nothing back of what was changed since, though Redis was flushed', async () => {
      const key = randomUUID();
      const { body: slotOf } = await send('POST', '/slots', staff, { capacity: 0 }, key);
      const changes = { capacity: 7, startsAt: '2030-01-01T00:00:00.000Z' };
      await send('PATCH', `/slots/${slotOf.slot_id}`, staff, changes);
      const recorded = await eventsInAll();
      await redis.flushdb();
      expect(await send('POST', '/slots', staff, { capacity: 0 }, key)).toMatchObject({ status: 201 });
      expect(await eventsInAll()).toBe(recorded);
    });

    it('that is used for another item is another purchase, when Redis has forgotten it', async () => {
      const key = randomUUID();
      const [one, two] = [await item(1), await item(1)];
      const first = await send('POST', `/items/${one}/purchase`, ann, {}, key);
      await redis.flushdb();
      const second = await send('POST', `/items/${two}/purchase`, ann, {}, key);
      expect([first.status, second.status]).toEqual([201, 201]);
      expect(second.body.purchaseId).not.toBe(first.body.purchaseId);
    });

    it('that is a logout ends the session that it comes with, every time', async () => {
      const key = randomUUID();
      for (let time = 0; time < 2; time++) {
        const token = await loggedIn('bob');
        expect(await send('POST', '/auth/logout', token, {}, key)).toMatchObject({ status: 200 });
        expect(await send('POST', '/auth/me', token, {})).toMatchObject({ status: 401 });
      }
    });

    it('that was rejected stays rejected, while Redis knows it', async () => {
      const id = await item(1);
      const key = randomUUID();
      const rejected = await send('POST', `/items/${id}/purchase`, ann, { quantity: 2 }, key);
      expect(rejected).toMatchObject({ status: 400, body: { code: 'INSUFFICIENT_STOCK', data: { available: 1 } } });
      await send('POST', '/stock', staff, { product_id: id, stock: 5 });
      const again = await untilAnswered(() => send('POST', `/items/${id}/purchase`, ann, { quantity: 2 }, key));
      expect(again).toMatchObject({ status: 400, body: rejected.body });
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      const asProblem = await call(`${system.commandApi.url}/items/${id}/purchase`, {
        token: ann,
        body: { quantity: 2 },
        headers: { 'idempotency-key': key, accept: 'application/problem+json', 'accept-language': 'ja' },
      });
      expect(asProblem.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(asProblem.headers.get('content-language')).toBe('en');
      const { statusMessage: detail } = rejected.body;
      expect(asProblem).toMatchObject({ status: 400, body: { ...rejected.body, status: 400, detail } });
      await redis.flushdb();
      expect(await send('POST', `/items/${id}/purchase`, ann, { quantity: 2 }, key)).toMatchObject({ status: 201 });
    });

    it('that was no good leaves the key as good as new', async () => {
      const id = await item(9);
      const key = randomUUID();
      expect(await send('POST', `/items/${id}/purchase`, ann, { quantity: 0 }, key)).toMatchObject({ status: 422 });
      const mended = await untilAnswered(() => send('POST', `/items/${id}/purchase`, ann, { quantity: 1 }, key));
      expect(mended).toMatchObject({ status: 201 });
    });
  },
);
