import { stockStream, type Balance, type StockId } from '#domain';
import type { Pool, Redis } from '#platform';
import { decodeRow, redisFields, redisKey, versionOfCopy, viewOf, type Version } from '#projections';
import { availabilityProjection } from './projection.ts';

export interface Availability extends Balance {
  /** Revision of the latest event of the stock; -1 before the first. */
  readonly revision: number;
}

type StoredRow = Availability & { readonly stock: string };

export const neverStocked: Availability = {
  total: 0,
  taken: 0,
  held: 0,
  reserved: 0,
  lent: 0,
  available: 0,
  revision: -1,
};

/** Whether anything of the stock was recorded. */
export function isKnown({ revision }: Availability): boolean {
  return revision >= 0;
}

export interface Read<Row> {
  readonly rows: readonly Row[];
  readonly version: Version;
}

/** Reads rows and their version in one command, so that they are consistent. */
export async function readCopy(
  redis: Redis,
  stocks: readonly StockId[],
): Promise<Read<Availability | undefined> | undefined> {
  const { mark, source } = redisFields;
  const key = redisKey(availabilityProjection);
  const [marked = null, from = null, ...values] = await redis.hmget(key, mark, source, ...stocks.map(stockStream));
  const version = versionOfCopy(marked, from);
  const rows = values.map((value) => (value === null ? undefined : availabilityOf(decodeRow<StoredRow>(value))));
  return version && { rows, version };
}

/** Reads rows and their version in one statement, so that they are consistent. */
export async function readTable(pool: Pool, stocks: readonly StockId[]): Promise<Read<Availability>> {
  const { name, schema } = availabilityProjection;
  const streams = stocks.map(stockStream);
  const { rows } = await pool.query<Version & (StoredRow | { stock: null })>({
    name: 'availability-of',
    text: `select generation, mends as repairs, checkpoint, stock, total, taken, held, reserved, lent, available, revision
      from projections left join ${viewOf(availabilityProjection)} on stock = any($1::text[])
      where name = $2 and schema = $3 and state = 'live'`,
    values: [streams, name, schema],
  });
  const { generation = 0, repairs = 0, checkpoint } = rows[0] ?? {};
  const version = { generation, repairs, checkpoint: checkpoint ?? undefined };
  const known = new Map(rows.flatMap((row) => (row.stock === null ? [] : [[row.stock, availabilityOf(row)] as const])));
  return { rows: streams.map((stream) => known.get(stream) ?? neverStocked), version };
}

function availabilityOf({ total, taken, held, reserved, lent, available, revision }: StoredRow): Availability {
  return { total, taken, held, reserved, lent, available, revision };
}
