import { stockAggregate } from '#aggregates';
import { itemStock, slotStock, stockStream, type StockCommand, type StockId } from '#domain';
import { createRedis } from '#platform';
import { redisKeys } from '#projections';
import { startProjected, type Projected } from '#testing';
import { availabilityProjection, AvailabilityQueries } from '../index.ts';

describe('availability', () => {
  const prod = itemStock('prod_001');
  const slot = slotStock(5);
  const never = itemStock('prod_never');
  let projected: Projected;
  let queries: AvailabilityQueries;

  beforeEach(async () => {
    projected = await startProjected([{ projection: availabilityProjection, inRedis: true }]);
    queries = new AvailabilityQueries(projected.pool, projected.redis, projected.log);
    await stock(prod, { type: 'Provide', quantity: 50, provideId: null });
    await stock(prod, { type: 'Purchase', purchaseId: 'p1', customerId: 'ann', quantity: 3 });
    await stock(slot, { type: 'SetCapacity', capacity: 10 });
    await projected.catchUp();
  });

  afterEach(() => projected.close());

  function stock(id: StockId, command: StockCommand): Promise<void> {
    return projected.execute(stockAggregate, stockStream(id), command);
  }

  it('is the balance of the latest event, in the table and in Redis alike', async () => {
    const wanted = { total: 50, taken: 3, held: 0, reserved: 0, lent: 0, available: 47, revision: 1 };
    expect(await queries.ofTable([prod])).toEqual([wanted]);
    expect(await queries.live([prod])).toEqual([wanted]);
    expect(await queries.of(prod)).toEqual(wanted);
  });

  it('of many stocks comes in their order; of one that never had any it is nothing', async () => {
    const found = await queries.ofMany([never, slot, prod]);
    expect(found.map(({ available, revision }) => ({ available, revision }))).toEqual([
      { available: 0, revision: -1 },
      { available: 10, revision: 0 },
      { available: 47, revision: 1 },
    ]);
    expect(await queries.ofTable([never, slot, prod])).toEqual(found);
    expect(await queries.ofMany([])).toEqual([]);
  });

  it('comes from Redis, and from the table for what Redis has lost', async () => {
    await projected.pool.query('update availability_v1 set available = 999');
    expect(await queries.of(prod)).toMatchObject({ available: 47 });
    await projected.redis.hdel(redisKeys(availabilityProjection).rows, stockStream(prod));
    expect(await queries.ofMany([slot, prod])).toMatchObject([{ available: 10 }, { available: 999 }]);
  });

  it('comes from the table while Redis is away', async () => {
    const away = createRedis('redis://127.0.0.1:1');
    const withoutRedis = new AvailabilityQueries(projected.pool, away, projected.log);
    expect(await withoutRedis.ofMany([prod, slot])).toMatchObject([{ available: 47 }, { available: 10 }]);
    await expect(withoutRedis.live([prod])).rejects.toThrow('enableOfflineQueue');
    away.disconnect();
  });
});
