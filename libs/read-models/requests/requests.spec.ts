import { requestAggregate, type AcceptRequest, type MakeRequest, type Need, type RequestCommand } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import { AcceptanceQueries, acceptancesProjection, requestItemsProjection, RequestQueries } from '../index.ts';
import { requestsProjection, type Paging, type RequestFilter } from '../index.ts';

const start = Date.UTC(2026, 0, 1);
const texts = { title: 'Dig out the school', place: 'Guangfu', when: 'Saturday', note: 'Bring gloves' };
const none = { title: null, place: null, when: null, note: null };
const water = { itemId: 'water', itemNumber: 5, requiredQty: 30 };
const tent = { itemId: 'tent', itemNumber: 8, requiredQty: 2 };
const firstPage = { limit: 10, page: 1 };

describe('requests', () => {
  let projected: Projected;
  let queries: RequestQueries;
  let acceptances: AcceptanceQueries;

  beforeAll(async () => {
    projected = await startProjected([
      { projection: requestsProjection, inRedis: false },
      { projection: requestItemsProjection, inRedis: false },
      { projection: acceptancesProjection, inRedis: false },
    ]);
    queries = new RequestQueries(projected.pool);
    acceptances = new AcceptanceQueries(projected.pool);
    await make(0, 1, { kind: 'Humanpower', qty: 5 }, texts);
    await make(1, 2, { kind: 'Material', items: [water, tent] }, none);
    await make(2, 3, { kind: 'Tool', items: [tent] }, none, { requesterId: 'bob', requesterNumber: 2 });
    await make(3, 4, { kind: 'Humanpower', qty: 1 }, none);
    for (const acceptanceId of [11, 12, 13]) await at(10, 1, { ...accept, acceptanceId });
    await at(11, 1, { type: 'WithdrawAcceptance', acceptanceId: 12, accepterId: 'bob' });
    await at(12, 2, { ...accept, acceptanceId: 14, offer: { items: [{ itemId: 'water', qty: 40 }] } });
    await at(13, 3, { type: 'CancelRequest' });
    await at(14, 4, { ...accept, acceptanceId: 15 });
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  const accept: AcceptRequest = {
    type: 'AcceptRequest',
    acceptanceId: 0,
    accepterId: 'bob',
    accepterNumber: 2,
    offer: { qty: 1 },
  };

  async function make(
    seconds: number,
    requestId: number,
    need: Need,
    said: typeof texts | typeof none,
    by: Partial<MakeRequest> = {},
  ): Promise<void> {
    const requester = { requesterId: 'ann', requesterNumber: 1, ...by };
    await at(seconds, requestId, { type: 'MakeRequest', requestId, ...requester, need, ...said });
  }

  async function at(seconds: number, requestId: number, command: RequestCommand): Promise<void> {
    projected.now = start + seconds * 1000;
    await projected.execute(requestAggregate, requestAggregate.streamOf(requestId), command);
  }

  async function idsOf(filter: RequestFilter, paging: Paging = firstPage): Promise<readonly number[]> {
    return (await queries.page(filter, paging)).rows.map(({ requestId }) => requestId);
  }

  async function acceptancesOf(requestId: number, paging: Paging = firstPage): Promise<readonly number[]> {
    return (await acceptances.page(requestId, paging)).rows.map(({ acceptanceId }) => acceptanceId);
  }

  it('are as their last event says', async () => {
    expect(await queries.find(1)).toEqual({
      requestId: 1,
      requesterId: 'ann',
      requesterNumber: 1,
      kind: 'Humanpower',
      ...texts,
      requiredQty: 5,
      currentQty: 2,
      items: [],
      acceptanceCount: 2,
      status: 'open',
      createdAt: start,
      updatedAt: start + 11_000,
    });
    const items = [
      { ...water, currentQty: 40 },
      { ...tent, currentQty: 0 },
    ];
    expect(await queries.find(2)).toMatchObject({ ...none, status: 'open', requiredQty: 32, currentQty: 40, items });
    expect(await queries.find(3)).toMatchObject({ status: 'cancelled' });
    expect(await queries.find(4)).toMatchObject({ status: 'completed', currentQty: 1 });
    expect(await queries.find(5)).toBeUndefined();
  });

  it.each<[RequestFilter, readonly number[]]>([
    [{}, [4, 3, 2, 1]],
    [{ kind: 'Humanpower' }, [4, 1]],
    [{ kind: 'Humanpower', status: 'open' }, [1]],
    [{ status: 'cancelled' }, [3]],
    [{ requester: 'ann' }, [4, 2, 1]],
    [{ requester: '2' }, [3]],
    [{ requester: '999999999999999' }, []],
    [{ item: 'tent' }, [3, 2]],
    [{ item: '5' }, [2]],
    [{ item: 'tent', requester: 'bob', kind: 'Tool', status: 'cancelled' }, [3]],
    [{ item: 'tent', requester: 'bob', kind: 'Tool', status: 'open' }, []],
  ])('are found by %j, the newest first', async (filter, ids) => {
    expect(await idsOf(filter)).toEqual(ids);
    expect((await queries.page(filter, firstPage)).total).toBe(ids.length);
  });

  it('are read page by page', async () => {
    expect(await queries.page({}, { limit: 3, page: 1 })).toMatchObject({ hasMore: true, total: 4 });
    expect(await idsOf({}, { limit: 3, page: 2 })).toEqual([1]);
    expect(await queries.page({}, { limit: 2, after: '2' })).toMatchObject({ hasMore: false, total: null });
    expect(await idsOf({ requester: 'ann' }, { limit: 1, after: '4' })).toEqual([2]);
  });

  it('have the acceptances that were not withdrawn, the newest first', async () => {
    const { rows } = await acceptances.page(2, firstPage);
    const items = [{ itemId: 'water', itemNumber: 5, qty: 40 }];
    const by = { accepterId: 'bob', accepterNumber: 2 };
    expect(rows).toEqual([{ acceptanceId: 14, ...by, qty: 40, items, acceptedAt: start + 12_000 }]);
    expect(await acceptancesOf(1)).toEqual([13, 11]);
    expect(await acceptancesOf(1, { limit: 1, page: 1 })).toEqual([13]);
    expect(await acceptancesOf(1, { limit: 1, after: '13' })).toEqual([11]);
    expect(await acceptancesOf(3)).toEqual([]);
  });
});
