import {
  itemAggregate,
  itemStock,
  slotAggregate,
  slotStock,
  stockAggregate,
  stockStream,
  type StockCommand,
  type StockId,
} from '#domain';
import { HoldIds } from '#ids';
import { call, startSystem, type RunningSystem } from '#dev/testing';
import { Recorder } from './recorder.ts';

const people = ['staff', 'ann', 'bob'] as const;
type Person = (typeof people)[number];

const hour = 3_600_000;
const start = Date.UTC(2099, 1, 1);

describe('the query API', () => {
  let system: RunningSystem;
  let recorder: Recorder;
  let holdIds: HoldIds;
  let seen: Record<string, string>;
  const signedIn: Partial<Record<Person, { token: string; user: { id: string; number: number } }>> = {};
  const prod = itemStock('prod_001');
  const holds: Record<string, string> = {};

  beforeAll(async () => {
    system = await startSystem();
    recorder = await Recorder.of(system);
    holdIds = new HoldIds(system.env['HOLDFAST_ID_SECRET'] ?? '');
    for (const person of people) {
      const role = person === 'staff' ? 'staff' : 'customer';
      const email = `${person}@example.com`;
      const args = ['users', 'create', '--email', email, '--name', person, '--role', role, '--password-stdin'];
      await system.cli(args, `${person}-password`);
      const { body } = await call(`${system.commandApi.url}/auth/login`, {
        body: { email, password: `${person}-password` },
      });
      signedIn[person] = body;
    }
    await recordItems();
    await recordSlots();
    await recordHolds();
  });

  afterAll(async () => {
    await recorder.close();
    await system.stop();
  });

  async function recordItems(): Promise<void> {
    for (const number of [1, 2, 3]) {
      const itemId = `prod_00${number}`;
      const create = { type: 'CreateItem', itemId, number, name: `商品 ${number}`, price: number * 100 } as const;
      seen = await recorder.record(itemAggregate, itemAggregate.streamOf(itemId), create);
    }
    seen = await recorder.record(itemAggregate, itemAggregate.streamOf('prod_002'), { type: 'DiscontinueItem' });
    await stock(prod, { type: 'Provide', quantity: 50, provideId: null });
    await stock(prod, { type: 'Purchase', purchaseId: 'p1', customerId: idOf('bob'), quantity: 2 }, idOf('bob'));
    await stock(itemStock('prod_001', 7), { type: 'Provide', quantity: 3, provideId: null });
  }

  async function recordSlots(): Promise<void> {
    for (const [slotId, capacity] of [
      [1, 10],
      [2, 5],
      [3, 7],
    ] as const) {
      const open = { type: 'OpenSlot', slotId, title: `slot ${slotId}`, endsAt: null } as const;
      await recorder.record(slotAggregate, slotAggregate.streamOf(slotId), {
        ...open,
        startsAt: start + slotId * hour,
      });
      await stock(slotStock(slotId), { type: 'SetCapacity', capacity });
    }
    const past = { title: null, startsAt: Date.UTC(2026, 1, 1), endsAt: null };
    await recorder.record(slotAggregate, slotAggregate.streamOf(4), { type: 'OpenSlot', slotId: 4, ...past });
    await stock(slotStock(4), { type: 'SetCapacity', capacity: 1 });
    // Its places are not known.
    const unknown = { type: 'OpenSlot', slotId: 5, title: null, startsAt: null, endsAt: null } as const;
    await recorder.record(slotAggregate, slotAggregate.streamOf(5), unknown);
    await stock(slotStock(1), { type: 'Purchase', purchaseId: 'p2', customerId: idOf('bob'), quantity: 4 });
    await stock(slotStock(2), { type: 'Purchase', purchaseId: 'p3', customerId: idOf('bob'), quantity: 5 });
  }

  async function recordHolds(): Promise<void> {
    await hold('item', prod, 60_000);
    await hold('cancelled', slotStock(3), 60_000);
    await hold('short', slotStock(3), 1);
    const { holdId } = holdIds.read(holds['cancelled'] ?? '') ?? { holdId: '' };
    await stock(slotStock(3), { type: 'CancelHold', holdId, customerId: null });
  }

  async function hold(name: string, id: StockId, ttlMs: number): Promise<void> {
    const made = holdIds.make(id, Date.now() + Object.keys(holds).length);
    holds[name] = made.id;
    await stock(id, { type: 'Hold', holdId: made.holdId, customerId: idOf('ann'), quantity: 1, ttlMs });
  }

  async function stock(id: StockId, command: StockCommand, userId?: string): Promise<void> {
    seen = await recorder.record(stockAggregate, stockStream(id), command, userId);
  }

  function idOf(person: Person): string {
    return signedIn[person]?.user.id ?? '';
  }

  function get(path: string, person?: Person, headers: Record<string, string> = seen) {
    const token = person && signedIn[person]?.token;
    return call(`${system.queryApi.url}/api/v1${path}`, { headers, ...(token === undefined ? {} : { token }) });
  }

  it('lists what is on sale, page by page, and nothing that was discontinued', async () => {
    const first = await get('/items?limit=1');
    const item = { id: 'prod_001', number: 1, name: '商品 1', price: 100, stock: 47, createdAt: expect.any(String) };
    expect(first).toMatchObject({
      status: 200,
      body: { items: [item], total: 2, page: 1, limit: 1, hasMore: true, nextCursor: expect.any(String) },
    });
    expect((await get('/items?page=2&limit=1')).body).toMatchObject({ items: [{ id: 'prod_003', stock: 0 }] });
    const next = await get(`/items?limit=1&cursor=${first.body.nextCursor}`);
    expect(next.body).toMatchObject({ items: [{ id: 'prod_003' }], total: null, hasMore: false, nextCursor: null });
  });

  it('shows an item by its id or number, and none that was discontinued', async () => {
    for (const id of ['prod_001', '1']) {
      expect(await get(`/items/${id}`)).toMatchObject({ status: 200, body: { id: 'prod_001', price: 100, stock: 47 } });
    }
    for (const id of ['prod_002', '2', 'prod_009', '%00']) {
      expect(await get(`/items/${id}`)).toMatchObject({ status: 404, body: { code: 'ITEM_NOT_FOUND' } });
    }
  });

  it('answers 304 to whoever has the same already', async () => {
    for (const path of ['/items', '/items/1', '/slots', '/slots/availability', '/slots/1']) {
      const tag = (await get(path)).headers.get('etag') ?? '';
      expect(await get(path, undefined, { 'if-none-match': `"old", W/${tag}` })).toMatchObject({ status: 304 });
      const answer = await get(path, undefined, { 'if-none-match': '"old"' });
      expect(answer).toMatchObject({ status: 200 });
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    }
  });

  it('lets what anybody may see be kept until it changes, and what a token asked for not at all', async () => {
    const kept = async (path: string, person?: Person) => (await get(path, person)).headers.get('cache-control');
    expect(await kept('/items')).toBe('no-cache');
    for (const path of ['/items', '/items/1', '/items/nothing', '/slots/1', '/holds', '/stock/prod_001', '/auth/me']) {
      expect([path, await kept(path, 'ann')]).toEqual([path, 'no-store']);
    }
    expect(await kept('/holds')).toBe('no-store');
  });

  it('tells the places of slots exactly as documented, live and right after a write', async () => {
    const wanted = [
      { slot_id: 1, capacity: 10, remaining: 6 },
      { slot_id: 2, capacity: 5, remaining: 0 },
    ];
    expect((await get('/slots/availability?ids=1,2')).body).toEqual(wanted);
    expect((await get('/slots/availability?ids=1,2', undefined, {})).body).toEqual(wanted);
    const span = `from=${new Date(start + hour).toISOString()}&to=${new Date(start + 3 * hour).toISOString()}`;
    expect((await get(`/slots/availability?${span}`)).body).toEqual(wanted);
    const first = await get('/slots/availability?limit=2');
    expect(first.body).toEqual(wanted);
    const next = await get(`/slots/availability?limit=2&cursor=${first.headers.get('next-cursor')}`);
    expect(next.body).toMatchObject([{ slot_id: 3, capacity: 7 }]);
    expect(next.headers.get('next-cursor')).toBeNull();
  });

  it('tells the places of slots that have not started, unless others are asked for', async () => {
    const ids = async (query: string) =>
      (await get(`/slots/availability${query}`)).body.map(({ slot_id }: { slot_id: number }) => slot_id);
    expect(await ids('')).toEqual([1, 2, 3]);
    expect(await ids('?page=1')).toEqual([1, 2, 3]);
    expect(await ids('?ids=4,1')).toEqual([1, 4]);
    expect(await ids('?from=2026-01-01')).toEqual([1, 2, 3, 4]);
    expect(await ids('?to=2090-01-01')).toEqual([4]);
  });

  it('lists slots as a page shows them, by when they start', async () => {
    const slot = (id: number, capacity: number, remaining: number) => {
      const startsAt = new Date(start + id * hour).toISOString();
      return { id, title: `slot ${id}`, startsAt, endsAt: null, capacity, remaining, open: true };
    };
    const past = { id: 4, title: null, startsAt: '2026-02-01T00:00:00.000Z', endsAt: null };
    const first = await get('/slots?limit=3');
    expect([first.status, first.body]).toEqual([
      200,
      {
        slots: [{ ...past, capacity: 1, remaining: 1, open: false }, slot(1, 10, 6), slot(2, 5, 0)],
        total: 4,
        totalIsExact: true,
        page: 1,
        limit: 3,
        hasMore: true,
        nextCursor: expect.any(String),
      },
    ]);
    const next = await get(`/slots?limit=3&cursor=${first.body.nextCursor}`);
    expect(next.body).toMatchObject({ slots: [slot(3, 7, 7)], total: null, hasMore: false, nextCursor: null });
    const ids = async (query: string) =>
      (await get(`/slots?${query}`)).body.slots.map(({ id }: { id: number }) => id) as number[];
    expect(await ids('sort=-startsAt')).toEqual([3, 2, 1, 4]);
    expect(await ids('sort=id&ids=4,2')).toEqual([2, 4]);
    expect(await ids('free=true')).toEqual([1, 3]);
    expect(await ids('free=false')).toEqual([4, 2]);
    expect(await ids('from=2026-02-01&to=2026-02-02')).toEqual([4]);
    expect(await get(`/slots?sort=id&cursor=${first.body.nextCursor}`)).toMatchObject({ status: 422 });
  });

  it('shows staff the history of the places of a slot, and nobody else', async () => {
    const { body } = await get('/slots/2/history', 'staff');
    expect(body).toMatchObject({
      slotId: 2,
      movements: [
        { revision: 0, type: 'StockAdjusted', actor: 'staff', quantity: 5, reason: 'capacity', stock: 5 },
        { revision: 1, type: 'UnitsPurchased', actor: 'staff', quantity: 5, reference: 'p3', stock: 0 },
      ],
      total: 2,
      nextCursor: null,
    });
    const held = (await get('/slots/3/history?limit=1&page=2', 'staff')).body.movements;
    expect(held).toMatchObject([{ type: 'UnitsHeld', reference: holds['cancelled'] }]);
    expect(await get('/slots/9/history', 'staff')).toMatchObject({ status: 404, body: { code: 'SLOT_NOT_FOUND' } });
    expect(await get('/slots/2/history', 'ann')).toMatchObject({ status: 403 });
    expect(await get('/slots/2/history')).toMatchObject({ status: 401 });
  });

  it('shows a slot, and none that was never opened', async () => {
    const startsAt = new Date(start + hour).toISOString();
    expect(await get('/slots/1')).toMatchObject({
      status: 200,
      body: { slot_id: 1, title: 'slot 1', startsAt, endsAt: null, capacity: 10, remaining: 6 },
    });
    for (const id of ['9', '5', 'x', '1.5']) {
      expect(await get(`/slots/${id}`)).toMatchObject({ status: 404, body: { code: 'SLOT_NOT_FOUND' } });
    }
  });

  it('tells a stock as it is and as it was, in any inventory', async () => {
    expect((await get('/stock/1')).body).toMatchObject({ product_id: 'prod_001', inventory_id: 1, stock: 47, held: 1 });
    expect((await get('/stock/1?inventory_id=7')).body).toMatchObject({ inventory_id: 7, stock: 3 });
    const { body: past } = await get('/stock/1/history', 'staff');
    const movements = past.movements as { at: string; stock: number }[];
    const at = movements[0]?.at ?? '';
    // Within one millisecond there may be several.
    const then = movements.findLast((movement) => movement.at === at);
    expect(await get(`/stock/1?at=${at}`)).toMatchObject({ status: 200, body: { stock: then?.stock, changedAt: at } });
    const before = new Date(Date.parse(at) - 1).toISOString();
    expect(await get(`/stock/1?at=${before}`)).toMatchObject({ status: 404, body: { code: 'NOTHING_RECORDED_YET' } });
    const future = await get(`/stock/1?at=${new Date(Date.now() + hour).toISOString()}`);
    expect(future).toMatchObject({ status: 422, body: { data: { at: 'must not be in the future' } } });
  });

  it('shows staff the history of a stock, and nobody else', async () => {
    const first = await get('/stock/prod_001/history?limit=2', 'staff');
    expect(first.body).toMatchObject({
      product_id: 'prod_001',
      movements: [
        { revision: 0, type: 'UnitsProvided', actor: 'staff', quantity: 50, stock: 50, total: 50 },
        { revision: 1, type: 'UnitsPurchased', actor: idOf('bob'), reference: 'p1', stock: 48, taken: 2 },
      ],
      total: 3,
      hasMore: true,
    });
    const next = await get(`/stock/1/history?cursor=${first.body.nextCursor}`, 'staff');
    expect(next.body.movements).toMatchObject([{ revision: 2, type: 'UnitsHeld', reference: holds['item'] }]);
    expect(await get('/stock/prod_001/history', 'ann')).toMatchObject({ status: 403 });
    expect(await get('/stock/prod_001/history')).toMatchObject({ status: 401 });
  });

  it('lists a customer’s own holds by status, the newest first; staff see anybody’s', async () => {
    const shown = async (query: string, person: Person) => {
      const { body } = await get(`/holds${query}`, person);
      return (body.holds as { id: string }[]).map(({ id }) => id);
    };
    const { item, cancelled, short } = holds;
    expect(await shown('', 'ann')).toEqual([short, cancelled, item]);
    expect(await shown('?status=open', 'ann')).toEqual([item]);
    expect(await shown('?status=expired', 'ann')).toEqual([short]);
    expect(await shown('', 'bob')).toEqual([]);
    expect(await shown(`?user_id=${signedIn.ann?.user.number}`, 'staff')).toEqual([short, cancelled, item]);
    expect(await shown(`?user_id=${idOf('ann')}&limit=1&page=2`, 'ann')).toEqual([cancelled]);
    const { body } = await get('/holds?limit=2', 'ann');
    expect(await shown(`?cursor=${body.nextCursor}`, 'ann')).toEqual([item]);
    expect(await get(`/holds?user_id=${idOf('ann')}`, 'bob')).toMatchObject({ status: 403 });
  });

  it('shows a hold to whose it is and to staff, and to nobody else', async () => {
    const shown = { id: holds['item'], item_id: 'prod_001', quantity: 1, status: 'open', confirmedQuantity: null };
    for (const person of ['ann', 'staff'] as const) {
      expect(await get(`/holds/${holds['item']}`, person)).toMatchObject({ status: 200, body: shown });
    }
    expect((await get(`/holds/${holds['short']}`, 'ann')).body).toMatchObject({ slot_id: 3, status: 'expired' });
    const never = holdIds.make(prod, Date.now()).id;
    for (const [id, person] of [
      [holds['item'], 'bob'],
      [`${holds['item']}X`, 'ann'],
      ['1', 'ann'],
      [never, 'ann'],
    ] as const) {
      expect(await get(`/holds/${id}`, person)).toMatchObject({ status: 404, body: { code: 'HOLD_NOT_FOUND' } });
    }
    expect(await get(`/holds/${holds['item']}`)).toMatchObject({ status: 401 });
  });

  it.each([
    ['/items?colour=red', 'colour'],
    ['/items/1?colour=red', 'colour'],
    ['/slots/1?colour=red', 'colour'],
    ['/holds/1?colour=red', 'colour'],
    ['/stock/1?colour=red', 'colour'],
    ['/items?page=0', 'page'],
    ['/items?limit=1e1', 'limit'],
    ['/items?limit=101', 'limit'],
    ['/items?cursor=zzz', 'cursor'],
    [`/items?cursor=${Buffer.from('items 1 2').toString('base64url')}`, 'cursor'],
    [`/items?cursor=${Buffer.from('items 1').toString('base64url')}!`, 'cursor'],
    [`/items?cursor=${Buffer.from('items 1').toString('base64')}%3D`, 'cursor'],
    ['/items?limit=1&limit=2', 'limit'],
    ['/holds?user_id=1&userId=1', 'user_id'],
    ['/items?limit=1&limit=2', 'limit'],
    [`/items?cursor=${Buffer.from('holds 1').toString('base64url')}`, 'cursor'],
    [`/items?page=1&cursor=${Buffer.from('items 1').toString('base64url')}`, 'cursor'],
    ['/slots/availability?from=yesterday', 'from'],
    ['/slots/availability?from=2026-02-30', 'from'],
    ['/slots/availability?from=2026-02-02&to=2026-02-01', 'to'],
    ['/slots/availability?ids=1,x', 'ids'],
    ['/slots/availability?limit=5001', 'limit'],
    ['/slots?limit=101', 'limit'],
    ['/slots?sort=title', 'sort'],
    ['/slots?free=maybe', 'free'],
    ['/slots?from=2026-02-02&to=2026-02-01', 'to'],
    [`/slots?cursor=${Buffer.from('slots-by-startsAt -999999999999999 1').toString('base64url')}`, 'cursor'],
    [
      `/orders?cursor=${Buffer.from(`orders 2026-02-30T00:00:00.000Z ord_${'0'.repeat(16)}`).toString('base64url')}`,
      'cursor',
    ],
    [`/lends?cursor=${Buffer.from('lends 2026-99-99T00:00:00.000Z 1').toString('base64url')}`, 'cursor'],
    ['/stock/1?at=now', 'at'],
    ['/stock/1?at=', 'at'],
    ['/stock/1?inventory_id=main', 'inventory_id'],
    ['/stock/1/history?cursor=1', 'cursor'],
    ['/holds?status=lost', 'status'],
    ['/holds?user_id=%20', 'user_id'],
    ['/holds?slot=x', 'slot'],
    ['/holds?from=2026-02-02&to=2026-02-01', 'to'],
    [`/purchases?cursor=${Buffer.from('purchases 1 x').toString('base64url')}`, 'cursor'],
  ])('rejects %s and names %s', async (path, field) => {
    const answer = await get(path, 'staff');
    expect(answer).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED' } });
    expect(Object.keys(answer.body.data)).toEqual([field]);
  });
});
