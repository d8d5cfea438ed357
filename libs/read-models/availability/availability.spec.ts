import { itemStock, slotStock, stockAggregate, stockStream, type StockCommand, type StockId } from '#domain';
import type { Position } from '#event-store';
import { createRedis } from '#platform';
import { redisFields, redisKey } from '#projections';
import { startProjected, type Projected } from '#dev/testing';
import { availabilityProjection, AvailabilityQueries } from '../index.ts';
import type { AvailabilityOptions } from './queries.ts';

describe('availability', () => {
  const prod = itemStock('prod_001');
  const slot = slotStock(5);
  const never = itemStock('prod_never');
  let projected: Projected;
  let queries: AvailabilityQueries;

  beforeEach(async () => {
    projected = await startProjected([{ projection: availabilityProjection, inRedis: true }]);
    queries = new AvailabilityQueries({ ...projected, waitMs: 10_000 });
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
    expect(await queries.ofMany([prod], { fresh: true })).toEqual([wanted]);
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
    expect(await queries.ofMany([never, slot, prod], { fresh: true })).toEqual(found);
    expect(await queries.ofMany([])).toEqual([]);
  });

  it('comes from Redis, and from the table for what Redis has lost', async () => {
    await projected.pool.query('update availability_v3 set available = 999');
    expect(await queries.of(prod)).toMatchObject({ available: 47 });
    await projected.redis.hdel(redisKey(availabilityProjection), stockStream(prod));
    expect(await queries.ofMany([slot, prod])).toMatchObject([{ available: 10 }, { available: 999 }]);
  });

  it('comes from the table while Redis is away', async () => {
    const away = createRedis('redis://127.0.0.1:1');
    const withoutRedis = new AvailabilityQueries({ ...projected, redis: away, waitMs: 1000 });
    expect(await withoutRedis.ofMany([prod, slot])).toMatchObject([{ available: 47 }, { available: 10 }]);
    await expect(withoutRedis.live([prod])).rejects.toThrow('enableOfflineQueue');
    away.disconnect();
  });

  describe('of a process that has shown what came later', () => {
    let earlier: Buffer | null;

    beforeEach(async () => {
      expect(await queries.of(prod)).toMatchObject({ available: 47 });
      earlier = await projected.redis.dumpBuffer(redisKey(availabilityProjection));
      await stock(prod, { type: 'Purchase', purchaseId: 'p2', customerId: 'ann', quantity: 1 });
    });

    async function redisGoesBack(): Promise<void> {
      await projected.redis.restore(redisKey(availabilityProjection), 0, earlier ?? '', 'REPLACE');
    }

    it('is the table’s while Redis is behind it, and Redis’s again once it is not', async () => {
      await projected.catchUp();
      expect(await queries.of(prod)).toMatchObject({ available: 46 });
      await redisGoesBack();
      expect(await queries.of(prod)).toMatchObject({ available: 46 });
      await expect(queries.live([prod])).rejects.toThrow('behind what was already shown');
      await projected.catchUp();
      await projected.pool.query('update availability_v3 set available = 999');
      expect(await queries.of(prod)).toMatchObject({ available: 46 });
    });

    it('is the same when it was the table that has shown it', async () => {
      await projected.catchUp();
      await redisGoesBack();
      expect(await queries.ofMany([prod], { fresh: true })).toMatchObject([{ available: 46 }]);
      expect(await queries.of(prod)).toMatchObject({ available: 46 });
    });

    it('is not from a copy that was made before the table was mended', async () => {
      await projected.catchUp();
      await projected.pool.query('update projections set mends = mends + 1');
      await projected.pool.query('update availability_v3 set available = 999');
      expect(await queries.of(prod)).toMatchObject({ available: 46 });
      expect(await queries.ofMany([prod], { fresh: true })).toMatchObject([{ available: 999 }]);
      expect(await queries.of(prod)).toMatchObject({ available: 999 });
    });

    it('is not from a copy that is not whole', async () => {
      await projected.catchUp();
      await projected.redis.hset(redisKey(availabilityProjection), redisFields.mark, 'copy 1');
      await projected.pool.query('update availability_v3 set available = 999');
      expect(await queries.of(prod)).toMatchObject({ available: 999 });
      await expect(queries.live([prod])).rejects.toThrow('being built');
    });

    it('waits for the table when Redis was ahead of it and is gone', async () => {
      const asked: string[] = [];
      const watch: AvailabilityOptions['watch'] = {
        heard: (projection) => projected.watch.heard(projection),
        reached: async (projection, position, timeoutMs) => {
          asked.push(position);
          await projected.catchUp('PostgreSQL');
          return projected.watch.reached(projection, position, timeoutMs);
        },
      };
      const patient = new AvailabilityQueries({ ...projected, watch, waitMs: 10_000 });
      await projected.catchUp('Redis');
      expect(await patient.of(prod)).toMatchObject({ available: 46 });
      await projected.redis.flushdb();
      expect(await patient.of(prod)).toMatchObject({ available: 46 });
      expect(asked).toHaveLength(1);
    });

    it('is Redis’s, without a wait, while the table is behind it', async () => {
      const reached = () => Promise.reject(new Error('nothing is to be waited for'));
      const watch = { heard: projected.watch.heard.bind(projected.watch), reached };
      const hasty = new AvailabilityQueries({ ...projected, watch, waitMs: 10_000 });
      await projected.catchUp('Redis');
      expect(await hasty.ofMany([never, prod])).toMatchObject([{ available: 0 }, { available: 46 }]);
      expect(await hasty.ofMany([never, prod], { fresh: true })).toMatchObject([{ available: 0 }, { available: 46 }]);
    });

    it('is what the table has when that does not come in time', async () => {
      const impatient = new AvailabilityQueries({ ...projected, waitMs: 1 });
      await projected.catchUp('Redis');
      expect(await impatient.of(prod)).toMatchObject({ available: 46 });
      await projected.redis.flushdb();
      expect(await impatient.of(prod)).toMatchObject({ available: 47 });
    });
  });

  it('of a stock that Redis had not yet does not go back to what came before it was shown from the table', async () => {
    const key = redisKey(availabilityProjection);
    const watch: AvailabilityOptions['watch'] = { heard: () => undefined, reached: () => Promise.resolve(false) };
    const deaf = new AvailabilityQueries({ ...projected, watch, waitMs: 1 });
    const without = (await projected.redis.dumpBuffer(key)) ?? '';
    await stock(never, { type: 'Provide', quantity: 10, provideId: null });
    await projected.catchUp();
    const further = (await projected.redis.dumpBuffer(key)) ?? '';
    await stock(never, { type: 'Purchase', purchaseId: 'p3', customerId: 'ann', quantity: 1 });
    await projected.catchUp('PostgreSQL');
    await projected.redis.restore(key, 0, without, 'REPLACE');
    expect(await deaf.of(never)).toMatchObject({ available: 9 });
    await projected.redis.restore(key, 0, further, 'REPLACE');
    expect(await deaf.of(never)).toMatchObject({ available: 9 });
  });

  it('of a process that has shown nothing is the table’s when Redis is behind what it has heard of', async () => {
    const earlier = await projected.redis.dumpBuffer(redisKey(availabilityProjection));
    await stock(prod, { type: 'Purchase', purchaseId: 'p2', customerId: 'ann', quantity: 1 });
    await projected.catchUp();
    const mark = await projected.redis.hget(redisKey(availabilityProjection), redisFields.mark);
    expect(await projected.watch.reached(availabilityProjection, mark as Position, 10_000)).toBe(true);
    await projected.redis.restore(redisKey(availabilityProjection), 0, earlier ?? '', 'REPLACE');
    expect(await queries.live([prod])).toMatchObject([{ available: 47 }]);
    const other = new AvailabilityQueries({ ...projected, waitMs: 1000 });
    expect(await other.of(prod)).toMatchObject({ available: 46 });
  });
});
