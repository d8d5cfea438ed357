import { randomUUID } from 'node:crypto';
import { WireDouble } from '#dev/event-store-double';
import { call, startSystem, untilAnswered, type Answer, type RunningSystem, type Service } from '#dev/testing';
import { itemStock, stockStream } from '#domain';
import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { createRedis, untilConnected, type Redis } from '#platform';
import { storeOf } from './event-stores.ts';
import { beforeRetry } from './linearizable/exchange.ts';

const password = 'correct horse battery';

interface Line {
  readonly id: string | number;
  readonly quantity?: number;
}

interface Result {
  readonly status: number;
  readonly code?: string;
  readonly data?: { readonly purchaseId: string; readonly itemId: string; readonly quantity: number };
}

async function tokenOf(system: RunningSystem, role: 'staff' | 'customer'): Promise<string> {
  const email = `${role}@example.com`;
  await system.cli(['users', 'create', '--email', email, '--name', role, '--role', role, '--password-stdin'], password);
  return (await call(`${system.commandApi.url}/auth/login`, { body: { email, password } })).body.token as string;
}

async function newItem(system: RunningSystem, token: string, units: number): Promise<string> {
  const id = `prod_${randomUUID().slice(0, 8)}`;
  await call(`${system.commandApi.url}/products`, { token, body: { id, name: 'x', price: 1 } });
  if (units > 0) await call(`${system.commandApi.url}/stock`, { token, body: { product_id: id, stock: units } });
  return id;
}

function buy(url: string, token: string, items: unknown, key = randomUUID()): Promise<Answer> {
  return call(`${url}/api/v1/items/purchases`, { token, body: { items }, headers: { 'idempotency-key': key } });
}

describe.each(['PostgreSQL', 'EventStoreDB'] as const)(
  'several purchases in one request, with events in %s,',
  (kind) => {
    let events: Awaited<ReturnType<typeof storeOf>>;
    let system: RunningSystem;
    let store: EventStore;
    let redis: Redis;
    let staff: string;
    let ann: string;

    beforeAll(async () => {
      events = await storeOf(kind);
      const settings = { HOLDFAST_WRITES_PER_MINUTE_MAX: '0', HOLDFAST_REQUEST_TIMEOUT_MS: '3000', ...events.settings };
      system = await startSystem(settings);
      staff = await tokenOf(system, 'staff');
      ann = await tokenOf(system, 'customer');
      store = await connectEventStore(system.env['EVENTSTORE_URL'] ?? '');
      redis = createRedis(system.env['REDIS_URL'] ?? '');
      await untilConnected(redis);
    });

    afterAll(async () => {
      redis.disconnect();
      await store.close();
      await system.stop();
      await events.close();
    });

    async function remaining(id: string, { headers }: Answer): Promise<number> {
      const token = { 'consistency-token': headers.get('consistency-token') ?? '' };
      return (await call(`${system.queryApi.url}/stock/${id}`, { headers: token })).body.stock as number;
    }

    it('have each its own answer, as if it were alone, in the order of the lines', async () => {
      const { url } = system.commandApi;
      const [many, few, gone] = await Promise.all([5, 1, 5].map((units) => newItem(system, staff, units)));
      await call(`${url}/products/${gone}`, { method: 'DELETE', token: staff });
      const numbered = await call(`${url}/products`, { token: staff, body: { name: 'x', price: 1 } });
      const answer = await buy(url, ann, [
        { id: many, quantity: 2 },
        { id: few },
        { id: many },
        { id: few },
        { id: 'prod_nowhere' },
        { id: gone },
        { id: numbered.body.number },
      ]);
      const purchased = (itemId: string | undefined, quantity: number) => ({
        status: 201,
        data: {
          purchaseId: expect.stringMatching(/^pur_[0-9A-Z]{26}_i1_/),
          itemId,
          quantity,
          returnedQuantity: 0,
          remaining: expect.any(Number),
          userId: expect.any(String),
          purchasedAt: expect.any(String),
        },
      });
      const soldOut = { status: 400, code: 'INSUFFICIENT_STOCK', data: { available: 0, requested: 1 } };
      expect([answer.status, answer.body]).toEqual([
        200,
        {
          results: [
            purchased(many, 2),
            purchased(few, 1),
            purchased(many, 1),
            soldOut,
            { status: 404, code: 'ITEM_NOT_FOUND' },
            { status: 404, code: 'DISCONTINUED' },
            soldOut,
          ],
        },
      ]);
      const ids = (answer.body.results as Result[]).flatMap(({ data }) => data?.purchaseId ?? []);
      expect(new Set(ids).size).toBe(3);
      expect(await Promise.all([many, few].map((id) => remaining(id ?? '', answer)))).toEqual([2, 0]);
    });

    it('are rejected together when one of them is no purchase', async () => {
      const { url } = system.commandApi;
      const id = await newItem(system, staff, 5);
      const line = { id, quantity: 1 };
      const faultsOf = async (items: unknown) => {
        const { status, body } = await buy(url, ann, items);
        return [status, Object.keys(body.data ?? {})];
      };
      expect(await faultsOf([line, line, line, { id, quantity: 0 }])).toEqual([422, ['items.3.quantity']]);
      expect(await faultsOf([line, { quantity: 1, colour: 'red' }])).toEqual([422, ['items.1.colour', 'items.1.id']]);
      expect(await faultsOf([line, id])).toEqual([422, ['items.1']]);
      for (const items of [[], undefined, line, Array.from({ length: 101 }, () => line)])
        expect(await faultsOf(items)).toEqual([422, ['items']]);
      const all = await buy(
        url,
        ann,
        Array.from({ length: 100 }, () => line),
      );
      expect((all.body.results as Result[]).filter(({ status }) => status === 201)).toHaveLength(5);
      expect(await call(`${url}/items/purchases`, { body: { items: [line] } })).toMatchObject({ status: 401 });
    });

    it('of many clients oversell nothing, and a retry buys nothing twice, though a process is killed and Redis flushed', async () => {
      const units = 60;
      const ids = await Promise.all(Array.from({ length: 5 }, () => newItem(system, staff, units)));
      const doomed = await system.start('command-api');
      const origins = [doomed.url, system.commandApi.url];
      const calls = Array.from({ length: 100 }, () => ({ key: randomUUID(), lines: randomLines(ids) }));
      let answered = 0;
      const results = await Promise.all(
        calls.map(async ({ key, lines }, n) => {
          for (let attempt = n; ; attempt++) {
            // Not again at once: the key of a process that was killed is not free yet.
            if (attempt > n) await beforeRetry(attempt - n);
            const answer = await buy(origins[attempt % origins.length] ?? '', ann, lines, key).catch(() => undefined);
            if (answer?.status !== 200) continue;
            const own = answer.body.results as Result[];
            expect(own).toHaveLength(lines.length);
            if (own.some(({ status }) => status === 503)) continue;
            if (++answered === 20) await killed(doomed);
            return own;
          }
        }),
      );
      const lines = results.flat();
      for (const { status } of lines) expect([201, 400]).toContain(status);
      const bought = lines.filter(({ status }) => status === 201).map(({ data }) => data);
      expect(new Set(bought.map((one) => one?.purchaseId)).size).toBe(bought.length);
      for (const id of ids) {
        const recorded = await store.readStream(stockStream(itemStock(id)), { limit: 10_000 });
        const taken = bought.filter((one) => one?.itemId === id).reduce((sum, one) => sum + (one?.quantity ?? 0), 0);
        expect(recorded.at(-1)?.data).toMatchObject({ balance: { available: units - taken, taken } });
        const purchases = recorded.filter(({ type }) => type === 'UnitsPurchased');
        expect(purchases).toHaveLength(bought.filter((one) => one?.itemId === id).length);
        // All wanted more than there was.
        expect(taken).toBe(units);
      }

      async function killed({ child, url }: Service): Promise<void> {
        child.kill();
        await child.exited;
        origins.splice(origins.indexOf(url), 1);
        await redis.flushdb();
      }
    });
  },
);

