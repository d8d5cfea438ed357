import { slotAggregate, slotStock, stockAggregate, stockStream } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import { availabilityProjection, AvailabilityQueries, placeOfSlot, SlotAvailability } from '../index.ts';
import { SlotQueries, slotSorts, slotsProjection } from '../index.ts';
import type { ListedSlotFilter, Paging, Slot, SlotSort } from '../index.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 1, 1);

describe('slots', () => {
  const all = { limit: 10, page: 1 };
  let projected: Projected;
  let slots: SlotQueries;
  let places: SlotAvailability;

  beforeAll(async () => {
    projected = await startProjected([
      { projection: slotsProjection, inRedis: false },
      { projection: availabilityProjection, inRedis: true },
    ]);
    slots = new SlotQueries(projected.pool);
    places = new SlotAvailability(slots, new AvailabilityQueries({ ...projected, waitMs: 1000 }));
    for (const slotId of [1, 2, 3]) {
      const times = { startsAt: start + slotId * hour, endsAt: start + (slotId + 1) * hour };
      const open = { type: 'OpenSlot', slotId, title: `slot ${slotId}`, ...times } as const;
      await projected.execute(slotAggregate, slotAggregate.streamOf(slotId), open);
      if (slotId === 3) continue;
      const capacity = { type: 'OpenPlaces', capacity: slotId * 10, closesAt: null } as const;
      await projected.execute(stockAggregate, stockStream(slotStock(slotId)), capacity);
    }
    const open = { type: 'OpenSlot', slotId: 4, title: null, startsAt: null, endsAt: null } as const;
    await projected.execute(slotAggregate, slotAggregate.streamOf(4), open);
    const none = { type: 'OpenPlaces', capacity: 0, closesAt: null } as const;
    await projected.execute(stockAggregate, stockStream(slotStock(4)), none);
    const later = { type: 'OpenSlot', slotId: 5, title: null, startsAt: Date.now() + hour, endsAt: null } as const;
    await projected.execute(slotAggregate, slotAggregate.streamOf(5), later);
    const five = { type: 'OpenPlaces', capacity: 5, closesAt: later.startsAt } as const;
    await projected.execute(stockAggregate, stockStream(slotStock(5)), five);
    await projected.execute(slotAggregate, slotAggregate.streamOf(2), { type: 'ChangeSlot', title: 'changed' });
    const take = { type: 'Purchase', purchaseId: 'p', customerId: 'ann', quantity: 4 } as const;
    await projected.execute(stockAggregate, stockStream(slotStock(1)), take);
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  it('are found by id, as they are now', async () => {
    expect(await slots.find(2)).toEqual({
      slotId: 2,
      title: 'changed',
      startsAt: new Date(start + 2 * hour),
      endsAt: new Date(start + 3 * hour),
      cancelUntil: null,
      createdAt: new Date(Date.UTC(2026, 0, 1)),
    });
    expect(await slots.find(9)).toBeUndefined();
  });

  it('are found by when they start and by their ids, page by page', async () => {
    const ids = async (...asked: Parameters<SlotQueries['pageOfIds']>) => {
      const { rows, hasMore } = await slots.pageOfIds(...asked);
      return [rows, hasMore];
    };
    const from = new Date(start + 2 * hour);
    const to = new Date(start + 3 * hour);
    expect(await ids({}, all)).toEqual([[1, 2, 3, 4, 5], false]);
    expect(await ids({ from }, all)).toEqual([[2, 3, 5], false]);
    expect(await ids({ to }, all)).toEqual([[1, 2], false]);
    expect(await ids({ from, to }, all)).toEqual([[2], false]);
    expect(await ids({ ids: [4, 1, 9] }, all)).toEqual([[1, 4], false]);
    expect(await ids({ ids: [4, 1, 9], from }, all)).toEqual([[], false]);
    expect(await ids({}, { limit: 2, page: 2 })).toEqual([[3, 4], true]);
    expect(await ids({}, { limit: 2, after: '1' })).toEqual([[2, 3], true]);
    expect(await ids({ isUpcoming: true }, all)).toEqual([[4, 5], false]);
  });

  describe('with their places', () => {
    async function listed(filter: ListedSlotFilter, sort: SlotSort = 'startsAt', paging: Paging = all) {
      const { rows, hasMore, total } = await slots.page(filter, sort, paging);
      return { ids: rows.map(({ slotId }) => slotId), hasMore, total };
    }

    async function found(filter: ListedSlotFilter, sort: SlotSort): Promise<number[]> {
      return (await listed(filter, sort)).ids.toSorted((a, b) => a - b);
    }

    it('are listed by when they start, in either direction, or by their ids; those without a start are last', async () => {
      expect(await listed({})).toEqual({ ids: [1, 2, 5, 4], hasMore: false, total: 4 });
      expect(await listed({}, '-startsAt')).toEqual({ ids: [5, 2, 1, 4], hasMore: false, total: 4 });
      expect(await listed({}, 'id')).toEqual({ ids: [1, 2, 4, 5], hasMore: false, total: 4 });
    });

    it.each(slotSorts)('are listed page by page, by %s', async (sort) => {
      const whole = (await listed({}, sort)).ids;
      const inPages = [1, 2, 3, 4, 5].map(async (page) => (await listed({}, sort, { limit: 1, page })).ids);
      expect((await Promise.all(inPages)).flat()).toEqual(whole);
      const inTurn: number[] = [];
      for (let last: Slot | undefined; ;) {
        const after = last && placeOfSlot(last, sort);
        const paging = after === undefined ? { limit: 1, page: 1 } : { limit: 1, after };
        const { rows, hasMore } = await slots.page({}, sort, paging);
        inTurn.push(...rows.map(({ slotId }) => slotId));
        last = rows.at(-1);
        if (!hasMore) break;
      }
      expect(inTurn).toEqual(whole);
    });

    it('are listed by when they start and by their ids, and by whether they can be booked', async () => {
      const [from, to] = [new Date(start + 2 * hour), new Date(start + 3 * hour)];
      for (const sort of slotSorts) {
        expect(await found({ from }, sort)).toEqual([2, 5]);
        expect(await found({ to }, sort)).toEqual([1, 2]);
        expect((await listed({ from, to }, sort)).ids).toEqual([2]);
        expect(await found({ ids: [4, 1, 9] }, sort)).toEqual([1, 4]);
        expect(await listed({ isFree: true }, sort)).toEqual({ ids: [5], hasMore: false, total: 1 });
        expect(await found({ isFree: false }, sort)).toEqual([1, 2, 4]);
      }
    });
  });

  it('have the places left that their stocks have, and are not shown without, live and in the tables alike', async () => {
    const wanted = [
      { slot_id: 1, capacity: 10, remaining: 6 },
      { slot_id: 2, capacity: 20, remaining: 20 },
      { slot_id: 4, capacity: 0, remaining: 0 },
      { slot_id: 5, capacity: 5, remaining: 5 },
    ];
    expect(await places.page({}, all)).toEqual({ places: wanted });
    expect(await places.page({}, all, { fresh: true })).toEqual({ places: wanted });
    expect(await places.page({ ids: [2] }, all)).toEqual({ places: wanted.slice(1, 2) });
    // The next page goes on after a slot that is not shown.
    expect(await places.page({}, { limit: 1, page: 3 })).toEqual({ places: [], lastOfMore: 3 });
  });

  it('are read once for all who ask the same at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => places.page({}, all)));
    expect(new Set(answers).size).toBe(1);
  });
});
