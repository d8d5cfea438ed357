import { itemAggregate, itemStock, slotAggregate, slotStock, stockAggregate, stockStream } from '#domain';
import { HoldIds } from '#ids';
import { call, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';
import { Recorder } from './recorder.ts';

const staff = { email: 'staff@example.com', password: 'staff-password' };

describe('a query with a consistency token', () => {
  let system: RunningSystem;
  let recorder: Recorder;
  let token: string;

  beforeAll(async () => {
    system = await startSystem({ HOLDFAST_CONSISTENCY_WAIT_MS: '100' });
    recorder = await Recorder.of(system);
    const { email, password } = staff;
    const args = ['users', 'create', '--email', email, '--name', 'staff', '--role', 'staff', '--password-stdin'];
    await system.cli(args, password);
    token = (await call(`${system.commandApi.url}/auth/login`, { body: staff })).body.token;
  });

  afterAll(async () => {
    await recorder.close();
    await system.stop();
  });

  function get(path: string, headers: Record<string, string>): Promise<Answer> {
    return call(`${system.queryApi.url}${path}`, { token, headers });
  }

  it('is never answered without the write: 503 until the read models it touches have it', async () => {
    await system.projector.child.stop();
    const create = { type: 'CreateItem', itemId: 'prod_001', number: 1, name: 'x', price: 1 } as const;
    await recorder.record(itemAggregate, itemAggregate.streamOf('prod_001'), create);
    const open = { type: 'OpenSlot', slotId: 1, title: null, startsAt: null, endsAt: null } as const;
    await recorder.record(slotAggregate, slotAggregate.streamOf(1), open);
    await recorder.record(stockAggregate, stockStream(slotStock(1)), { type: 'SetCapacity', capacity: 3 });
    const stock = itemStock('prod_001');
    await recorder.record(stockAggregate, stockStream(stock), { type: 'Provide', quantity: 9, provideId: null });
    const { id, holdId } = new HoldIds(system.env['HOLDFAST_ID_SECRET'] ?? '').make(stock, Date.now());
    const hold = { type: 'Hold', holdId, customerId: 'ann', quantity: 4, ttlMs: 60_000 } as const;
    const seen = await recorder.record(stockAggregate, stockStream(stock), hold);
    const wanted: Record<string, object> = {
      '/items': { items: [{ id: 'prod_001', stock: 5 }] },
      '/items/1': { id: 'prod_001', stock: 5 },
      '/stock/1': { stock: 5, held: 4, revision: 1 },
      [`/stock/1?at=${new Date().toISOString()}`]: { stock: 5, revision: 1 },
      '/stock/1/history': { movements: [{ type: 'UnitsProvided' }, { type: 'UnitsHeld', reference: id }] },
      '/products/1/history': { productId: 'prod_001', history: [{ type: 'ItemCreated' }] },
      '/slots/availability': [{ slot_id: 1, capacity: 3, remaining: 3 }],
      '/slots/1': { slot_id: 1, capacity: 3 },
      '/holds?user_id=ann': { holds: [{ id, quantity: 4 }] },
      [`/holds/${id}`]: { id, status: 'open' },
    };
    for (const path of Object.keys(wanted)) {
      const answer = await get(path, seen);
      expect(answer).toMatchObject({ status: 503, body: { code: 'NOT_YET_VISIBLE' } });
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    await system.start('projector');
    for (const [path, body] of Object.entries(wanted)) {
      const answer = await until(
        () => get(path, seen),
        ({ status }) => status !== 503,
      );
      expect(answer).toMatchObject({ status: 200, body });
    }
  });

  it('is rejected when the token was not made here, wherever it is sent', async () => {
    for (const path of ['/items', '/items/1', '/stock/1', '/slots/availability', '/slots/1', '/holds', '/holds/1']) {
      const answer = await get(path, { 'consistency-token': 'zzz' });
      expect(answer).toMatchObject({ status: 400, body: { code: 'TOKEN_FOREIGN' } });
    }
  });
});
