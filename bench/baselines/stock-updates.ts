import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Pool } from 'pg';

const queue = 'queue:stock-updates';
const inWork = 'queue:stock-updates:reserved';
const waitSeconds = 0.2;

/** The queue from Redis to the database and its workers: a job is reserved, executed, and only then removed. */
export class StockUpdates {
  readonly #pool: Pool;
  readonly #workers: readonly Redis[];
  #stopping = false;
  #running: Promise<unknown> = Promise.resolve();

  private constructor(pool: Pool, workers: readonly Redis[]) {
    this.#pool = pool;
    this.#workers = workers;
  }

  static async start(url: string, pool: Pool, workersCount: number): Promise<StockUpdates> {
    const workers = Array.from({ length: workersCount }, () => new Redis(url));
    await Promise.all(workers.map((worker) => worker.ping()));
    const updates = new StockUpdates(pool, workers);
    updates.#running = Promise.all(workers.map((worker) => updates.#work(worker)));
    return updates;
  }

  async push(redis: Redis, item: string): Promise<void> {
    await redis.lpush(queue, JSON.stringify({ item, quantity: 1 }));
  }

  /** The stock in the database after the queue is empty; it must equal that in Redis. */
  async recorded(redis: Redis): Promise<number> {
    while ((await redis.llen(queue)) + (await redis.llen(inWork)) > 0) await pause(5);
    const { rows } = await this.#pool.query<{ id: string; provided: number; stock: number }>(
      'select id, provided, stock from items',
    );
    if (rows.length === 0) return 0;
    const left = await redis.mget(rows.map(({ id }) => `stock:${id}`));
    for (const [index, { id, stock }] of rows.entries()) {
      if (Number(left[index]) !== stock) throw new Error(`${id}: ${left[index]} in Redis, ${stock} in the database`);
    }
    return rows.reduce((sum, { provided, stock }) => sum + provided - stock, 0);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
    await Promise.all(this.#workers.map((worker) => worker.quit()));
  }

  async #work(worker: Redis): Promise<void> {
    const update = { name: 'update-stock', text: 'update items set stock = stock - $2 where id = $1' };
    while (!this.#stopping) {
      const job = await worker.blmove(queue, inWork, 'RIGHT', 'LEFT', waitSeconds);
      if (job === null) continue;
      const { item, quantity } = JSON.parse(job) as { item: string; quantity: number };
      await this.#pool.query({ ...update, values: [item, quantity] });
      await worker.lrem(inWork, 1, job);
    }
  }
}
