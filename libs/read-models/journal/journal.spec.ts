import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { itemAggregate, itemStock, slotStock, stockAggregate, stockStream, type StockCommand } from '#domain';
import { makePosition, type RecordedEvent } from '#event-store';
import { projectionOf, startProjected, type Projected } from '#dev/testing';
import { JournalQueries, journalProjection, storedEventTypes, type JournalFilter } from '../index.ts';
import { storedCategories, subjectOf } from './stored-events.ts';

describe('the journal', () => {
  const start = Date.UTC(2026, 0, 1);
  const [lamp, tent, boat] = [itemStock('lamp'), itemStock('tent', 2), slotStock(5)];
  let projected: Projected;
  let queries: JournalQueries;

  beforeAll(async () => {
    projected = await startProjected([{ projection: journalProjection, inRedis: false }]);
    queries = new JournalQueries(projected.pool);
    await at(0, lamp, { type: 'Provide', quantity: 10, provideId: null });
    await at(10, lamp, { type: 'Purchase', purchaseId: 'p1', customerId: 'ann', quantity: 2 }, 'ann');
    await at(20, tent, { type: 'Provide', quantity: 3, provideId: null });
    await at(30, boat, { type: 'Provide', quantity: 3, provideId: null });
    await at(30, lamp, { type: 'Adjust', delta: -1, reason: 'broken' });
    await at(40, lamp, { type: 'Purchase', purchaseId: 'p2', customerId: 'bob', quantity: 1 }, 'bob');
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  async function at(
    seconds: number,
    stock: typeof lamp | typeof boat,
    command: StockCommand,
    userId = 'staff',
  ): Promise<void> {
    projected.now = start + seconds * 1000;
    await projected.execute(stockAggregate, stockStream(stock), command, userId);
  }

  async function found(filter: JournalFilter): Promise<readonly string[]> {
    const { rows, total, totalIsExact } = await queries.page(filter, { limit: 10, page: 1 });
    expect({ total, totalIsExact }).toEqual({ total: rows.length, totalIsExact: true });
    return rows.map(({ type, stream, revision }) => `${type} ${stream} ${revision}`);
  }

  function time(seconds: number): Date {
    return new Date(start + seconds * 1000);
  }

  it('has every event as it is stored, with who, why, when and what it is about', async () => {
    const [first] = (await queries.page({ userId: 'ann' }, { limit: 1, page: 1 })).rows;
    const balance = { total: 10, taken: 2, held: 0, reserved: 0, lent: 0, available: 8 };
    expect(first).toEqual({
      eventId: expect.stringMatching(/^[\da-f-]{36}$/),
      stream: 'stock-item:lamp:1',
      revision: 1,
      type: 'UnitsPurchased',
      schemaVersion: 1,
      subjectKind: 'item',
      subjectId: 'lamp',
      userId: 'ann',
      apiKeyId: null,
      correlationId: 'c',
      causationId: first?.eventId,
      at: time(10),
      position: expect.stringMatching(/@0*2$/),
      place: 2,
      body: expect.objectContaining({ purchaseId: 'p1', customerId: 'ann', quantity: 2, balance }),
    });
    expect(await queries.find(first?.eventId ?? '')).toEqual(first);
    expect(await queries.find('00000000-0000-8000-8000-000000000000')).toBeUndefined();
  });

  it('is found by stream, subject, type, user, correlation and time, the newest first', async () => {
    const sold = ['UnitsPurchased stock-item:lamp:1 3', 'UnitsPurchased stock-item:lamp:1 1'];
    const stock = [sold[0], 'StockAdjusted stock-item:lamp:1 2', sold[1], 'UnitsProvided stock-item:lamp:1 0'];
    expect(await found({ stream: 'stock-item:lamp:1' })).toEqual(stock);
    expect(await found({ subjectIds: ['lamp'] })).toEqual(stock);
    expect(await found({ subjectIds: ['5', 'tent'] })).toEqual([
      'UnitsProvided stock-slot:5 0',
      'UnitsProvided stock-item:tent:2 0',
    ]);
    expect(await found({ subjectIds: ['5'], subjectKind: 'item' })).toEqual([]);
    expect(await found({ types: ['UnitsPurchased'] })).toEqual(sold);
    expect(await found({ types: ['StockAdjusted', 'UnitsPurchased', 'UnitsPurchased'] })).toEqual(stock.slice(0, 3));
    expect(await found({ userId: 'bob' })).toEqual(sold.slice(0, 1));
    expect(await found({ correlationId: 'c' })).toHaveLength(6);
    expect(await found({ correlationId: 'other' })).toEqual([]);
    expect(await found({ from: time(10), to: time(30) })).toEqual(['UnitsProvided stock-item:tent:2 0', sold[1]]);
    expect(await found({ subjectIds: ['lamp'], types: ['UnitsPurchased'], userId: 'ann', to: time(30) })).toEqual([
      sold[1],
    ]);
    expect(await found({})).toHaveLength(6);
  });

  it('is read page by page, by number or from an event on, also with several types', async () => {
    const filter = { types: ['UnitsProvided', 'UnitsPurchased'] };
    const places = async (paging: Parameters<JournalQueries['page']>[1]) => {
      const { rows, hasMore } = await queries.page(filter, paging);
      return [rows.map(({ place }) => place), hasMore];
    };
    expect(await places({ limit: 2, page: 1 })).toEqual([[6, 4], true]);
    expect(await places({ limit: 2, page: 3 })).toEqual([[1], false]);
    expect(await places({ limit: 2, after: '4' })).toEqual([[3, 2], true]);
    expect(await places({ limit: 2, after: '2' })).toEqual([[1], false]);
  });

  it('has an index for each filter, in the order of the answer', async () => {
    const client = await projected.pool.connect();
    await client.query('set enable_seqscan = off; set enable_sort = off; set enable_bitmapscan = off');
    for (const column of ['stream', 'subject_id', 'type', 'user_id', 'correlation_id']) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain select * from journal_v1 where ${column} = 'x' and place < 7 order by place desc limit 3`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('Index Scan Backward');
      expect(plan).toContain(`(${column} = 'x'::text) AND (place < 7)`);
    }
    client.release(true);
  });
});

describe('an event in the journal', () => {
  const recorded: RecordedEvent = {
    id: '5a0f5f2e-8c1a-8f3e-9d47-5b6c7d8e9f00',
    type: 'ItemTeleported',
    data: { to: 'mars' },
    metadata: {} as RecordedEvent['metadata'],
    stream: 'catalog-prod-001',
    revision: 3,
    position: makePosition('esdb', 70n, 71n),
  };

  it('may be of an unknown type, and lack what later versions note', () => {
    const [row] = journalProjection.changesOf(recorded);
    expect(row).toMatchObject({ place: 71, type: 'ItemTeleported', subject_id: 'prod-001', body: { to: 'mars' } });
    expect(row).toMatchObject({ at: null });
  });

  it('is none of another application that writes to the same event store', () => {
    expect(journalProjection.changesOf({ ...recorded, stream: 'invoice-1' })).toEqual([]);
  });

  it('is of an item whatever happens to it', () => {
    projectionOf(journalProjection, itemAggregate)
      .given('catalog-lamp', { type: 'ItemDiscontinued', changed: {} } as never)
      .then([{ subject_kind: 'item', subject_id: 'lamp', type: 'ItemDiscontinued' }]);
  });
});

describe('streams', () => {
  it('are about what their name says', () => {
    expect(subjectOf('stock-item:lamp:12')).toEqual({ kind: 'item', id: 'lamp' });
    expect(subjectOf('catalog-prod-001')).toEqual({ kind: 'item', id: 'prod-001' });
    expect(subjectOf('stock-slot:5')).toEqual({ kind: 'slot', id: '5' });
    expect(subjectOf('slot-5')).toEqual({ kind: 'slot', id: '5' });
    expect(subjectOf('order-ord_1')).toEqual({ kind: 'order', id: 'ord_1' });
    expect(subjectOf('inventory-2')).toEqual({ kind: 'inventory', id: '2' });
    expect(subjectOf('transfer-31')).toEqual({ kind: 'transfer', id: '31' });
    expect(subjectOf('request-10')).toEqual({ kind: 'request', id: '10' });
    expect(subjectOf('category-cat_1')).toEqual({ kind: 'category', id: 'cat_1' });
    expect(subjectOf('order')).toBeUndefined();
    expect(subjectOf('invoice-1')).toBeUndefined();
  });

  it('of every category with stored events are in the journal, with all their types', async () => {
    const fixtures = await readdir(join(import.meta.dirname, '../../domain/stored-events'));
    expect(storedCategories).toHaveLength(fixtures.length);
    expect(storedEventTypes).toContain('UnitsPurchased');
    expect(new Set(storedEventTypes).size).toBe(storedEventTypes.length);
  });
});
