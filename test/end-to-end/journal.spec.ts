import { createPool } from '#platform';
import { until, type Answer } from '#dev/testing';
import { shippingInfo, startShop, type Shop } from './shop.ts';

interface Shown {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly place: number;
  readonly correlationId: string;
}

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('the journal of events in %s', (kind) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await startShop(kind, { HOLDFAST_JOURNAL: 'true' });
  });

  afterAll(() => shop.close());

  async function events(query: string, after?: Answer): Promise<Answer> {
    const answer = await shop.get(`/admin/events?${query}`, shop.staff, after);
    expect(answer.status).toBe(200);
    return answer;
  }

  const shown = ({ body }: Answer) => body.events as readonly Shown[];
  const named = (answer: Answer) => shown(answer).map(({ type, stream }) => `${type} ${stream}`);

  it('shows what one request caused: an order with the stocks of both its items', async () => {
    const [lamp, tent] = [await shop.item(5), await shop.item(5)];
    const placed = await shop.order([
      { id: lamp, quantity: 1 },
      { id: tent, quantity: 2 },
    ]);
    const correlationId = placed.headers.get('x-request-id') ?? '';
    const caused = await events(`correlationId=${correlationId}`, placed);
    const order = `order-${placed.body.id}`;
    expect(named(caused).toSorted()).toEqual(
      [
        `OrderPlaced ${order}`,
        `OrderSubmitted ${order}`,
        `UnitsReserved stock-item:${lamp}:1`,
        `UnitsReserved stock-item:${tent}:1`,
      ].toSorted(),
    );
    expect(named(caused)[0]).toBe(`OrderPlaced ${order}`);
    expect(caused.body).toMatchObject({ total: 4, totalIsExact: true, hasMore: false, nextCursor: null });
    const [last] = caused.body.events;
    expect(last).toMatchObject({ subjectKind: 'order', subjectId: placed.body.id, schemaVersion: 1, revision: 1 });
    expect(last.body).toMatchObject({ orderId: placed.body.id, orderNumber: placed.body.orderNumber });
    expect((await shop.get(`/admin/events/${last.eventId}`, shop.staff)).body).toEqual(last);
  });

  it('is searched by stream, subject, kind, type, user and time', async () => {
    const before = new Date().toISOString();
    const lamp = await shop.item(5);
    const placed = await shop.order([{ id: lamp, quantity: 1 }], shop.bob);
    const { number } = (await shop.get(`/products/${lamp}`, shop.staff, placed)).body as { number: number };
    const stock = [`UnitsReserved stock-item:${lamp}:1`, `UnitsProvided stock-item:${lamp}:1`];
    const ofLamp = [...stock, `ItemCreated catalog-${lamp}`];
    expect(named(await events(`stream=stock-item:${lamp}:1`, placed))).toEqual(stock);
    expect(named(await events(`subject=${lamp}`))).toEqual(ofLamp);
    expect(named(await events(`subject=${number}&subjectKind=item`))).toEqual(ofLamp);
    const { id, orderNumber } = placed.body as { id: string; orderNumber: string };
    expect(named(await events(`subject=${orderNumber}`))).toEqual([
      `OrderPlaced order-${id}`,
      `OrderSubmitted order-${id}`,
    ]);
    expect(named(await events(`subject=${lamp}&type=ItemCreated,UnitsProvided`))).toEqual(ofLamp.slice(1));
    const { userId } = (await events(`subject=${id}`)).body.events[0] as { userId: string };
    expect(named(await events(`user=${userId}&type=UnitsReserved`))).toEqual(stock.slice(0, 1));
    const since = await events(`from=${before}&type=ItemCreated`);
    expect(named(since)).toEqual([`ItemCreated catalog-${lamp}`]);
    expect(named(await events(`to=${before}&subject=${lamp}`))).toEqual([]);
  });

  it('is read page by page without gaps while events are appended', async () => {
    const lamp = await shop.item(100);
    const provide = () => shop.send('POST', '/stock', shop.staff, { product_id: lamp, stock: 1 });
    for (let n = 1; n < 7; n++) await provide();
    const revisions: number[] = [];
    let page = await events(`stream=stock-item:${lamp}:1&limit=2`, await provide());
    for (;;) {
      revisions.push(...page.body.events.map(({ revision }: { revision: number }) => revision));
      const cursor = page.body.nextCursor as string | null;
      if (cursor === null) break;
      page = await events(`stream=stock-item:${lamp}:1&limit=2&cursor=${cursor}`, await provide());
    }
    expect(revisions).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
  });

  it('has nothing of what an order has of its customer but the id, also before the user is erased', async () => {
    const token = await shop.user(`erased-${kind}@example.com`);
    const placed = await shop.order([{ id: await shop.item(3), quantity: 1 }], token);
    const { events: all } = (await events(`correlationId=${placed.headers.get('x-request-id')}`, placed)).body;
    expect(all).toHaveLength(3);
    for (const secret of [...Object.values(shippingInfo), `erased-${kind}@example.com`]) {
      expect(JSON.stringify(all)).not.toContain(secret);
    }
  });

  it('is verified and rebuilt as other read models are', async () => {
    const placed = await shop.order([{ id: await shop.item(3), quantity: 1 }]);
    const before = (await events('limit=100', placed)).body.events as readonly Shown[];
    const verified = await shop.system.cli(['projections', 'verify', 'journal']);
    expect(verified).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('rows match the events') });
    expect(await shop.system.cli(['projections', 'rebuild', 'journal'])).toMatchObject({ exitCode: 0 });
    expect(shown(await events('limit=100'))).toEqual(before);
    const { projections } = (await shop.get('/admin/projections', shop.staff)).body;
    expect(projections).toContainEqual(expect.objectContaining({ name: 'journal', parkedStreams: 0 }));
  });

  it('is for staff, and takes only types, times and ids that there can be', async () => {
    expect((await shop.get('/admin/events', shop.ann)).body.code).toBe('FORBIDDEN');
    const bad = await shop.get('/admin/events?type=UnitsTeleported&from=now&cursor=x', shop.staff);
    expect(bad).toMatchObject({ status: 422, body: { data: { type: expect.any(String), from: expect.any(String) } } });
    for (const id of ['x', '00000000-0000-8000-8000-000000000000'])
      expect((await shop.get(`/admin/events/${id}`, shop.staff)).body.code).toBe('EVENT_NOT_FOUND');
  });
});

