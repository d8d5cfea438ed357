import { stockStream, type Balance, type StockId } from '#domain';
import { decodeRow, redisKeys, viewOf } from '#projections';
import type { Logger, Pool, Redis } from '#platform';
import { availabilityProjection } from './projection.ts';

export interface Availability extends Balance {
  /** Of the stock's latest event; -1 before its first. */
  readonly revision: number;
}

const neverStocked: Availability = { total: 0, taken: 0, held: 0, reserved: 0, lent: 0, available: 0, revision: -1 };

/** What of a stock can be promised: from Redis, and from the table while Redis is away or empty. */
export class AvailabilityQueries {
  readonly #pool: Pool;
  readonly #redis: Redis;
  readonly #log: Logger;

  constructor(pool: Pool, redis: Redis, log: Logger) {
    this.#pool = pool;
    this.#redis = redis;
    this.#log = log;
  }

  async of(stock: StockId): Promise<Availability> {
    return (await this.#live(stock).catch((error: unknown) => this.#withoutRedis(error))) ?? this.ofTable(stock);
  }

  /** Straight from the table: for a query that has just waited for it. */
  async ofTable(stock: StockId): Promise<Availability> {
    const { rows } = await this.#pool.query<Record<keyof Availability, string>>({
      name: 'availability-of',
      text: `select total, taken, held, reserved, lent, available, revision
        from ${viewOf(availabilityProjection)} where stock = $1`,
      values: [stockStream(stock)],
    });
    return rows[0] === undefined ? neverStocked : numbers(rows[0]);
  }

  async #live(stock: StockId): Promise<Availability | undefined> {
    const value = await this.#redis.hget(redisKeys(availabilityProjection).rows, stockStream(stock));
    return value === null ? undefined : numbers(decodeRow<Record<keyof Availability, number>>(value));
  }

  #withoutRedis(error: unknown): undefined {
    this.#log.debug({ err: error }, 'Redis did not answer; the table does');
    return undefined;
  }
}

function numbers(row: Record<keyof Availability, string | number>): Availability {
  const { total, taken, held, reserved, lent, available, revision } = row;
  return {
    total: Number(total),
    taken: Number(taken),
    held: Number(held),
    reserved: Number(reserved),
    lent: Number(lent),
    available: Number(available),
    revision: Number(revision),
  };
}
