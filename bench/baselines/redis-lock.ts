import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Contender, OpenContender } from '../harness/contender.ts';
import { StockUpdates } from './stock-updates.ts';
import { openStockTables } from './stock-tables.ts';
import { Turns } from './turns.ts';

const lockTriesMax = 5;
const backOffMs = { min: 10, max: 200 };
const lockLifeMs = 10_000;
// Only the holder may release the lock.
const unlockScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

/**
 * Requirement 000: a lock on the item, with five attempts and a random pause between them; the stock in Redis
 * decremented under WATCH; the database updated later through a queue.
 */
export const openRedisLock: OpenContender = async ({ postgres, redis: url }, connections) => {
  const shared = new Redis(url, { enableAutoPipelining: false });
  const unlock = (await shared.script('LOAD', unlockScript)) as string;
  // WATCH is per connection, so each serves one customer at a time.
  const clients = Array.from({ length: connections }, () => new Redis(url));
  const watchers = new Turns(clients);
  const pool = await openStockTables(postgres, connections);
  const updates = await StockUpdates.start(url, pool, connections);

  const underLock = async <T>(item: string, work: () => Promise<T>): Promise<T> => {
    const key = `lock:${item}`;
    const token = randomUUID();
    for (let tries = 1; (await shared.set(key, token, 'PX', lockLifeMs, 'NX')) === null; tries++) {
      if (tries === lockTriesMax) throw new Error('the lock was not to be had');
      await pause(backOffMs.min + Math.random() * (backOffMs.max - backOffMs.min));
    }
    try {
      return await work();
    } finally {
      await shared.evalsha(unlock, 1, key, token);
    }
  };
  const take = (item: string) =>
    watchers.use(async (client): Promise<'bought' | 'rejected'> => {
      const key = `stock:${item}`;
      // Sent together, because the connection is used exclusively.
      const [, stock] = await Promise.all([client.watch(key), client.get(key)]);
      if (Number(stock) < 1) {
        await client.unwatch();
        return 'rejected';
      }
      if ((await client.multi().decrby(key, 1).exec()) === null) throw new Error('the stock changed meanwhile');
      return 'bought';
    });
  const purchase: Contender['purchase'] = async ({ item }) => {
    const answer = await underLock(item, () => take(item));
    if (answer === 'bought') await updates.push(shared, item);
    return answer;
  };
  return {
    purchase,
    provide: async (items, units, purchasesBefore) => {
      const left = units - purchasesBefore;
      await pool.query(
        'insert into items (id, provided, stock) select id, $2::int, $3::int from unnest($1::uuid[]) id',
        [items, units, left],
      );
      await shared.mset(new Map(items.map((item) => [`stock:${item}`, left])));
    },
    recorded: () => updates.recorded(shared),
    close: async () => {
      await updates.stop();
      await Promise.all([shared, ...clients].map((client) => client.quit()));
      await pool.end();
    },
  };
};
