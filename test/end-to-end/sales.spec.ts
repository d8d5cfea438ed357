import { randomUUID } from 'node:crypto';
import { itemStock, stockAggregate, stockStream } from '#domain';
import { call, startSystem, type Answer, type RunningSystem } from '#dev/testing';
import { storeOf } from './event-stores.ts';
import { Recorder } from './recorder.ts';
import { shippingInfo } from './shop.ts';

const password = 'correct horse battery';

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('sales, with events in %s,', (kind) => {
  let events: Awaited<ReturnType<typeof storeOf>>;
  let system: RunningSystem;
  let commands: string;
  let queries: string;
  let staff: string;
  let ann: string;
  let bob: string;

  beforeAll(async () => {
    events = await storeOf(kind);
    system = await startSystem({ HOLDFAST_WRITES_PER_MINUTE_MAX: '0', ...events.settings });
    commands = system.commandApi.url;
    queries = system.queryApi.url;
    [staff, ann, bob] = await Promise.all([
      tokenOf('staff'),
      tokenOf('customer', 'ann@example.com'),
      tokenOf('customer', 'bob@example.com'),
    ]);
  });

  afterAll(async () => {
    await system.stop();
    await events.close();
  });

  async function tokenOf(role: string, email = `${role}@example.com`): Promise<string> {
    await system.cli(
      ['users', 'create', '--email', email, '--name', role, '--role', role, '--password-stdin'],
      password,
    );
    const { body } = await call(`${commands}/auth/login`, { body: { email, password } });
    return body.token as string;
  }

  function send(method: string, path: string, token: string, body: unknown = {}, key?: string): Promise<Answer> {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    return call(`${commands}/api/v1${path}`, { method, token, body, headers });
  }

  async function item(units: number): Promise<string> {
    const id = `prod_${randomUUID().slice(0, 8)}`;
    await send('POST', '/products', staff, { id, name: 'x', price: 1 });
    if (units > 0) await send('POST', '/stock', staff, { product_id: id, stock: units });
    return id;
  }

  async function slot(capacity: number, more: object = {}): Promise<number> {
    const { body } = await send('POST', '/slots', staff, { capacity, ...more });
    return body.slot_id as number;
  }

  it('of units that are there, and of no others', async () => {
    const id = await item(3);
    expect(await send('POST', `/items/${id}/purchase`, ann)).toMatchObject({
      status: 201,
      body: { purchaseId: expect.stringMatching(/^pur_[0-9A-Z]{26}_i1_/), itemId: id, quantity: 1, remaining: 2 },
    });
    expect(await send('POST', `/items/${id}/purchase`, bob, { quantity: 3 })).toMatchObject({
      status: 400,
      body: { code: 'INSUFFICIENT_STOCK', data: { available: 2, requested: 3 } },
    });
    expect(await send('POST', `/items/${id}/purchase`, bob, { quantity: 2 })).toMatchObject({ body: { remaining: 0 } });
    expect(await send('POST', `/items/${id}/purchase`, bob)).toMatchObject({ status: 400 });
    expect(await send('POST', '/items/prod_nowhere/purchase', bob)).toMatchObject({ body: { code: 'ITEM_NOT_FOUND' } });
  });

  it('end with a soft delete, and go on after it is undone', async () => {
    const id = await item(3);
    expect(await send('DELETE', `/products/${id}`, staff)).toMatchObject({ status: 200, body: { discontinued: true } });
    expect(await send('POST', `/items/${id}/purchase`, ann)).toMatchObject({
      status: 404,
      body: { code: 'DISCONTINUED' },
    });
    expect(await send('POST', `/items/${id}/hold`, ann, {}, randomUUID())).toMatchObject({ status: 404 });
    expect(await send('POST', `/products/${id}/restore`, staff)).toMatchObject({
      status: 200,
      body: { discontinued: false },
    });
    expect(await send('POST', `/items/${id}/purchase`, ann)).toMatchObject({ status: 201 });
    expect(await send('PATCH', `/products/${id}`, staff, { price: '7' })).toMatchObject({
      body: { price: 7, name: 'x' },
    });
    expect(await send('DELETE', `/products/${id}`, ann)).toMatchObject({ status: 403 });
  });

  it('see what staff corrects', async () => {
    const id = await item(10);
    expect(
      await send('POST', `/stock/${id}/adjustments`, staff, { delta: -4, reason: 'broken', expected: 10 }),
    ).toMatchObject({
      status: 201,
      body: { product_id: id, stock: 6, delta: -4, reason: 'broken' },
    });
    expect(
      await send('POST', `/stock/${id}/adjustments`, staff, { delta: 1, reason: 'x', expected: 10 }),
    ).toMatchObject({
      status: 409,
      body: { code: 'EXPECTED_MISMATCH', data: { expected: 10, available: 6 } },
    });
    expect(await send('POST', `/stock/${id}/adjustments`, staff, { delta: -7, reason: 'x' })).toMatchObject({
      status: 400,
    });
  });

  describe('as they are shown', () => {
    function get(path: string, token: string, write: Answer): Promise<Answer> {
      const headers = { 'consistency-token': write.headers.get('consistency-token') ?? '' };
      return call(`${queries}/api/v1${path}`, { token, headers });
    }

    it('are listed to whoever bought them; to staff everybody’s, by customer, item and time', async () => {
      const id = await item(50);
      const bought: string[] = [];
      for (const token of [ann, ann, bob, ann]) {
        bought.unshift((await send('POST', `/items/${id}/purchase`, token, { quantity: 2 })).body.purchaseId);
      }
      const [third, ofBob, second, first] = bought;
      const returned = await send('POST', `/purchases/${third}/return`, staff, { quantity: 1 });
      const shown = async (query: string, token: string) => {
        const { body } = await get(`/purchases?${query}`, token, returned);
        return (body.purchases as { purchaseId: string }[]).map(({ purchaseId }) => purchaseId);
      };
      const { status, body } = await get(`/purchases?item=${id}`, ann, returned);
      expect([status, body]).toMatchObject([
        200,
        { total: 3, totalIsExact: true, page: 1, limit: 20, hasMore: false, nextCursor: null },
      ]);
      expect(body.purchases[0]).toEqual({
        purchaseId: third,
        itemId: id,
        itemNumber: expect.any(Number),
        itemName: 'x',
        userId: returned.body.userId,
        quantity: 2,
        returnedQuantity: 1,
        remaining: 42,
        purchasedAt: expect.any(String),
      });
      expect((await get(`/purchases/${third}`, ann, returned)).body).toEqual(body.purchases[0]);
      expect(await shown(`item=${body.purchases[0].itemNumber}`, ann)).toEqual([third, second, first]);
      expect((await shown('', ann)).slice(0, 3)).toEqual([third, second, first]);
      expect(await shown(`item=${id}`, bob)).toEqual([ofBob]);
      expect(await shown(`item=${id}`, staff)).toEqual(bought);
      expect(await shown(`item=${id}&userId=${returned.body.userId}`, staff)).toEqual([third, second, first]);
      expect(await shown(`item=${id}&userId=${returned.body.userId}`, ann)).toEqual([third, second, first]);
      expect(await get(`/purchases?userId=${returned.body.userId}`, bob, returned)).toMatchObject({
        status: 403,
        body: { code: 'FORBIDDEN' },
      });
      expect(await shown('item=prod_nowhere', staff)).toEqual([]);
      const { purchasedAt } = body.purchases[1];
      const since = await shown(`item=${id}&from=${purchasedAt}`, ann);
      const before = await shown(`item=${id}&to=${purchasedAt}`, ann);
      expect([...since, ...before]).toEqual([third, second, first]);
      expect(since).toContain(second);
      const start = await get(`/purchases?item=${id}&limit=3`, staff, returned);
      expect(start.body.purchases).toHaveLength(3);
      expect(await shown(`item=${id}&limit=3&cursor=${start.body.nextCursor}`, staff)).toEqual([first]);
      expect(await get(`/holds?cursor=${start.body.nextCursor}`, staff, returned)).toMatchObject({ status: 422 });
      expect(await get('/purchases?from=2026-02-02&to=2026-02-01', ann, returned)).toMatchObject({ status: 422 });
    });

    it('and bookings of a slot are listed to staff, whoever booked; to customers only their own', async () => {
      const slotId = await slot(9);
      const made: string[] = [];
      let last: Answer | undefined;
      for (const token of [ann, bob, bob]) {
        last = await send('POST', `/slots/${slotId}/hold`, token, {}, randomUUID());
        made.unshift(last.body.id as string);
      }
      const [open, ofBob, ofAnn] = made;
      const returned = await send('POST', `/holds/${ofAnn}/confirm`, ann);
      await send('POST', `/holds/${ofBob}/confirm`, bob);
      const write = await send('POST', `/holds/${ofBob}/return`, bob);
      const shown = async (query: string, token: string) => {
        const { body } = await get(`/holds?${query}`, token, write);
        return (body.holds as { id: string }[]).map(({ id }) => id);
      };
      expect(await shown(`slot=${slotId}`, staff)).toEqual(made);
      expect(await shown(`slot=${slotId}&status=confirmed`, staff)).toEqual([ofBob, ofAnn]);
      expect(await shown(`slot=${slotId}&user_id=${returned.body.user_id}`, staff)).toEqual([ofAnn]);
      expect(await shown(`slot=${slotId}`, ann)).toEqual([ofAnn]);
      expect(await shown(`slot=${slotId}&status=open`, bob)).toEqual([open]);
      expect(await shown(`slot=${slotId + 1000}`, staff)).toEqual([]);
      expect(await shown('', staff)).toEqual([]);
      const { createdAt } = returned.body;
      expect(await shown(`slot=${slotId}&from=${createdAt}`, staff)).toContain(ofAnn);
      expect(await shown(`slot=${slotId}&to=${createdAt}`, staff)).not.toContain(ofAnn);
      const first = await get(`/holds?slot=${slotId}&limit=2`, staff, write);
      expect(first.body).toMatchObject({ total: 3, totalIsExact: true, holds: [{}, { returnedQuantity: 1 }] });
      expect(await shown(`slot=${slotId}&limit=2&cursor=${first.body.nextCursor}`, staff)).toEqual([ofAnn]);
      const id = await item(3);
      const held = await send('POST', `/items/${id}/hold`, bob, {}, randomUUID());
      const { body } = await get(`/holds?item=${id}`, staff, held);
      expect(body.holds).toMatchObject([{ id: held.body.id, item_id: id }]);
      expect(await get(`/holds?item=${id}&slot=${slotId}`, staff, held)).toMatchObject({
        status: 422,
        body: { data: { item: expect.any(String) } },
      });
    });
  });

  describe('with what a client notes', () => {
    const metadata = Object.fromEntries([
      ['channel', 'app'],
      ['a "b"', 'two\nlines'],
      ['constructor', '{}'],
    ]);
    const labels = { reference: 'cart 7 / 貓', metadata };

    async function get(path: string, token: string, write: Answer): Promise<Answer> {
      const headers = { 'consistency-token': write.headers.get('consistency-token') ?? '' };
      return call(`${queries}/api/v1${path}`, { token, headers });
    }

    it('show it in purchases, which are found by the reference, by whoever may see them', async () => {
      const id = await item(50);
      const key = randomUUID();
      const buy = (body: object) => send('POST', `/items/${id}/purchase`, ann, body, key);
      const bought = await buy({ quantity: 2, ...labels });
      expect(bought).toMatchObject({ status: 201, body: { quantity: 2, ...labels } });
      const again = await buy({ metadata: labels.metadata, reference: labels.reference, quantity: 2 });
      expect([again.status, again.body]).toEqual([201, bought.body]);
      for (const other of [
        { ...labels, reference: 'cart 8' },
        { ...labels, metadata: {} },
        { reference: 'cart 7 / 貓' },
      ]) {
        expect(await buy({ quantity: 2, ...other })).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } });
      }
      const ofBob = await send('POST', `/items/${id}/purchase`, bob, { reference: labels.reference });
      expect(ofBob.body).not.toHaveProperty('metadata');
      const plain = await send('POST', `/items/${id}/purchase`, ann, { metadata: {} });
      for (const absent of ['reference', 'metadata']) expect(plain.body).not.toHaveProperty(absent);
      const { purchaseId } = bought.body;
      const shown = await get(`/purchases/${purchaseId}`, ann, plain);
      expect(shown).toMatchObject({ status: 200, body: bought.body });
      const query = `/purchases?reference=${encodeURIComponent(labels.reference)}`;
      const listed = await get(query, ann, plain);
      expect(listed.body).toMatchObject({ total: 1, purchases: [labels] });
      expect((await get(query, staff, plain)).body).toMatchObject({ total: 2, purchases: [{}, labels] });
      const bobs = await get(query, bob, plain);
      expect(bobs.body).toMatchObject({ total: 1, purchases: [{ purchaseId: ofBob.body.purchaseId }] });
      const returned = await send('POST', `/purchases/${purchaseId}/return`, staff, { quantity: 1 });
      expect(returned).toMatchObject({ status: 200, body: { returnedQuantity: 1, ...labels } });
    });

    it('note it with each line of several', async () => {
      const id = await item(9);
      const items = [
        { id, ...labels },
        { id, quantity: 2 },
        { id, quantity: 3, reference: 'cart 9' },
      ];
      const { body } = await send('POST', '/items/purchases', ann, { items });
      expect(body.results).toMatchObject([{ data: labels }, { status: 201 }, { data: { reference: 'cart 9' } }]);
      expect(body.results[1].data).not.toHaveProperty('reference');
    });

    it('keep it with a hold until it is confirmed and given back, of items and of slots', async () => {
      const [id, slotId] = [await item(50), await slot(9)];
      const key = randomUUID();
      const held = await send('POST', `/items/${id}/hold`, ann, labels, key);
      expect(held).toMatchObject({ status: 201, body: labels });
      expect((await send('POST', `/items/${id}/hold`, ann, labels, key)).body).toEqual(held.body);
      const more = { reference: 'other' };
      expect(await send('POST', `/items/${id}/hold`, ann, more, key)).toMatchObject({ body: { code: 'KEY_REUSED' } });
      const booked = await send('POST', `/slots/${slotId}/hold`, bob, { reference: 'cart 7 / 貓' }, randomUUID());
      const extended = await send('PATCH', `/holds/${held.body.id}`, ann, { ttlSeconds: 600 });
      expect(extended).toMatchObject({ status: 200, body: labels });
      const confirmed = await send('POST', `/holds/${held.body.id}/confirm`, ann);
      expect(confirmed).toMatchObject({ status: 200, body: { status: 'confirmed', ...labels } });
      expect((await get(`/holds/${held.body.id}`, ann, confirmed)).body).toEqual(confirmed.body);
      const query = `/holds?reference=${encodeURIComponent(labels.reference)}`;
      expect((await get(query, ann, confirmed)).body).toMatchObject({ total: 1, holds: [confirmed.body] });
      const all = await get(query, staff, confirmed);
      expect(all.body).toMatchObject({ total: 2, holds: [{ id: booked.body.id }, { id: held.body.id }] });
      expect((await get(`${query}&slot=${slotId}`, ann, confirmed)).body).toMatchObject({ total: 0, holds: [] });
      const returned = await send('POST', `/holds/${held.body.id}/return`, staff);
      expect(returned).toMatchObject({ status: 200, body: { returnedQuantity: 1, ...labels } });
    });

    it('are in the read models as the events say', async () => {
      const { exitCode, stdout } = await system.cli(['projections', 'verify', '--all']);
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining('holds')]);
    });

    it('take no text that is too long or that a store does not accept, and say where it is', async () => {
      const id = await item(9);
      for (const [given, field] of [
        [{ reference: 'x'.repeat(101) }, 'reference'],
        [{ reference: 'a\0b' }, 'reference'],
        [{ reference: '\ud800' }, 'reference'],
        [{ reference: '' }, 'reference'],
        [{ metadata: 'a' }, 'metadata'],
        [{ metadata: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [n, ''])) }, 'metadata'],
        [{ metadata: { a: 'x'.repeat(501) } }, 'metadata.a'],
        [{ metadata: { a: 'b\0' } }, 'metadata.a'],
        [{ metadata: { a: '\udfff' } }, 'metadata.a'],
        [{ metadata: { a: { b: 'c' } } }, 'metadata.a'],
        [{ metadata: { 'a\0': 'b' } }, 'metadata'],
      ] as const) {
        for (const path of [`/items/${id}/purchase`, `/items/${id}/hold`]) {
          const answer = await send('POST', path, ann, given, randomUUID());
          expect([answer.status, Object.keys(answer.body.data)]).toEqual([422, [field]]);
        }
      }
      const twice = await fetch(`${commands}/api/v1/items/${id}/purchase`, {
        method: 'POST',
        body: '{ "metadata": { "a": "b", "a": "c" } }',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${ann}` },
      });
      expect(twice.status).toBe(422);
      expect(await twice.json()).toMatchObject({ data: { 'metadata.a': expect.any(String) } });
      for (const query of [
        '?reference=%00',
        '?reference=',
        `?reference=${'x'.repeat(101)}`,
        '?reference=a&reference=b',
      ]) {
        for (const path of ['/purchases', '/holds', '/orders']) {
          const answer = await call(`${queries}/api/v1${path}${query}`, { token: ann });
          expect([answer.status, Object.keys(answer.body.data)]).toEqual([422, ['reference']]);
        }
      }
    });
  });

  describe('with terms', () => {
    const hour = 3_600_000;
    const inTime = (ms: number) => new Date(Date.now() + ms).toISOString();

    async function shown(path: string, write: Answer): Promise<Answer> {
      const headers = { 'consistency-token': write.headers.get('consistency-token') ?? '' };
      return call(`${queries}/api/v1${path}`, { token: ann, headers });
    }

    it('begin and end at their times, and say when', async () => {
      const id = await item(5);
      const later = { saleStartsAt: inTime(hour), saleEndsAt: inTime(2 * hour) };
      const set = await send('PATCH', `/products/${id}`, staff, later);
      expect(set).toMatchObject({ status: 200, body: { ...later, purchaseLimit: null, name: 'x' } });
      expect(await shown(`/products/${id}`, set)).toMatchObject({ status: 200, body: later });
      const order = { items: [{ id, quantity: 1 }], shippingInfo, paymentMethod: 'cod' };
      for (const asked of [
        await send('POST', `/items/${id}/purchase`, ann),
        await send('POST', `/items/${id}/hold`, ann, {}, randomUUID()),
        await send('POST', '/orders', ann, order),
      ]) {
        expect(asked).toMatchObject({ status: 409, body: { code: 'NOT_ON_SALE' } });
      }
      expect(await send('PATCH', `/products/${id}`, staff, { saleStartsAt: inTime(3 * hour) })).toMatchObject({
        status: 422,
        body: { code: 'SALE_ENDS_TOO_EARLY' },
      });
      await send('PATCH', `/products/${id}`, staff, { saleStartsAt: null });
      expect(await send('POST', `/items/${id}/purchase`, ann)).toMatchObject({ status: 201 });
      await send('PATCH', `/products/${id}`, staff, { saleEndsAt: inTime(-hour) });
      expect(await send('POST', `/items/${id}/purchase`, ann)).toMatchObject({ status: 409 });
    });

    it('of a new product and a new slot are kept from the beginning', async () => {
      const terms = { purchaseLimit: 2, openHoldsMax: 1, heldUnitsMax: 1, saleStartsAt: inTime(-hour) };
      const made = await send('POST', '/products', staff, { name: 'limited', price: 1, ...terms });
      expect(made).toMatchObject({ status: 201, body: { ...terms, saleEndsAt: null } });
      const opened = await send('POST', '/slots', staff, { capacity: 9, ...terms });
      expect(opened).toMatchObject({ status: 201, body: { ...terms, saleEndsAt: null, capacity: 9 } });
      const slotId = opened.body.slot_id as number;
      expect(await shown(`/slots/${slotId}`, opened)).toMatchObject({ body: terms });
      expect(await send('POST', `/slots/${slotId}/hold`, ann, { quantity: 2 }, randomUUID())).toMatchObject({
        status: 400,
        body: { code: 'LIMIT_PER_CUSTOMER', data: { openHoldsMax: 1, heldUnitsMax: 1 } },
      });
      const at = inTime(hour);
      const wrong = { capacity: 9, saleStartsAt: at, saleEndsAt: at };
      expect(await send('POST', '/slots', staff, wrong)).toMatchObject({ status: 422 });
      expect(await send('PATCH', `/slots/${slotId}`, staff, { purchaseLimit: null, heldUnitsMax: 0 })).toMatchObject({
        body: { purchaseLimit: null, heldUnitsMax: 0, openHoldsMax: 1 },
      });
    });

    it('let a customer have no more than the limit, by purchases, holds and orders together', async () => {
      const id = await item(50);
      await send('PATCH', `/products/${id}`, staff, { purchaseLimit: 4 });
      await send('POST', `/items/${id}/purchase`, ann);
      const hold = await send('POST', `/items/${id}/hold`, ann, { quantity: 2 }, randomUUID());
      await send('POST', `/holds/${hold.body.id}/confirm`, ann);
      const order = (quantity: number) => ({
        items: [{ id, quantity }],
        shippingInfo,
        paymentMethod: 'cod',
      });
      const over = { status: 400, body: { code: 'LIMIT_PER_CUSTOMER' } };
      expect(await send('POST', '/orders', ann, order(2))).toMatchObject(over);
      const placed = await send('POST', '/orders', ann, order(1));
      expect(placed).toMatchObject({ status: 201 });
      expect(await send('POST', `/items/${id}/purchase`, ann)).toMatchObject({
        ...over,
        body: { data: { purchaseLimit: 4, purchased: 4, requested: 1 } },
      });
      expect(await send('POST', `/items/${id}/hold`, ann, {}, randomUUID())).toMatchObject(over);
      await send('POST', `/orders/${placed.body.id}/cancel`, ann);
      expect(await send('POST', `/items/${id}/purchase`, ann)).toMatchObject({ status: 201 });
      expect(await send('POST', `/items/${id}/purchase`, bob, { quantity: 4 })).toMatchObject({ status: 201 });
    });

    it('hold also when a customer buys many times at once', async () => {
      const id = await item(50);
      await send('PATCH', `/products/${id}`, staff, { purchaseLimit: 5 });
      const bought = await Promise.all(
        Array.from({ length: 20 }, () => send('POST', `/items/${id}/purchase`, ann, {}, randomUUID())),
      );
      expect(bought.filter(({ status }) => status === 201)).toHaveLength(5);
    });
  });

  describe('that are given back', () => {
    const hour = 3_600_000;
    const inTime = (ms: number) => new Date(Date.now() + ms).toISOString();

    function get(path: string, token: string, write: Answer): Promise<Answer> {
      const headers = { 'consistency-token': write.headers.get('consistency-token') ?? '' };
      return call(`${queries}/api/v1${path}`, { token, headers });
    }

    async function booked(slotId: number, quantity: number): Promise<string> {
      const held = await send('POST', `/slots/${slotId}/hold`, ann, { quantity }, randomUUID());
      await send('POST', `/holds/${held.body.id}/confirm`, ann);
      return held.body.id as string;
    }

    it('are available again, in parts and never more than were bought, for as long as the product says', async () => {
      const id = await item(5);
      await send('PATCH', `/products/${id}`, staff, { returnDays: 14 });
      const bought = (await send('POST', `/items/${id}/purchase`, ann, { quantity: 3 })).body;
      const path = `/purchases/${bought.purchaseId}`;
      const key = randomUUID();
      const part = await send('POST', `${path}/return`, ann, { quantity: 1, reason: 'too big' }, key);
      expect([part.status, part.body]).toEqual([200, { ...bought, returnedQuantity: 1 }]);
      const again = await send('POST', `${path}/return`, ann, { quantity: 1, reason: 'too big' }, key);
      expect([again.status, again.body]).toEqual([200, part.body]);
      expect(await send('POST', `${path}/return`, ann, { quantity: 2 }, key)).toMatchObject({
        status: 422,
        body: { code: 'KEY_REUSED' },
      });
      expect(await send('POST', `${path}/return`, ann, { quantity: 3 })).toMatchObject({
        status: 400,
        body: { code: 'MORE_THAN_TAKEN', data: { outstanding: 2, requested: 3 } },
      });
      const rest = await send('POST', `${path}/return`, ann);
      expect([rest.status, rest.body]).toEqual([200, { ...bought, returnedQuantity: 3 }]);
      expect(await send('POST', `${path}/return`, staff)).toMatchObject({ status: 400 });
      for (const token of [ann, staff]) expect((await get(path, token, rest)).body).toMatchObject(rest.body);
      expect(await get(path, bob, rest)).toMatchObject({ status: 404, body: { code: 'PURCHASE_NOT_FOUND' } });
      expect((await get(`/stock/${id}`, ann, rest)).body.stock).toBe(5);
      expect((await get(`/stock/${id}/history`, staff, rest)).body.movements.slice(2)).toMatchObject([
        { type: 'UnitsGivenBack', quantity: 1, reference: bought.purchaseId, reason: 'too big', taken: 2 },
        { type: 'UnitsGivenBack', quantity: 2, reference: bought.purchaseId, reason: null, taken: 0 },
      ]);
    });

    it('are taken back by staff where a customer cannot give them back', async () => {
      const id = await item(5);
      const bought = (await send('POST', `/items/${id}/purchase`, ann)).body;
      const path = `/purchases/${bought.purchaseId}/return`;
      expect(await send('POST', path, bob)).toMatchObject({ status: 404, body: { code: 'PURCHASE_NOT_FOUND' } });
      for (const other of [
        bought.purchaseId.replace('prod_', 'prod_x'),
        'pur_1',
        'pur_6b0c1d3e00008000800012345678901a',
      ]) {
        expect(await send('POST', `/purchases/${other}/return`, staff)).toMatchObject({ status: 404 });
      }
      expect(await send('POST', path, ann)).toMatchObject({
        status: 409,
        body: { code: 'RETURN_TOO_LATE', data: { endedAt: expect.any(String) } },
      });
      expect(await send('POST', path, staff, { quantity: 0 })).toMatchObject({ status: 422 });
      expect(await send('POST', path, staff, { reason: 'x'.repeat(201) })).toMatchObject({ status: 422 });
      expect(await send('POST', path, staff)).toMatchObject({ status: 200, body: { returnedQuantity: 1 } });
    });

    it('come back once, also when two ask for the last of them at once', async () => {
      const id = await item(1);
      const bought = (await send('POST', `/items/${id}/purchase`, ann)).body;
      const asked = Array.from({ length: 8 }, () => send('POST', `/purchases/${bought.purchaseId}/return`, staff));
      const answers = await Promise.all(asked);
      const counts = [200, 400].map((wanted) => answers.filter(({ status }) => status === wanted).length);
      expect(counts).toEqual([1, 7]);
    });

    it('have the id that they had before ids led to their stock', async () => {
      const id = await item(2);
      const bought = (await send('POST', `/items/${id}/purchase`, ann)).body;
      const earlier = 'pur_6b0c1d3e0000800080001234567890ff';
      const recorder = await Recorder.of(system);
      const purchase = { type: 'Purchase', purchaseId: earlier, customerId: bought.userId, quantity: 1 } as const;
      const headers = await recorder.record(stockAggregate, stockStream(itemStock(id)), purchase);
      await recorder.close();
      expect(await call(`${queries}/api/v1/purchases/${earlier}`, { token: ann, headers })).toMatchObject({
        status: 200,
      });
      expect(await send('POST', `/purchases/${earlier}/return`, staff)).toMatchObject({
        status: 200,
        body: { purchaseId: earlier, returnedQuantity: 1 },
      });
    });

    it('of a slot without a start can be given back at any time', async () => {
      const slotId = await slot(5);
      const open = await send('POST', `/slots/${slotId}/hold`, ann, {}, randomUUID());
      expect(await send('POST', `/holds/${open.body.id}/return`, ann)).toMatchObject({
        status: 409,
        body: { code: 'HOLD_NOT_CONFIRMED' },
      });
      await send('DELETE', `/holds/${open.body.id}`, ann);
      expect(await send('POST', `/holds/${open.body.id}/return`, ann)).toMatchObject({
        status: 409,
        body: { code: 'HOLD_CANCELLED' },
      });
      const id = await booked(slotId, 3);
      expect(await send('DELETE', `/holds/${id}`, ann)).toMatchObject({
        status: 409,
        body: { code: 'HOLD_CONFIRMED' },
      });
      expect(await send('POST', `/holds/${id}/return`, bob)).toMatchObject({ status: 404 });
      const part = await send('POST', `/holds/${id}/return`, ann, { quantity: 2 });
      expect(part).toMatchObject({ status: 200, body: { id, confirmedQuantity: 3, returnedQuantity: 2 } });
      expect(await get(`/holds/${id}`, ann, part)).toMatchObject({ status: 200, body: part.body });
      expect((await get('/holds?status=confirmed', ann, part)).body.holds).toContainEqual(part.body);
      expect((await get(`/slots/${slotId}`, ann, part)).body).toMatchObject({ capacity: 5, remaining: 4 });
      expect((await get(`/slots/${slotId}/history`, staff, part)).body.movements.at(-1)).toMatchObject({
        type: 'UnitsGivenBack',
        reference: id,
      });
    });

    it('of a slot are given back by its customers until it says', async () => {
      const slotId = await slot(5, { startsAt: inTime(hour), cancelUntil: inTime(-hour) });
      const id = await booked(slotId, 3);
      const path = `/holds/${id}/return`;
      expect(await send('POST', path, ann, { quantity: 1 })).toMatchObject({
        status: 409,
        body: { code: 'RETURN_TOO_LATE' },
      });
      expect(await send('POST', path, staff, { quantity: 1 })).toMatchObject({ body: { returnedQuantity: 1 } });
      const changed = await send('PATCH', `/slots/${slotId}`, staff, { cancelUntil: null });
      expect(changed).toMatchObject({ status: 200, body: { cancelUntil: null } });
      expect(await send('POST', path, ann, { quantity: 1 })).toMatchObject({ body: { returnedQuantity: 2 } });
      await send('PATCH', `/slots/${slotId}`, staff, { startsAt: inTime(-hour) });
      expect(await send('POST', path, ann)).toMatchObject({ status: 409, body: { code: 'RETURN_TOO_LATE' } });
    });
  });

  it('of places: held, prolonged, confirmed in part, and given back', async () => {
    const slotId = await slot(5, { title: 'Monday' });
    const held = await send('POST', `/slots/${slotId}/hold`, ann, { quantity: 3, ttlSeconds: 60 }, randomUUID());
    expect(held).toMatchObject({
      status: 201,
      body: {
        id: expect.stringMatching(/^hold_/),
        slot_id: slotId,
        quantity: 3,
        status: 'open',
        confirmedQuantity: null,
      },
    });
    const { id } = held.body as { id: string };
    expect(held.headers.get('location')).toBe(`/api/v1/holds/${id}`);
    expect(await send('PATCH', `/holds/${id}`, ann, { ttlSeconds: 600 })).toMatchObject({
      status: 200,
      body: { id, status: 'open' },
    });
    expect(await send('PATCH', `/holds/${id}`, ann, { ttlSeconds: 3601 })).toMatchObject({
      status: 422,
      body: { data: { ttlSeconds: expect.stringContaining('3600') } },
    });
    expect(await send('PATCH', `/holds/${id}`, staff, { ttlSeconds: 86_400 })).toMatchObject({
      status: 422,
      body: { code: 'HOLD_TOO_LONG' },
    });
    expect(await send('POST', `/holds/${id}/confirm`, bob)).toMatchObject({
      status: 404,
      body: { code: 'HOLD_NOT_FOUND', data: { holdId: id } },
    });
    expect(await send('POST', `/holds/${id}/confirm`, ann, { quantity: 4 })).toMatchObject({
      status: 400,
      body: {
        code: 'INSUFFICIENT_STOCK',
        statusMessage: 'The quantity of the hold is 3, less than 4',
        data: { available: 3, requested: 4, holdId: id },
      },
    });
    expect(await send('POST', `/holds/${id}/confirm`, ann, { quantity: 2 })).toMatchObject({
      status: 200,
      body: { id, status: 'confirmed', quantity: 3, confirmedQuantity: 2 },
    });
    expect(await send('POST', `/holds/${id}/confirm`, ann)).toMatchObject({
      status: 409,
      body: { code: 'HOLD_CONFIRMED', data: { holdId: id } },
    });
    expect(await send('DELETE', `/holds/${id}`, ann)).toMatchObject({ status: 409 });
    const other = await send('POST', `/slots/${slotId}/hold`, bob, { quantity: 3 }, randomUUID());
    expect(await send('DELETE', `/holds/${other.body.id}`, bob)).toMatchObject({
      status: 200,
      body: { status: 'cancelled' },
    });
    expect(await send('DELETE', `/holds/${other.body.id}`, bob)).toMatchObject({
      status: 409,
      body: { code: 'HOLD_CANCELLED' },
    });
    const seen = await send('POST', `/slots/${slotId}/hold`, bob, { quantity: 3 }, randomUUID());
    const consistency = { 'consistency-token': seen.headers.get('consistency-token') ?? '' };
    expect(await call(`${queries}/api/v1/slots/availability?ids=${slotId}`, { headers: consistency })).toMatchObject({
      body: [{ slot_id: slotId, capacity: 5, remaining: 0 }],
    });
    expect(await call(`${queries}/api/v1/holds/${id}`, { token: ann, headers: consistency })).toMatchObject({
      body: { id, status: 'confirmed' },
    });
  });

  it('of a hold need a key, a hold that is ours, and a time that is allowed', async () => {
    const slotId = await slot(1);
    expect(await send('POST', `/slots/${slotId}/hold`, ann)).toMatchObject({
      status: 400,
      body: { code: 'IDEMPOTENCY_KEY_MISSING' },
    });
    expect(await send('POST', `/slots/${slotId}/hold`, ann, {}, 'ü')).toMatchObject({
      status: 400,
      body: { code: 'IDEMPOTENCY_KEY_INVALID' },
    });
    expect(await send('POST', `/slots/${slotId}/hold`, ann, { ttlSeconds: 86_401 }, randomUUID())).toMatchObject({
      status: 422,
      body: { data: { ttlSeconds: expect.any(String) } },
    });
    expect(await send('POST', '/slots/999999/hold', ann, {}, randomUUID())).toMatchObject({
      body: { code: 'SLOT_NOT_FOUND' },
    });
    for (const id of ['1', 'hold_1', 'abc'])
      expect(await send('POST', `/holds/${id}/confirm`, ann)).toMatchObject({ status: 404 });
  });

  it('of a hold leave units for others, unless staff holds them', async () => {
    const id = await item(1000);
    const hold = (who: string, body: object) => send('POST', `/items/${id}/hold`, who, body, randomUUID());
    expect(await hold(ann, { quantity: 101 })).toMatchObject({
      status: 400,
      body: { code: 'LIMIT_PER_CUSTOMER', data: { openHoldsMax: 100, heldUnitsMax: 100 } },
    });
    expect(await hold(ann, { quantity: 100, ttlSeconds: 3600 })).toMatchObject({ status: 201 });
    expect(await hold(ann, {})).toMatchObject({ status: 400, body: { code: 'LIMIT_PER_CUSTOMER' } });
    expect(await hold(bob, { ttlSeconds: 3601 })).toMatchObject({ status: 422 });
    expect(await hold(staff, { quantity: 500, ttlSeconds: 86_400 })).toMatchObject({ status: 201 });
  });

  it('of a slot end when it starts', async () => {
    const slotId = await slot(1, { startsAt: new Date(Date.now() - 1000).toISOString() });
    expect(await send('POST', `/slots/${slotId}/hold`, ann, {}, randomUUID())).toMatchObject({
      status: 409,
      body: { code: 'CLOSED' },
    });
    expect(await send('PATCH', `/slots/${slotId}`, staff, { startsAt: null, capacity: 2 })).toMatchObject({
      status: 200,
      body: { capacity: 2, remaining: 2, startsAt: null },
    });
    expect(await send('POST', `/slots/${slotId}/hold`, ann, {}, randomUUID())).toMatchObject({ status: 201 });
    expect(await send('PATCH', `/slots/${slotId}`, staff, { capacity: 0 })).toMatchObject({
      status: 409,
      body: { code: 'CAPACITY_TOO_SMALL' },
    });
    const ends = { startsAt: '2030-01-02T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' };
    expect(await send('PATCH', `/slots/${slotId}`, staff, ends)).toMatchObject({ status: 422 });
    expect(await send('POST', '/slots', staff, { capacity: 1, id: slotId })).toMatchObject({
      status: 409,
      body: { code: 'ID_TAKEN' },
    });
    expect(await slot(1, { id: slotId + 5 })).toBe(slotId + 5);
    expect(await slot(1)).toBe(slotId + 6);
  });
});
