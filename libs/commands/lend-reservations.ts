import { randomUUID } from 'node:crypto';
import { transaction, type Migration, type Pool, type PoolClient } from '#platform';

export const lendReservationMigrations: readonly Migration[] = [
  {
    name: 'commands-11-lend-reservations',
    sql: `
      create table lend_reservations (
        inventory_id bigint not null,
        borrower_id text collate "C" not null,
        lend_id bigint not null,
        quantity bigint not null,
        due_at bigint,
        attempt uuid not null,
        record_by bigint not null,
        primary key (inventory_id, borrower_id, lend_id)
      )`,
  },
];

/** Whose lends are limited, and where. */
export interface BorrowerAt {
  readonly inventoryId: number;
  readonly borrowerId: string;
}

/** What a limit counts of a lend. */
export interface CountedLend {
  readonly lendId: number;
  readonly quantity: number;
  /** In milliseconds since 1970; null for a lend without a due time. */
  readonly dueAt: number | null;
}

/** The limits of each borrower in one inventory; null for no limit. */
export interface LendLimits {
  readonly openLendsMax: number | null;
  readonly lentUnitsMax: number | null;
  readonly overdueLendsMax: number | null;
}

export interface LendReservation extends BorrowerAt, CountedLend {
  readonly attempt: string;
  /** How many rows the borrower had there. */
  readonly rowsBefore: number;
  /** The last time at which the lend may be recorded, in milliseconds since 1970. */
  readonly recordBy: number;
}

/** Longer than a request may take, so that an attempt in progress keeps its place. */
const defaultReservedMs = 10_000;

/**
 * Lends that count towards a limit, each in a row before it is recorded: a limit holds for the lends of all items
 * together, and each item has its own stream. A row may be of a lend that is back by now or was never recorded. So rows
 * allow a lend by themselves; before one is rejected because of them, they are compared with the streams.
 */
export class LendReservations {
  readonly #pool: Pool;
  readonly #reservedMs: number;

  constructor(pool: Pool, reservedMs = defaultReservedMs) {
    this.#pool = pool;
    this.#reservedMs = reservedMs;
  }

  /**
   * Undefined when a limit would be exceeded. `others` are open lends as they are known to be: they may have no row, or an
   * older one.
   */
  reserve(
    borrower: BorrowerAt,
    lend: CountedLend,
    limits: LendLimits,
    others: readonly CountedLend[],
  ): Promise<LendReservation | undefined> {
    return transaction(this.#pool, async (client) => {
      // In a statement of its own: what others have reserved until now is seen only by the next one.
      const { inventoryId, borrowerId } = borrower;
      await client.query(`select pg_advisory_xact_lock(hashtextextended('lends ' || $1 || ' ' || $2, 0))`, [
        String(inventoryId),
        borrowerId,
      ]);
      const rows = await rowsOf(client, borrower);
      const counted = new Map([...rows, ...others].map((each) => [each.lendId, each]));
      counted.delete(lend.lendId);
      if (exceeds([...counted.values()], lend, limits, Date.now())) return undefined;
      return { ...(await this.#insert(client, borrower, lend)), rowsBefore: rows.length };
    });
  }

  /** The first attempt of the same request may still record the lend, with what it wanted. */
  async #insert(
    client: PoolClient,
    borrower: BorrowerAt,
    lend: CountedLend,
  ): Promise<Omit<LendReservation, 'rowsBefore'>> {
    const attempt = randomUUID();
    const { inventoryId, borrowerId } = borrower;
    const { lendId, quantity, dueAt } = lend;
    const { rows } = await client.query<{ record_by: number }>(
      `insert into lend_reservations as kept (inventory_id, borrower_id, lend_id, quantity, due_at, attempt, record_by)
       values ($1, $2, $3, $4, $5, $6, (extract(epoch from clock_timestamp()) * 1000)::bigint + $7)
       on conflict (inventory_id, borrower_id, lend_id)
         do update set attempt = excluded.attempt, record_by = greatest(kept.record_by, excluded.record_by)
       returning record_by`,
      [inventoryId, borrowerId, lendId, quantity, dueAt, attempt, this.#reservedMs],
    );
    const recordBy = rows[0]?.record_by ?? 0;
    return { ...borrower, ...lend, attempt, recordBy };
  }

  async of(borrower: BorrowerAt): Promise<readonly (CountedLend & { readonly recordBy: number })[]> {
    return rowsOf(this.#pool, borrower);
  }

  /** The attempt was rejected, and no other one has begun since. */
  async withdraw({ inventoryId, borrowerId, lendId, attempt }: LendReservation): Promise<void> {
    await this.#pool.query(
      'delete from lend_reservations where inventory_id = $1 and borrower_id = $2 and lend_id = $3 and attempt = $4',
      [inventoryId, borrowerId, lendId, attempt],
    );
  }

  /** Frees the places of lends that are back. */
  async freeReturned({ inventoryId, borrowerId }: BorrowerAt, lendIds: readonly number[]): Promise<void> {
    await this.#pool.query(
      'delete from lend_reservations where inventory_id = $1 and borrower_id = $2 and lend_id = any($3)',
      [inventoryId, borrowerId, lendIds],
    );
  }

  /** Frees the place of a lend that is back, or that can no longer be recorded; a later attempt keeps it. */
  async free({ inventoryId, borrowerId }: BorrowerAt, lendId: number, at: number): Promise<void> {
    await this.#pool.query(
      'delete from lend_reservations where inventory_id = $1 and borrower_id = $2 and lend_id = $3 and record_by < $4',
      [inventoryId, borrowerId, lendId, at],
    );
  }
}

interface Row {
  readonly lend_id: number;
  readonly quantity: number;
  readonly due_at: number | null;
  readonly record_by: number;
}

async function rowsOf(
  client: Pick<PoolClient, 'query'>,
  { inventoryId, borrowerId }: BorrowerAt,
): Promise<(CountedLend & { readonly recordBy: number })[]> {
  const { rows } = await client.query<Row>(
    `select lend_id, quantity, due_at, record_by from lend_reservations
     where inventory_id = $1 and borrower_id = $2 order by lend_id`,
    [inventoryId, borrowerId],
  );
  return rows.map((row) => ({
    lendId: row.lend_id,
    quantity: row.quantity,
    dueAt: row.due_at,
    recordBy: row.record_by,
  }));
}

function exceeds(others: readonly CountedLend[], lend: CountedLend, limits: LendLimits, now: number): boolean {
  const { openLendsMax, lentUnitsMax, overdueLendsMax } = limits;
  const units = others.reduce((sum, { quantity }) => sum + quantity, lend.quantity);
  const overdue = others.filter(({ dueAt }) => dueAt !== null && dueAt <= now).length;
  return (
    others.length + 1 > (openLendsMax ?? Infinity) ||
    units > (lentUnitsMax ?? Infinity) ||
    overdue > (overdueLendsMax ?? Infinity)
  );
}
