import { stockStream, type Balance, type StockId } from '#domain';
import { decodeRow, redisKeys, viewOf } from '#projections';
import type { Logger, Pool, Redis } from '#platform';
import { GroupedReads } from '../grouped-reads.ts';
import { availabilityProjection } from './projection.ts';

export interface Availability extends Balance {
  /** Of the stock's latest event; -1 before its first. */
  readonly revision: number;
}

type Stored = Record<keyof Availability, string | number>;

const neverStocked: Availability = { total: 0, taken: 0, held: 0, reserved: 0, lent: 0, available: 0, revision: -1 };

/** What of a stock can be promised: from Redis, and from the table while Redis is away or empty. */
export class AvailabilityQueries {
  readonly #pool: Pool;
  readonly #redis: Redis;
  readonly #log: Logger;
  readonly #grouped: GroupedReads<StockId, Availability>;

  constructor(pool: Pool, redis: Redis, log: Logger) {
    this.#pool = pool;
    this.#redis = redis;
    this.#log = log;
    this.#grouped = new GroupedReads(stockStream, (stocks) => this.ofMany(stocks));
  }

  of(stock: StockId): Promise<Availability> {
    return this.#grouped.read(stock);
  }

  /** In the order of the stocks; all that Redis knows in one go, and the rest from the table in another. */
  async ofMany(stocks: readonly StockId[]): Promise<Availability[]> {
    const live = await this.live(stocks).catch((error: unknown) => this.#withoutRedis(error));
    const missing = stocks.filter((_, index) => live[index] === undefined);
    const rest = (await this.ofTable(missing)).values();
    return stocks.map((_, index) => live[index] ?? rest.next().value ?? neverStocked);
  }

  /** Only what Redis has, and undefined for what it has not; throws while it is away. */
  async live(stocks: readonly StockId[]): Promise<(Availability | undefined)[]> {
    if (stocks.length === 0) return [];
    const values = await this.#redis.hmget(redisKeys(availabilityProjection).rows, ...stocks.map(stockStream));
    return values.map((value) => (value === null ? undefined : numbers(decodeRow<Stored>(value))));
  }

  /** Straight from the table: for a query that has just waited for it. */
  async ofTable(stocks: readonly StockId[]): Promise<Availability[]> {
    if (stocks.length === 0) return [];
    const streams = stocks.map(stockStream);
    const { rows } = await this.#pool.query<Stored & { stock: string }>({
      name: 'availability-of',
      text: `select stock, total, taken, held, reserved, lent, available, revision
        from ${viewOf(availabilityProjection)} where stock = any($1::text[])`,
      values: [streams],
    });
    const known = new Map(rows.map((row) => [row.stock, numbers(row)]));
    return streams.map((stream) => known.get(stream) ?? neverStocked);
  }

  #withoutRedis(error: unknown): undefined[] {
    this.#log.debug({ err: error }, 'Redis did not answer; the table does');
    return [];
  }
}

function numbers(row: Stored): Availability {
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
