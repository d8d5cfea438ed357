import { itemStock, stockAggregate, stockStream, type StockId } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import { viewOf } from '#projections';
import { DueList, holdsProjection } from '../index.ts';

describe('the list of due holds', () => {
  const parked = itemStock('parked');
  const start = Date.UTC(2026, 0, 1);
  const now = new Date(start + 3_600_000);
  let projected: Projected;

  beforeEach(async () => {
    projected = await startProjected([{ projection: holdsProjection, inRedis: false }]);
  });

  afterEach(() => projected.close());

  async function due(stock: StockId, dueAt: number): Promise<void> {
    projected.now = start;
    await projected.execute(stockAggregate, stockStream(stock), { type: 'Provide', quantity: 1, provideId: null });
    const hold = { holdId: 'h1', customerId: 'ann', quantity: 1, ttlMs: dueAt - start };
    await projected.execute(stockAggregate, stockStream(stock), { type: 'Hold', ...hold });
    await projected.catchUp();
  }

  /** Its rows stay as they are, whatever becomes of its holds, since its events are no longer applied. */
  async function park(stock: StockId, { count, stepMs }: { count: number; stepMs: number }): Promise<void> {
    await due(stock, start + 1000);
    const columns = 'customer_id, quantity, status, confirmed_quantity, created_at, ended_at, revision, position';
    await projected.pool.query(
      `insert into ${viewOf(holdsProjection)} (stock, hold_id, expires_at, ${columns})
       select stock, 'parked-' || n, expires_at + n * $2::int * interval '1 ms', ${columns}
       from ${viewOf(holdsProjection)}, generate_series(1, $3::int) n where stock = $1`,
      [stockStream(stock), stepMs, count],
    );
  }

  async function looks(count: number): Promise<StockId[][]> {
    const list = new DueList(projected.pool);
    const seen: StockId[][] = [];
    while (seen.length < count) seen.push(await list.stocks(now));
    return seen;
  }

  it('has each stock once, however many of its holds are due', async () => {
    await park(parked, { count: 10, stepMs: 1 });
    expect(await looks(2)).toEqual([[parked], [parked]]);
  });

  it.each([
    ['one after the other', 1],
    ['all at the same time', 0],
  ])('comes to every stock, though thousands of holds of a parked stream stay due, %s', async (_, stepMs) => {
    const [before, after] = [itemStock('a'), itemStock('z')];
    await park(parked, { count: 25_000, stepMs });
    await due(before, start + 1000);
    await due(after, start + 100_000);
    const listed = (await looks(8)).flat().map((stock) => stockStream(stock));
    for (const stock of [before, after])
      expect(listed.filter((stream) => stream === stockStream(stock)).length).toBeGreaterThanOrEqual(2);
  });
});