function randomLines(ids: readonly string[]): Line[] {
  const random = (count: number): number => Math.floor(Math.random() * count);
  return Array.from({ length: 5 + random(10) }, () => ({ id: ids[random(ids.length)] ?? '', quantity: 1 + random(2) }));
}

describe('several purchases of which some may be recorded or not', () => {
  let double: WireDouble;
  let system: RunningSystem;

  beforeAll(async () => {
    double = await WireDouble.start();
    system = await startSystem({ EVENTSTORE_URL: double.url, HOLDFAST_REQUEST_TIMEOUT_MS: '3000' });
  });

  afterAll(async () => {
    double.faults.release();
    await system.stop();
    await double.stop();
  });

  it('are answered with what is known, which no retry hears again: it waits for the truth', async () => {
    const staff = await tokenOf(system, 'staff');
    const { url } = system.commandApi;
    const [one, two] = [await newItem(system, staff, 5), await newItem(system, staff, 5)];
    const items = [{ id: one }, { id: 'prod_nowhere' }, { id: two, quantity: 2 }, { id: one, quantity: 9 }];
    const key = randomUUID();
    double.faults.holdsAnswers = true;
    const first = await buy(url, staff, items, key);
    expect(first).toMatchObject({
      status: 200,
      body: {
        results: [
          { status: 503, code: 'OUTCOME_UNKNOWN' },
          { status: 404 },
          { status: 503, code: 'OUTCOME_UNKNOWN' },
          {},
        ],
      },
    });
    expect(await buy(url, staff, items, key)).toMatchObject({ status: 409, body: { code: 'KEY_IN_FLIGHT' } });
    double.faults.release();
    const again = () => untilAnswered(() => buy(url, staff, items, key));
    const second = await again();
    expect(second).toMatchObject({
      status: 200,
      body: {
        results: [
          { status: 201, data: { itemId: one, quantity: 1, remaining: 4 } },
          { status: 404 },
          { status: 201, data: { itemId: two, quantity: 2, remaining: 3 } },
          { status: 400, data: { available: 4, requested: 9 } },
        ],
      },
    });
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    // Now it is final, and remembered whatever comes.
    await call(`${url}/stock`, { token: staff, body: { product_id: one, stock: 50 } });
    expect(await again()).toMatchObject({ status: 200, body: second.body });
  });
});
