import { randomUUID } from 'node:crypto';
import { createRedis, untilConnected, type Redis } from '#platform';
import { call, type Answer } from '#dev/testing';
import { startShop, type Sent, type Shop } from './shop.ts';

interface Person {
  readonly token: string;
  readonly id: string;
  readonly number: number;
}

describe('requests', () => {
  let shop: Shop;
  let redis: Redis;
  let staff: Person;
  let ann: Person;
  let bob: Person;

  beforeAll(async () => {
    shop = await startShop('PostgreSQL');
    redis = createRedis(shop.system.env['REDIS_URL'] ?? '');
    await untilConnected(redis);
    [staff, ann, bob] = await Promise.all([person(shop.staff), person(shop.ann), person(shop.bob)]);
  });

  afterAll(async () => {
    redis.disconnect();
    await shop.close();
  });

  async function person(token: string): Promise<Person> {
    const { body } = await call(`${shop.system.queryApi.url}/user/profile`, { token });
    const { stdout } = await shop.system.cli(['users', 'list', '--json']);
    const users = JSON.parse(stdout) as readonly { id: string; number: number }[];
    return { token, id: body.id, number: users.find(({ id }) => id === body.id)?.number ?? 0 };
  }

  function make(body: object, by = ann, sent: Sent = {}): Promise<Answer> {
    return shop.send('POST', '/requests', by.token, body, sent);
  }

  function accept(body: object, by = bob, sent: Sent = {}): Promise<Answer> {
    return shop.send('POST', '/request-accepters', by.token, body, sent);
  }

  function cancel(id: number | string, by = ann, sent: Sent = {}): Promise<Answer> {
    return shop.send('POST', `/requests/${id}/cancel`, by.token, undefined, sent);
  }

  function withdraw(id: number | string, by = bob, sent: Sent = {}): Promise<Answer> {
    return shop.send('DELETE', `/request-accepters/${id}`, by.token, undefined, sent);
  }

  async function requestOfPeople(qty: number): Promise<number> {
    return (await make({ type: 'Humanpower', qty })).body.request_id as number;
  }

  const item = async (): Promise<{ id: string; number: number }> => {
    const id = await shop.item(0);
    const made = await shop.send('PATCH', `/products/${id}`, shop.staff, { name: id });
    return { id, number: (await shop.get(`/products/${id}`, shop.ann, made)).body.number as number };
  };

  it('are accepted by anybody, by the requester too, and again and again', async () => {
    const request_id = await requestOfPeople(10);
    const accepters = [ann, bob, bob];
    for (const by of accepters) expect(await accept({ request_id, qty: 2 }, by)).toMatchObject({ status: 201 });
    const last = await accept({ request_id, qty: 1 });
    const { body } = await shop.get(`/requests/${request_id}`, shop.bob, last);
    expect(body).toMatchObject({ status: 'Not Completed', current_qty: 7, acceptance_count: 4 });
    const numbers = [bob, bob, bob, ann].map(({ number }) => number);
    expect(body.acceptances.map((each: { accepter_id: number }) => each.accepter_id)).toEqual(numbers);
  });

  it('name users and items by id or number, and answer with numbers', async () => {
    const { id, number } = await item();
    for (const requester_id of [ann.id, ann.number, String(ann.number)]) {
      const made = await make({ type: 'Tool', items: [{ item_id: id, qty: 3 }], requester_id });
      const items = [{ item_id: number, required_qty: 3, current_qty: 0 }];
      expect(made).toMatchObject({ status: 201, body: { requester_id: ann.number, items } });
      const { request_id } = made.body as { request_id: number };
      for (const [item_id, accepter_id] of [
        [id, bob.id],
        [String(number), bob.number],
      ]) {
        const accepted = await accept({ request_id: String(request_id), accepter_id, items: [{ item_id, qty: 1 }] });
        expect(accepted).toMatchObject({ status: 201, body: { accepter: { request_id, accepter_id: bob.number } } });
      }
      const camel = await accept({ requestId: request_id, accepterId: bob.id, items: [{ itemId: id, qty: 1 }] });
      expect(camel.body.request).toMatchObject({ status: 'Completed', current_qty: 3 });
    }
  });

  it('are made and accepted for others by staff alone', async () => {
    const made = await make({ type: 'Humanpower', qty: 2, requester_id: ann.id }, staff);
    expect(made).toMatchObject({ status: 201, body: { requester_id: ann.number } });
    const { request_id } = made.body as { request_id: number };
    const accepted = await accept({ request_id, qty: 1, accepter_id: bob.number }, staff);
    expect(accepted).toMatchObject({ status: 201, body: { accepter: { accepter_id: bob.number } } });
    const forbidden = { status: 403, body: { code: 'FORBIDDEN' } };
    for (const other of [bob.id, bob.number, 999_999, 'nobody']) {
      expect(await make({ type: 'Humanpower', qty: 2, requester_id: other })).toMatchObject(forbidden);
      expect(await accept({ request_id, qty: 1, accepter_id: other }, ann)).toMatchObject(forbidden);
    }
    for (const nobody of [999_999, 'nobody']) {
      const unknown = { status: 404, body: { code: 'USER_NOT_FOUND' } };
      expect(await make({ type: 'Humanpower', qty: 2, requester_id: nobody }, staff)).toMatchObject(unknown);
      expect(await accept({ request_id, qty: 1, accepter_id: nobody }, staff)).toMatchObject(unknown);
    }
  });

  it('of items add what they say of the same item, and have no other sum than theirs', async () => {
    const [water, blanket] = [await item(), await item()];
    const items = [
      { item_id: water.id, qty: 2 },
      { item_id: blanket.id, qty: 3 },
      { item_id: water.number, qty: 4 },
    ];
    const made = await make({ type: 'Material', items, required_qty: 9 });
    expect(made.body).toMatchObject({ required_qty: 9, items: [{ required_qty: 6 }, { required_qty: 3 }] });
    const { request_id } = made.body as { request_id: number };
    const sum = (field: string) => ({ status: 422, body: { data: { [field]: 'must be 9, the sum of items.qty' } } });
    expect(await make({ type: 'Material', items, required_qty: 8 })).toMatchObject(sum('required_qty'));
    expect(await make({ type: 'Material', items, qty: 10 })).toMatchObject(sum('qty'));
    expect(await accept({ request_id, items, qty: 8 })).toMatchObject(sum('qty'));
    const accepted = await accept({ request_id, items, qty: 9 });
    expect(accepted).toMatchObject({ status: 201, body: { qtyAccepted: 9, request: { status: 'Completed' } } });
    const { body } = await shop.get(`/requests/${request_id}`, shop.ann, accepted);
    expect(body.acceptances).toMatchObject([
      {
        items: [
          { item_id: water.number, qty: 6 },
          { item_id: blanket.number, qty: 3 },
        ],
      },
    ]);
  });

  it('name what is wrong with their quantities and items', async () => {
    const [water, tent] = [await item(), await item()];
    const items = [{ item_id: water.id, qty: 1 }];
    const notWith = (field: string) => ({ status: 422, body: { data: { [field]: expect.any(String) } } });
    expect(await make({ type: 'Humanpower', qty: 1, items })).toMatchObject(notWith('items'));
    expect(await make({ type: 'Humanpower', qty: 1, required_qty: 1 })).toMatchObject(notWith('qty'));
    const huge = Array.from({ length: 2 }, () => ({ item_id: water.id, qty: 1_000_000_000 }));
    expect(await make({ type: 'Tool', items: huge })).toMatchObject(notWith('required_qty'));
    const many = Array.from({ length: 101 }, () => items[0]);
    expect(await make({ type: 'Tool', items: many })).toMatchObject(notWith('items'));
    const people = await requestOfPeople(5);
    expect(await accept({ request_id: people, qty: 1, items })).toMatchObject(notWith('items'));
    const unknown = { status: 400, body: { code: 'ITEM_UNKNOWN', data: { itemId: 'prod_404' } } };
    const strange = [...items, { item_id: 'prod_404', qty: 1 }];
    expect(await make({ type: 'Tool', items: strange })).toMatchObject(unknown);
    const { request_id } = (await make({ type: 'Tool', items })).body as { request_id: number };
    expect(await accept({ request_id, items: strange })).toMatchObject(unknown);
    expect(await accept({ request_id, items: [{ item_id: tent.number, qty: 1 }] })).toMatchObject({
      status: 400,
      body: { code: 'ITEM_NOT_REQUESTED', data: { itemId: tent.id } },
    });
    for (const [path, body, field] of [
      ['/requests', { qty: 1 }, 'type'],
      ['/requests', { type: 'Humanpower', qty: 0 }, 'qty'],
      ['/requests', { type: 'Humanpower', qty: 1, title: ' ' }, 'title'],
      ['/requests', { type: 'Tool', items: [{ qty: 1 }] }, 'items.0.item_id'],
      ['/request-accepters', { qty: 1 }, 'request_id'],
      ['/request-accepters', { request_id: people, qty: 1.5 }, 'qty'],
    ] as const) {
      const rejected = await shop.send('POST', path, shop.ann, body);
      expect(rejected).toMatchObject({ status: 422, body: { data: { [field]: expect.any(String) } } });
    }
  });

  it('of a discontinued item can still be made and accepted', async () => {
    const { id } = await item();
    await shop.send('DELETE', `/products/${id}`, shop.staff);
    const items = [{ item_id: id, qty: 1 }];
    const { request_id } = (await make({ type: 'Tool', items })).body as { request_id: number };
    expect(await accept({ request_id, items })).toMatchObject({ body: { request: { status: 'Completed' } } });
  });

  it('are cancelled by their requester or by staff, while they are open', async () => {
    const [first, second] = [await requestOfPeople(5), await requestOfPeople(5)];
    await accept({ request_id: first, qty: 2 });
    expect(await cancel(first, bob)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    const cancelled = await cancel(first);
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'Cancelled', current_qty: 2 } });
    const { body } = await shop.get(`/requests/${first}`, shop.bob, cancelled);
    expect(body).toMatchObject({ ...cancelled.body, acceptances: [{ qty: 2 }] });
    const late = { status: 409, body: { code: 'REQUEST_CANCELLED' } };
    for (const answer of [await cancel(first), await accept({ request_id: first, qty: 1 })])
      expect(answer).toMatchObject(late);
    expect(await withdraw(body.acceptances[0].id)).toMatchObject(late);
    expect(await cancel(second, staff)).toMatchObject({ status: 200 });
    const done = await requestOfPeople(1);
    const accepted = await accept({ request_id: done, qty: 3 });
    const completed = { status: 409, body: { code: 'REQUEST_COMPLETED' } };
    expect(await cancel(done)).toMatchObject(completed);
    expect(await accept({ request_id: done, qty: 1 })).toMatchObject(completed);
    expect(await withdraw(accepted.body.accepter.id)).toMatchObject(completed);
    for (const id of ['999999', '0', 'x', '-1']) {
      expect(await cancel(id)).toMatchObject({ status: 404, body: { code: 'REQUEST_NOT_FOUND' } });
      expect(await shop.get(`/requests/${id}`, shop.ann)).toMatchObject({ status: 404 });
    }
  });

  it('lose what is withdrawn by its accepter or by staff, and by nobody else', async () => {
    const request_id = await requestOfPeople(5);
    const [one, two] = [await accept({ request_id, qty: 2 }), await accept({ request_id, qty: 1 })];
    const unknown = { status: 404, body: { code: 'ACCEPTANCE_NOT_FOUND' } };
    expect(await withdraw(one.body.accepter.id, ann)).toMatchObject(unknown);
    const first = await withdraw(one.body.accepter.id);
    expect(first).toMatchObject({ status: 200, body: { request_id, current_qty: 1, acceptance_count: 1 } });
    expect(await withdraw(one.body.accepter.id)).toMatchObject(unknown);
    const second = await withdraw(two.body.accepter.id, staff);
    expect(second).toMatchObject({ status: 200, body: { current_qty: 0, acceptance_count: 0 } });
    const { body } = await shop.get(`/requests/${request_id}`, shop.ann, second);
    expect(body).toEqual({ ...second.body, acceptances: [] });
    for (const id of ['999999', '0', 'x']) expect(await withdraw(id)).toMatchObject(unknown);
  });

  it('record nothing twice: a retry with the same key gets the same answer', async () => {
    const keys = Array.from({ length: 4 }, () => ({ key: randomUUID() }));
    const made = await twice(() => make({ type: 'Humanpower', qty: 5 }, ann, keys[0]));
    const { request_id } = made.body as { request_id: number };
    const accepted = await twice(() => accept({ request_id, qty: 2 }, bob, keys[1]));
    await twice(() => withdraw(accepted.body.accepter.id, bob, keys[2]));
    const completed = await twice(() => accept({ request_id, qty: 5 }, bob, keys[3]));
    expect(completed.body.request).toMatchObject({ status: 'Completed', current_qty: 5, acceptance_count: 1 });
  });

  /** Redis forgets the key in between: then only the event store knows. */
  async function twice(ask: () => Promise<Answer>): Promise<Answer> {
    const first = await ask();
    await redis.flushdb();
    const again = await ask();
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    return first;
  }

  it('list their acceptances page by page, the newest first', async () => {
    const request_id = await requestOfPeople(10);
    const accepted: Answer[] = [];
    while (accepted.length < 3) accepted.push(await accept({ request_id, qty: 2 }));
    const last = accepted[2] as Answer;
    const path = `/requests/${request_id}/acceptances`;
    const { body: whole } = await shop.get(`/requests/${request_id}`, shop.ann, last);
    const first = await shop.get(`${path}?limit=2`, shop.ann, last);
    const paging = { total: 3, page: 1, limit: 2, hasMore: true, nextCursor: expect.any(String) };
    expect(first.body).toEqual({ acceptances: whole.acceptances.slice(0, 2), ...paging });
    const next = await shop.get(`${path}?limit=2&cursor=${first.body.nextCursor}`, shop.ann, last);
    const end = { total: null, page: null, limit: 2, hasMore: false, nextCursor: null };
    expect(next.body).toEqual({ acceptances: whole.acceptances.slice(2), ...end });
    const unknown = { status: 404, body: { code: 'REQUEST_NOT_FOUND' } };
    expect(await shop.get('/requests/999999/acceptances', shop.ann)).toMatchObject(unknown);
  });

  it('are listed page by page, the newest first', async () => {
    const ids = [await requestOfPeople(1), await requestOfPeople(1), await requestOfPeople(1)];
    const last = await make({ type: 'Humanpower', qty: 1 });
    const wanted = [last.body.request_id as number, ...ids.toReversed()];
    const first = await shop.get('/requests?limit=2&type=Humanpower', shop.bob, last);
    expect(first.body).toMatchObject({ total: expect.any(Number), page: 1, limit: 2, hasMore: true });
    const next = await shop.get(`/requests?limit=2&cursor=${first.body.nextCursor}`, shop.bob, last);
    expect(next.body).toMatchObject({ total: null, page: null });
    const listed = [...first.body.requests, ...next.body.requests] as readonly { request_id: number }[];
    expect(listed.map((each) => each.request_id)).toEqual(wanted);
    for (const wrong of ['type=XXX', 'status=open', 'limit=101', 'cursor=x']) {
      const [field = ''] = wrong.split('=');
      const rejected = { status: 422, body: { data: { [field]: expect.any(String) } } };
      expect(await shop.get(`/requests?${wrong}`, shop.bob)).toMatchObject(rejected);
    }
    expect(await call(`${shop.system.queryApi.url}/requests`)).toMatchObject({ status: 401 });
  });
});
