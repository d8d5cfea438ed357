import { slotAggregate, slotStock, stockAggregate, stockStream } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import {
  availabilityProjection,
  AvailabilityQueries,
  SlotAvailability,
  SlotQueries,
  slotsProjection,
} from '../index.ts';

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
      const capacity = { type: 'SetCapacity', capacity: slotId * 10 } as const;
      await projected.execute(stockAggregate, stockStream(slotStock(slotId)), capacity);
    }
    const open = { type: 'OpenSlot', slotId: 4, title: null, startsAt: null, endsAt: null } as const;
    await projected.execute(slotAggregate, slotAggregate.streamOf(4), open);
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
      createdAt: new Date(Date.UTC(2026, 0, 1)),
    });
    expect(await slots.find(9)).toBeUndefined();
  });

  it('are listed by when they start and by their ids, page by page', async () => {
    const ids = async (...asked: Parameters<SlotQueries['pageOfIds']>) => {
      const { rows, hasMore } = await slots.pageOfIds(...asked);
      return [rows, hasMore];
    };
    const from = new Date(start + 2 * hour);
    const to = new Date(start + 3 * hour);
    expect(await ids({}, all)).toEqual([[1, 2, 3, 4], false]);
    expect(await ids({ from }, all)).toEqual([[2, 3], false]);
    expect(await ids({ to }, all)).toEqual([[1, 2], false]);
    expect(await ids({ from, to }, all)).toEqual([[2], false]);
    expect(await ids({ ids: [4, 1, 9] }, all)).toEqual([[1, 4], false]);
    expect(await ids({ ids: [4, 1, 9], from }, all)).toEqual([[], false]);
    expect(await ids({}, { limit: 2, page: 2 })).toEqual([[3, 4], false]);
    expect(await ids({}, { limit: 2, after: '1' })).toEqual([[2, 3], true]);
  });

  it('have the places left that their stocks have, live and in the tables alike', async () => {
    const wanted = [
      { slot_id: 1, capacity: 10, remaining: 6 },
      { slot_id: 2, capacity: 20, remaining: 20 },
      { slot_id: 3, capacity: 0, remaining: 0 },
      { slot_id: 4, capacity: 0, remaining: 0 },
    ];
    expect(await places.page({}, all)).toEqual({ places: wanted, hasMore: false });
    expect(await places.page({}, all, { fresh: true })).toEqual({ places: wanted, hasMore: false });
    expect(await places.page({ ids: [2] }, all)).toEqual({ places: wanted.slice(1, 2), hasMore: false });
  });

  it('are read once for all who ask the same at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => places.page({}, all)));
    expect(new Set(answers).size).toBe(1);
  });
});
