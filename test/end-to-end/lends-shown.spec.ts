import { randomUUID } from 'node:crypto';
import { call, until, type Answer } from '#dev/testing';
import { startShop, type Shop } from './shop.ts';

const hour = 3_600_000;
const people = ['ann', 'bob', 'owner', 'staff'] as const;
type Person = (typeof people)[number];
const lends = ['ofAnn', 'ofBob', 'late', 'back'] as const;

describe('lends', () => {
  let shop: Shop;
  let drill: string;
  let drillNumber: number;
  let saw: string;
  let tools: number;
  let shed: number;
  let seen: Record<string, string> = {};
  const start = Date.now();
  const tokens = {} as Record<Person, string>;
  const users = {} as Record<Person, { readonly id: string; readonly number: number }>;
  const numbers = {} as Record<(typeof lends)[number], number>;

  beforeAll(async () => {
    shop = await startShop('PostgreSQL');
    const { ann, bob, staff } = shop;
    Object.assign(tokens, { ann, bob, staff, owner: await shop.user('owner@example.com') });
    for (const person of people) users[person] = (await get('/user/profile', person)).body;
    [drill, saw, tools, shed] = [await shop.item(0), await shop.item(0), await inventory(), await inventory()];
    for (const [item, inventoryId] of [
      [drill, tools],
      [drill, shed],
      [saw, tools],
    ] as const) {
      await send('POST', `/stock/${item}/adjustments`, { delta: 20, reason: 'new', inventory_id: inventoryId });
    }
    const later = new Date(start + hour).toISOString();
    // Later than it is asked for on a busy machine.
    const soon = new Date(Date.now() + 5000).toISOString();
    numbers.ofAnn = await lend('ann', drill, tools, { qty: 3, due_at: later });
    numbers.ofBob = await lend('bob', drill, tools, { qty: 2 });
    numbers.late = await lend('ann', drill, shed, { qty: 1, due_at: soon });
    numbers.back = await lend('ann', saw, tools, { qty: 4, due_at: later });
    await send('PUT', `/lends/${numbers.back}/return`, { qty: 1 });
    await send('PUT', `/lends/${numbers.back}/return`, {});
    await send('PUT', `/lends/${numbers.ofAnn}/return`, { qty: 1 });
    drillNumber = (await get(`/products/${drill}`, 'ann')).body.number;
    await until(
      () => get(`/lends/${numbers.late}`, 'ann'),
      ({ body }) => body.overdue === true,
    );
  });

  afterAll(() => shop.close());

  /** By the owner of the inventories. What is read afterwards sees it. */
  async function send(method: string, path: string, body: object): Promise<Answer> {
    const answer = await shop.send(method, path, tokens.owner, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    seen = { 'consistency-token': answer.headers.get('consistency-token') ?? '' };
    return answer;
  }

  async function inventory(): Promise<number> {
    return (await send('POST', '/inventories', { name: 'Tools' })).body.inventory_id as number;
  }

  async function lend(person: Person, item: string, inventoryId: number, more: object): Promise<number> {
    const wanted = { user_id: users[person].id, item_id: item, from_inventory_id: inventoryId, ...more };
    return (await send('POST', '/lends', wanted)).body.lend_id as number;
  }

  function get(path: string, person: Person): Promise<Answer> {
    return call(`${shop.system.queryApi.url}/api/v1${path}`, { token: tokens[person], headers: seen });
  }

  /** Which lends are listed, by name. */
  async function shown(query: string, person: Person): Promise<(string | undefined)[]> {
    const { body } = await get(`/lends${query}`, person);
    const listed = body.lends as { lend_id: number }[];
    return listed.map(({ lend_id: id }) => lends.find((name) => numbers[name] === id));
  }

  it('are shown with numbers, and with what is back of them', async () => {
    const { status, body } = await get(`/lends/${numbers.ofAnn}`, 'ann');
    const expected = {
      lend_id: numbers.ofAnn,
      user_id: users.ann.number,
      item_id: drillNumber,
      qty: 3,
      from_inventory_id: tools,
      lend_at: expect.any(String),
      returned_at: null,
      due_at: new Date(start + hour).toISOString(),
      overdue: false,
      returned_qty: 1,
      renewals: 0,
    };
    expect([status, body]).toEqual([200, expected]);
    expect(Date.parse(body.lend_at as string)).toBeGreaterThanOrEqual(start);
    const back = { returned_at: expect.any(String), returned_qty: 4, overdue: false };
    expect((await get(`/lends/${numbers.back}`, 'ann')).body).toMatchObject(back);
    expect((await get(`/lends/${numbers.late}`, 'ann')).body).toMatchObject({ returned_at: null, overdue: true });
  });

  it('are answered to a command as they are then shown', async () => {
    const { headers, body } = await send('PUT', `/lends/${numbers.ofAnn}/return`, { qty: 1 });
    expect(headers.get('consistency-token')).toEqual(expect.any(String));
    expect((await get(`/lends/${numbers.ofAnn}`, 'ann')).body).toEqual(body);
  });

  it('are shown to their borrowers, to the owner of the inventory and to staff, and to nobody else', async () => {
    for (const person of ['bob', 'owner', 'staff'] as const) {
      const answer = await get(`/lends/${numbers.ofBob}`, person);
      expect(answer).toMatchObject({ status: 200, body: { lend_id: numbers.ofBob, due_at: null } });
    }
    for (const [number, person] of [
      [numbers.ofBob, 'ann'],
      [999_999, 'staff'],
      ['two', 'staff'],
      ['1e0', 'staff'],
      ['9999999999999999', 'staff'],
    ] as const) {
      const answer = await get(`/lends/${number}`, person);
      expect(answer).toMatchObject({ status: 404, body: { code: 'LEND_NOT_FOUND' } });
    }
    expect(await call(`${shop.system.queryApi.url}/lends/${numbers.ofBob}`)).toMatchObject({ status: 401 });
  });

  it('are listed for their borrowers, for the owner of an inventory and for staff, the newest first', async () => {
    expect(await shown('', 'ann')).toEqual(['back', 'late', 'ofAnn']);
    expect(await shown('', 'bob')).toEqual(['ofBob']);
    expect(await shown('', 'owner')).toEqual([]);
    expect(await shown('', 'staff')).toEqual(['back', 'late', 'ofBob', 'ofAnn']);
    expect(await shown(`?inventory_id=${tools}`, 'owner')).toEqual(['back', 'ofBob', 'ofAnn']);
    expect(await shown(`?inventory_id=${tools}&user_id=${users.bob.number}`, 'owner')).toEqual(['ofBob']);
    expect(await shown(`?inventory_id=${tools}`, 'ann')).toEqual(['back', 'ofAnn']);
    expect(await shown('?inventory_id=1', 'owner')).toEqual([]);
    expect(await shown('?inventory_id=999', 'owner')).toEqual([]);
    for (const ann of [users.ann.id, users.ann.number]) {
      expect(await shown(`?user_id=${ann}`, 'staff')).toEqual(['back', 'late', 'ofAnn']);
      expect(await shown(`?user_id=${ann}`, 'ann')).toEqual(['back', 'late', 'ofAnn']);
      for (const query of [`?user_id=${ann}`, `?user_id=${ann}&inventory_id=${tools}`]) {
        const answer = await get(`/lends${query}`, 'bob');
        expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      }
    }
    expect(await shown('?user_id=999999', 'staff')).toEqual([]);
  });

  it('are listed by item, by whether they are open or overdue, and by when they were lent', async () => {
    for (const id of [drill, drillNumber]) {
      expect(await shown(`?item_id=${id}`, 'staff')).toEqual(['late', 'ofBob', 'ofAnn']);
    }
    expect(await shown('?item_id=nothing', 'staff')).toEqual([]);
    expect(await shown('?open=true', 'ann')).toEqual(['late', 'ofAnn']);
    expect(await shown('?open=false', 'ann')).toEqual(['back']);
    expect(await shown('?overdue=true', 'ann')).toEqual(['late']);
    expect(await shown('?overdue=false', 'ann')).toEqual(['back', 'ofAnn']);
    const { body } = await get(`/lends/${numbers.late}`, 'ann');
    expect(await shown(`?from=${body.lend_at}`, 'ann')).toEqual(['back', 'late']);
    expect(await shown(`?to=${body.lend_at}`, 'ann')).toEqual(['ofAnn']);
  });

  it('are listed page by page', async () => {
    const { body } = await get('/lends?limit=2', 'ann');
    expect(body).toMatchObject({ total: 3, page: 1, limit: 2, hasMore: true });
    expect(await shown(`?limit=2&cursor=${body.nextCursor}`, 'ann')).toEqual(['ofAnn']);
    expect(await shown('?limit=2&page=2', 'ann')).toEqual(['ofAnn']);
  });

  it.each([
    ['?open=yes', 'open'],
    ['?overdue=1', 'overdue'],
    ['?inventory_id=main', 'inventory_id'],
    ['?user_id=%20', 'user_id'],
    ['?from=yesterday', 'from'],
    ['?from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z', 'to'],
    [`?cursor=${Buffer.from('lends 1').toString('base64url')}`, 'cursor'],
    ['?colour=red', 'colour'],
  ])('are not listed with %s', async (query, field) => {
    const answer = await get(`/lends${query}`, 'staff');
    expect(answer).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED' } });
    expect(Object.keys(answer.body.data)).toEqual([field]);
  });

  it('that become overdue are recorded as that, once each and soon after their due time', async () => {
    const { inventory_id: here } = (await send('POST', '/inventories', { name: 'Garage' })).body;
    await send('POST', `/stock/${drill}/adjustments`, { delta: 9, reason: 'new', inventory_id: here });
    const dueAt = Date.now() + 5000;
    const due: string[] = [];
    for (let count = 1; count <= 3; count++) {
      due.push(String(await lend('ann', drill, here, { qty: 1, due_at: new Date(dueAt).toISOString() })));
    }
    const later = await lend('ann', drill, here, { qty: 1, due_at: new Date(start + hour).toISOString() });
    const overdue = async () => {
      const { body } = await get(`/stock/${drill}/history?inventory_id=${here}&limit=100`, 'staff');
      const movements = body.movements as { type: string; at: string; reference: string }[];
      return movements.filter(({ type }) => type === 'LendOverdue');
    };
    const marked = await until(overdue, ({ length }) => length >= 3);
    expect(marked.map(({ reference }) => reference)).toEqual(due);
    for (const { at } of marked) {
      expect(Date.parse(at)).toBeGreaterThanOrEqual(dueAt);
      expect(Date.parse(at)).toBeLessThan(dueAt + 30_000);
    }
    // Longer than a round of the process.
    await until(
      () => get(`/lends/${later}`, 'ann'),
      () => Date.now() > dueAt + 1000,
    );
    expect(await overdue()).toHaveLength(3);
  });

  it('can be held for: a hold tells its inventory, unless that is the main one', async () => {
    const key = { key: randomUUID() };
    const held = await shop.send('POST', `/inventories/${tools}/holds`, tokens.bob, { item_id: drill }, key);
    expect(held).toMatchObject({ status: 201, body: { item_id: drill, inventory_id: tools } });
    const item = await shop.item(1);
    const main = await shop.hold(item, 1, tokens.bob);
    const after = await shop.send('PATCH', `/holds/${main}`, tokens.bob, { ttlSeconds: 60 });
    seen = { 'consistency-token': after.headers.get('consistency-token') ?? '' };
    expect((await get(`/holds/${held.body.id}`, 'bob')).body).toEqual(held.body);
    const { body } = await get('/holds', 'bob');
    const holds = body.holds as object[];
    expect(holds).toMatchObject([
      { id: main, item_id: item },
      { id: held.body.id, inventory_id: tools },
    ]);
    expect(holds[0]).not.toHaveProperty('inventory_id');
  });

  it('tell where the units of an item are: staff everywhere, an owner in the own inventories', async () => {
    const shownTo = async (person: Person, id: string | number = drill) => {
      const { status, body } = await get(`/items/${id}/whereabouts`, person);
      expect([status, body.item_id, body.id]).toEqual([200, drillNumber, drill]);
      return body.inventories as { inventory_id: number; lends: object[]; holds: object[]; balance: object }[];
    };
    const { headers } = await shop.send('POST', '/stock', tokens.staff, { product_id: drill, stock: 5 });
    seen = { 'consistency-token': headers.get('consistency-token') ?? '' };
    const own = await shownTo('owner');
    expect(own.slice(0, 2)).toMatchObject([
      {
        inventory_id: tools,
        balance: { lent: 3, held: 1 },
        lends: [
          { lend_id: numbers.ofAnn, returned_qty: 2 },
          { lend_id: numbers.ofBob, user_id: users.bob.number },
        ],
        holds: [{ user_id: users.bob.id, inventory_id: tools, status: 'open' }],
        more: false,
      },
      { inventory_id: shed, balance: { lent: 1 }, lends: [{ lend_id: numbers.late, overdue: true }], holds: [] },
    ]);
    for (const id of [drill, drillNumber]) {
      const everywhere = await shownTo('staff', id);
      expect(everywhere[0]).toMatchObject({ inventory_id: 1, balance: { total: 5 }, lends: [], holds: [] });
      expect(everywhere.slice(1)).toEqual(own);
    }
    expect(await get(`/items/${drill}/whereabouts`, 'ann')).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    for (const id of ['nothing', '999999']) {
      const answer = await get(`/items/${id}/whereabouts`, 'owner');
      expect(answer).toMatchObject({ status: 404, body: { code: 'ITEM_NOT_FOUND' } });
    }
    expect(await call(`${shop.system.queryApi.url}/items/${drill}/whereabouts`)).toMatchObject({ status: 401 });
  });

  it('keep what was noted with them, or with the hold that is lent, and are found by the reference', async () => {
    const { inventory_id: here } = (await send('POST', '/inventories', { name: 'Library', renewalsMax: 1 })).body;
    await send('POST', `/stock/${saw}/adjustments`, { delta: 9, reason: 'new', inventory_id: here });
    const labels = { reference: `loan ${here}`, metadata: { desk: 'north' } };
    const wanted = { user_id: users.bob.id, item_id: saw, qty: 1, from_inventory_id: here };
    const lent = await send('POST', '/lends', { ...wanted, ...labels });
    expect(lent.body).toMatchObject(labels);
    const held = await shop.send(
      ...(['POST', `/inventories/${here}/holds`, tokens.bob, { item_id: saw, ...labels }] as const),
      { key: randomUUID() },
    );
    const both = { hold_id: held.body.id, reference: 'another' };
    expect(await shop.send('POST', '/lends', tokens.owner, both)).toMatchObject({
      status: 422,
      body: { data: { reference: expect.any(String) } },
    });
    const asLend = await send('POST', '/lends', { hold_id: held.body.id });
    expect(asLend.body).toMatchObject(labels);
    const path = `/lends/${lent.body.lend_id}`;
    const renewed = await send('PUT', `${path}/renew`, { due_at: new Date(Date.now() + hour).toISOString() });
    expect(renewed.body).toMatchObject(labels);
    expect((await get(path, 'bob')).body).toEqual(renewed.body);
    const query = `/lends?reference=${encodeURIComponent(labels.reference)}`;
    const found = { lends: [{ lend_id: asLend.body.lend_id }, { lend_id: lent.body.lend_id }] };
    for (const person of ['bob', 'staff'] as const) expect((await get(query, person)).body).toMatchObject(found);
    expect((await get(query, 'ann')).body).toMatchObject({ lends: [], total: 0 });
    for (const { lend_id: id } of found.lends)
      expect((await send('PUT', `/lends/${id}/return`, {})).body).toMatchObject(labels);
  });
});
