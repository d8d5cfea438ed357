import { randomUUID } from 'node:crypto';
import { slotStock, stockAggregate, stockStream } from '#domain';
import { codecOf, type EventStore, type RecordedEvent } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { call, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';

const password = 'correct horse battery';

describe('a hold whose time is up', () => {
  let system: RunningSystem;
  let store: EventStore;
  let staff: string;
  let ann: string;

  beforeAll(async () => {
    system = await startSystem({ HOLDFAST_WRITES_PER_MINUTE_MAX: '0' });
    store = await connectEventStore(system.env['EVENTSTORE_URL'] ?? '');
    [staff, ann] = await Promise.all([tokenOf('staff'), tokenOf('customer')]);
  });

  afterAll(async () => {
    await store.close();
    await system.stop();
  });

  async function tokenOf(role: string): Promise<string> {
    const email = `${role}@example.com`;
    await system.cli(
      ['users', 'create', '--email', email, '--name', role, '--role', role, '--password-stdin'],
      password,
    );
    return (await call(`${system.commandApi.url}/auth/login`, { body: { email, password } })).body.token as string;
  }

  function post(path: string, token: string, body: unknown): Promise<Answer> {
    const headers = { 'idempotency-key': randomUUID() };
    return call(`${system.commandApi.url}${path}`, { token, body, headers });
  }

  async function slot(capacity: number): Promise<number> {
    return (await post('/slots', staff, { capacity })).body.slot_id as number;
  }

  async function eventsOf(slotId: number): Promise<{ type: string; recorded: RecordedEvent }[]> {
    const recorded = await store.readStream(stockStream(slotStock(slotId)), { limit: 1000 });
    return recorded.map((event) => ({ type: codecOf(stockAggregate).decode(event).type, recorded: event }));
  }

  async function untilExpired(slotId: number, count: number): Promise<RecordedEvent[]> {
    const expired = async () => (await eventsOf(slotId)).filter(({ type }) => type === 'HoldExpired');
    return (await until(expired, ({ length }) => length === count)).map(({ recorded }) => recorded);
  }

  it('is ended without anybody asking, once, and its units are seen to be there', async () => {
    const slotIds = await Promise.all(Array.from({ length: 20 }, () => slot(5)));
    const holds = slotIds.flatMap((slotId) => Array.from({ length: 5 }, () => slotId));
    const answers = await Promise.all(holds.map((id) => post(`/slots/${id}/hold`, ann, { ttlSeconds: 1 })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    for (const slotId of slotIds) {
      const expired = await untilExpired(slotId, 5);
      for (const { data, metadata } of expired) {
        expect(metadata.at).toBeGreaterThanOrEqual((data as { expiresAt: number }).expiresAt);
      }
    }
    const path = `/slots/availability?ids=${slotIds.join(',')}`;
    await until(
      () => call(`${system.queryApi.url}${path}`),
      ({ body }) => (body as { remaining: number }[]).every(({ remaining }) => remaining >= 5),
    );
    const [first] = answers;
    expect(await post(`/holds/${first?.body.id}/confirm`, ann, {})).toMatchObject({
      status: 410,
      body: { code: 'HOLD_EXPIRED' },
    });
  });

  it('gives its units to the next who asks, though no process has noticed', async () => {
    await system.projector.child.stop();
    const slotId = await slot(1);
    await post(`/slots/${slotId}/hold`, ann, { ttlSeconds: 1 });
    const next = await until(
      () => post(`/slots/${slotId}/hold`, ann, {}),
      ({ status }) => status !== 400,
    );
    expect(next.status).toBe(201);
    const types = (await eventsOf(slotId)).map(({ type }) => type);
    expect(types).toEqual(['StockAdjusted', 'UnitsHeld', 'HoldExpired', 'UnitsHeld']);
  });
});
