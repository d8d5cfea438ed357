import { randomUUID } from 'node:crypto';
import { StatementGroups, type Pool } from '#platform';
import { Overloaded } from './errors.ts';

/** A value reserved for an owner, by one attempt to record it. */
export interface Reservation {
  readonly kind: string;
  readonly value: string;
  readonly owner: string;
  /** The last time at which the stream of the owner may record the value, in milliseconds since 1970. */
  readonly recordBy: number;
  readonly attempt: string;
  /** Until when earlier attempts of the owner may record it; undefined if there are none. */
  readonly earlier: number | undefined;
}

/** Who has reserved a value, and until when an attempt may be in progress. */
export interface Holder {
  readonly owner: string;
  readonly recordBy: number;
}

type Wanted = Pick<Reservation, 'kind' | 'value' | 'owner' | 'attempt'>;
type Settlement = Wanted & Pick<Reservation, 'recordBy'>;

/** Longer than a request may take, so that an attempt in progress keeps its value. */
const defaultReservedMs = 10_000;

/**
 * Values of streams that a rule across streams depends on, reserved in a row before the stream of their owner records
 * them. The row says who may have a value, and the stream alone says who has it. An attempt that stopped in between
 * leaves its row. Once the stream of the owner has an event later than `recordBy`, no append of the attempt can succeed
 * any more, and the row can be deleted if the stream does not have the value.
 */
export class Reservations {
  protected readonly pool: Pool;
  readonly #table: string;
  readonly #reservedMs: number;
  readonly #reserving: StatementGroups<Wanted, Reservation | undefined>;
  readonly #settling: StatementGroups<Settlement, void>;

  constructor(pool: Pool, table: 'unique_values' | 'group_members', reservedMs = defaultReservedMs) {
    this.pool = pool;
    this.#table = table;
    this.#reservedMs = reservedMs;
    this.#reserving = new StatementGroups({
      rejection: Overloaded,
      name: ({ kind, value, owner }) => (table === 'unique_values' ? `${kind} ${value}` : `${kind} ${value} ${owner}`),
      run: (wanted) => this.#reserveAll(wanted),
    });
    this.#settling = new StatementGroups({
      rejection: Overloaded,
      name: ({ attempt }) => attempt,
      run: (settlements) => this.#settleAll(settlements),
    });
  }

  /** Undefined when the value is reserved for another owner. */
  reserve(kind: string, value: string, owner: string): Promise<Reservation | undefined> {
    return this.#reserving.run({ kind, value, owner, attempt: randomUUID() });
  }

  /**
   * In the order of the key, so that two processes that reserve the same values wait for each other in turn. If the clock
   * of the server is set back, the row still covers the earlier attempts.
   */
  async #reserveAll(wanted: readonly Wanted[]): Promise<readonly (Reservation | undefined)[]> {
    const { rows } = await this.pool.query<{ attempt: string; record_by: number; earlier: number | null }>(
      `with wanted as (
         select * from unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) as wanted (kind, value, owner, attempt)
       )
       insert into ${this.#table} as kept (kind, value, owner, attempt, record_by)
       select kind, value, owner, attempt, (extract(epoch from clock_timestamp()) * 1000)::bigint + $5
       from wanted order by kind, value, owner
       on conflict on constraint ${this.#table}_key
         do update set attempt = excluded.attempt, earlier = kept.record_by,
           record_by = greatest(kept.record_by, excluded.record_by)
         where kept.owner = excluded.owner
       returning attempt, record_by, earlier`,
      [...columnsOf(wanted, ['kind', 'value', 'owner', 'attempt']), this.#reservedMs],
    );
    const reserved = new Map(rows.map((row) => [row.attempt, row]));
    return wanted.map((one) => {
      const row = reserved.get(one.attempt);
      return row && { ...one, recordBy: row.record_by, earlier: row.earlier ?? undefined };
    });
  }

  /**
   * The owner has the value, as of an event at this time, which this attempt recorded or found there (then 0). Unless it
   * was reserved again, only earlier attempts may be in progress.
   */
  settle({ kind, value, owner, attempt, earlier = 0 }: Reservation, at: number): Promise<void> {
    return this.#settling.run({ kind, value, owner, attempt, recordBy: Math.max(at, earlier) });
  }

  async #settleAll(settlements: readonly Settlement[]): Promise<readonly void[]> {
    await this.pool.query(
      `with settled as materialized (
         select kept.kind, kept.value, kept.owner, settled.attempt, settled.record_by
         from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::bigint[])
           as settled (kind, value, owner, attempt, record_by)
         join ${this.#table} as kept
           on kept.kind = settled.kind and kept.value = settled.value and kept.owner = settled.owner
         order by kept.kind, kept.value, kept.owner
         for no key update of kept
       )
       update ${this.#table} as kept set record_by = settled.record_by from settled
       where kept.kind = settled.kind and kept.value = settled.value and kept.owner = settled.owner
         and kept.attempt = settled.attempt`,
      columnsOf(settlements, ['kind', 'value', 'owner', 'attempt', 'recordBy']),
    );
    return settlements.map(() => undefined);
  }

  /** The attempt was rejected, and will not record the value: all is as it was before, unless it was reserved again. */
  async withdraw(reservation: Reservation): Promise<void> {
    const { kind, value, attempt, earlier } = reservation;
    if (earlier !== undefined) return this.settle(reservation, earlier);
    await this.pool.query(`delete from ${this.#table} where kind = $1 and value = $2 and attempt = $3`, [
      kind,
      value,
      attempt,
    ]);
  }

  /** Frees a value that the owner does not have as of an event at this time; a later attempt keeps it. */
  async free(kind: string, value: string, owner: string, at: number): Promise<void> {
    await this.pool.query(
      `delete from ${this.#table} where kind = $1 and value = $2 and owner = $3 and record_by < $4`,
      [kind, value, owner, at],
    );
  }

  /** Who has reserved the value, those first whose attempts are oldest. */
  async holdersOf(kind: string, value: string, countMax: number): Promise<readonly Holder[]> {
    const { rows } = await this.pool.query<{ owner: string; record_by: number }>(
      `select owner, record_by from ${this.#table} where kind = $1 and value = $2 order by record_by limit $3`,
      [kind, value, countMax],
    );
    return rows.map(({ owner, record_by: recordBy }) => ({ owner, recordBy }));
  }
}

/** The values of each column, for \`unnest\`. */
function columnsOf<Row>(rows: readonly Row[], columns: readonly (keyof Row)[]): Row[keyof Row][][] {
  return columns.map((column) => rows.map((row) => row[column]));
}
