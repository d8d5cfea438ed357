import { transferAggregate, type TransferCommand } from '#domain';
import { startProjected, transferOf, type Projected } from '#dev/testing';
import { TransferQueries, transfersProjection, UnfinishedTransfers } from '../index.ts';

describe('the transfers of an inventory', () => {
  const start = Date.UTC(2026, 0, 1);
  let projected: Projected;
  let queries: TransferQueries;

  beforeAll(async () => {
    projected = await startProjected([{ projection: transfersProjection, inRedis: false }]);
    queries = new TransferQueries(projected.pool);
    for (const [id, from, to] of [
      [1, 2, 3],
      [2, 3, 2],
      [3, 2, 4],
      [4, 4, 3],
      [5, 4, 2],
    ] as const)
      await request(id, from, to);
    await at(10, 1, { type: 'CompleteTransfer' });
    await at(10, 2, { type: 'RejectTransfer', reason: { code: 'NOT_IN_INVENTORY' } });
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  async function at(seconds: number, id: number, command: TransferCommand): Promise<void> {
    projected.now = start + seconds * 1000;
    await projected.execute(transferAggregate, transferAggregate.streamOf(id), command);
  }

  function request(transferId: number, fromInventoryId: number, toInventoryId: number): Promise<void> {
    const { status: _, requestedAt: __, endedAt: ___, ...wanted } = transferOf();
    const moved = { ...wanted, transferId, fromInventoryId, toInventoryId };
    return at(transferId, transferId, { type: 'RequestTransfer', ...moved, reason: null });
  }

  async function page(inventoryId: number, paging: Parameters<TransferQueries['page']>[1]) {
    const { rows, hasMore, total } = await queries.page(inventoryId, paging);
    return [rows.map(({ transferId }) => transferId), hasMore, total];
  }

  it('are those from it and to it, the newest first, page by page', async () => {
    expect(await page(2, { limit: 10, page: 1 })).toEqual([[5, 3, 2, 1], false, 4]);
    expect(await page(2, { limit: 2, page: 1 })).toEqual([[5, 3], true, 4]);
    expect(await page(2, { limit: 2, page: 2 })).toEqual([[2, 1], false, 4]);
    expect(await page(2, { limit: 3, after: '5' })).toEqual([[3, 2, 1], false, null]);
    expect(await page(2, { limit: 1, after: '3' })).toEqual([[2], true, null]);
    expect(await page(9, { limit: 1, page: 1 })).toEqual([[], false, 0]);
  });

  it('say what became of them', async () => {
    const { rows } = await queries.page(3, { limit: 10, page: 1 });
    const { itemId: _, ...facts } = transferOf();
    expect(rows).toEqual([
      { ...facts, transferId: 4, fromInventoryId: 4, toInventoryId: 3, requestedAt: start + 4000 },
      {
        ...facts,
        transferId: 2,
        fromInventoryId: 3,
        toInventoryId: 2,
        requestedAt: start + 2000,
        ...ended('rejected'),
      },
      { ...facts, transferId: 1, requestedAt: start + 1000, ...ended('completed') },
    ]);
  });

  function ended(status: 'completed' | 'rejected') {
    return { status, endedAt: start + 10_000 };
  }

  it('are finished in the order in which they were requested, while they are pending', async () => {
    const unfinished = new UnfinishedTransfers(projected.pool);
    expect(await unfinished.list(new Date(start + 4000))).toEqual([3, 4]);
    expect(await unfinished.list(new Date(start + 3999))).toEqual([3]);
    const few = new UnfinishedTransfers(projected.pool, 2);
    const later = new Date(start + 60_000);
    expect([await few.list(later), await few.list(later), await few.list(later)]).toEqual([[3, 4], [5], [3, 4]]);
  });
});
