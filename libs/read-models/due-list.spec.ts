import { itemStock, stockAggregate, stockStream, type StockCommand, type StockId } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import { viewOf } from '#projections';
import { DueList, holdsProjection, lendsProjection } from './index.ts';

const start = Date.UTC(2026, 0, 1);

const kinds = [
  {
    of: 'holds',
    projection: holdsProjection,
    command: (dueAt: number): StockCommand => {
      return { type: 'Hold', holdId: 'h1', customerId: 'ann', quantity: 1, ttlMs: dueAt - start };
    },
    columns: {
      others: 'customer_id, quantity, status, confirmed_quantity, created_at, ended_at',
      dueAt: 'expires_at',
      key: 'hold_id',
      copy: `'parked-' || n`,
    },
  },
  {
    of: 'lends',
    projection: lendsProjection,
    command: (dueAt: number, lendId: number): StockCommand => {
      return { type: 'Lend', lendId, borrowerId: 'ann', quantity: 1, dueAt };
    },
    columns: {
      others:
        'item_id, inventory_id, borrower_id, quantity, returned_quantity, lent_at, overdue, renewals, returned_at',
      dueAt: 'due_at',
      key: 'lend_id',
      copy: '1000 + n',
    },
  },
] as const;

describe.each(kinds)('the list of due $of', ({ of, projection, command, columns }) => {
  const parked = itemStock('parked');
  const now = new Date(start + 3_600_000);
  let projected: Projected;
  let count: number;

  beforeEach(async () => {
    projected = await startProjected([{ projection, inRedis: false }]);
    count = 0;
  });

  afterEach(() => projected.close());

  async function due(stock: StockId, dueAt: number): Promise<void> {
    projected.now = start;
    count += 1;
    await projected.execute(stockAggregate, stockStream(stock), { type: 'Provide', quantity: 1, provideId: null });
    await projected.execute(stockAggregate, stockStream(stock), command(dueAt, count));
    await projected.catchUp();
  }

  /** Its rows stay as they are, whatever becomes of them, since its events are no longer applied. */
  async function park(stock: StockId, copies: { count: number; stepMs: number }): Promise<void> {
    await due(stock, start + 1000);
    const others = `${columns.others}, revision, position`;
    await projected.pool.query(
      `insert into ${viewOf(projection)} (stock, ${columns.key}, ${columns.dueAt}, ${others})
       select stock, ${columns.copy}, ${columns.dueAt} + n * $2::int * interval '1 ms', ${others}
       from ${viewOf(projection)}, generate_series(1, $3::int) n where stock = $1`,
      [stockStream(stock), copies.stepMs, copies.count],
    );
  }

  async function looks(times: number): Promise<StockId[][]> {
    const list = new DueList(projected.pool, of);
    const seen: StockId[][] = [];
    while (seen.length < times) seen.push(await list.stocks(now));
    return seen;
  }

  it('has each stock once, however much of it is due', async () => {
    await park(parked, { count: 10, stepMs: 1 });
    expect(await looks(2)).toEqual([[parked], [parked]]);
  });

  it.each([
    ['one after the other', 1],
    ['all at the same time', 0],
  ])('comes to every stock, though thousands of a parked stream stay due, %s', async (_, stepMs) => {
    const [before, after] = [itemStock('a'), itemStock('z')];
    await park(parked, { count: 25_000, stepMs });
    await due(before, start + 1000);
    await due(after, start + 100_000);
    const listed = (await looks(8)).flat().map((stock) => stockStream(stock));
    for (const stock of [before, after])
      expect(listed.filter((stream) => stream === stockStream(stock)).length).toBeGreaterThanOrEqual(2);
  });
});