describe('the journal', () => {
  it('is off unless it is turned on: nothing is written, everything is ready; and then has every event', async () => {
    const shop = await startShop('PostgreSQL');
    const { system, staff } = shop;
    const pool = createPool({ url: system.env['DATABASE_URL'] ?? '', connectionsMax: 1, name: 'test' });
    try {
      const created = await shop.item(3);
      const made = await shop.send('POST', '/stock', staff, { product_id: created, stock: 1 });
      for (const path of ['/admin/events', `/admin/events/${crypto.randomUUID()}`])
        expect(await shop.get(path, staff, made)).toMatchObject({ status: 404, body: { code: 'JOURNAL_OFF' } });
      const tables = `select from pg_class where relname like 'journal%'`;
      expect((await pool.query(tables)).rowCount).toBe(0);
      const { projections } = (await shop.get('/admin/projections', staff)).body;
      expect(JSON.stringify(projections)).not.toContain('journal');
      expect(await system.cli(['projections', 'verify', 'journal'])).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('HOLDFAST_JOURNAL'),
      });

      const settings = { HOLDFAST_JOURNAL: 'true' };
      const projector = await system.start('projector', settings);
      const queryApi = await system.start('query-api', settings);
      const found = await until(
        () => shop.send('GET', `/admin/events?subject=${created}`, staff, undefined, { to: queryApi }),
        ({ status, body }) => status === 200 && body.total === 3,
      );
      expect(found.body.events.map(({ type }: Shown) => type)).toEqual([
        'UnitsProvided',
        'UnitsProvided',
        'ItemCreated',
      ]);
      await Promise.all([projector.child.stop(), queryApi.child.stop()]);
      // Off again: the table is left as it is, and nobody misses anything.
      expect((await pool.query(tables)).rowCount).toBeGreaterThan(0);
      expect((await shop.get('/health/ready', staff)).body).toEqual({ status: 'ready', degraded: [] });
      expect(JSON.stringify((await shop.get('/admin/projections', staff)).body)).not.toContain('journal');
    } finally {
      await pool.end();
      await shop.close();
    }
  });
});
