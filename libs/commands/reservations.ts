import { randomUUID } from 'node:crypto';
import type { Pool } from '#platform';

/** A value reserved for an owner, by one attempt to record it. */
export interface Reservation {
  readonly kind: string;
  readonly value: string;
  readonly owner: string;
  /** The last time at which the stream of the owner may record the value, in milliseconds since 1970. */
  readonly recordBy: number;
  readonly attempt: string;
  /** Until when earlier attempts may record it; undefined if the owner had not reserved it. */
  readonly earlier: number | undefined;
}

/** Who has reserved a value, and until when an attempt may be in progress. */
export interface Holder {
  readonly owner: string;
  readonly recordBy: number;
}

/** Longer than a request may take, so that an attempt in progress keeps its value. */
const reservedMs = 10_000;

/**
 * Values of streams that a rule across streams depends on, reserved in a row before the stream of their owner records
 * them. The row says who may have a value, and the stream alone says who has it. An attempt that stopped in between
 * leaves its row. Once the stream of the owner has an event later than `recordBy`, no append of the attempt can succeed
 * any more, and the row can be deleted if the stream does not have the value.
 */
export class Reservations {
  protected readonly pool: Pool;
  readonly #table: string;

  constructor(pool: Pool, table: 'unique_values' | 'group_members') {
    this.pool = pool;
    this.#table = table;
  }

  /** Undefined when the value is reserved for another owner. */
  async reserve(kind: string, value: string, owner: string): Promise<Reservation | undefined> {
    const attempt = randomUUID();
    const { rows } = await this.pool.query<{ record_by: number; earlier: number | null }>(
      `with earlier as (
         select record_by from ${this.#table} where kind = $1 and value = $2 and owner = $3
       ), reserved as (
         insert into ${this.#table} as kept (kind, value, owner, attempt, record_by)
         values ($1, $2, $3, $4, (extract(epoch from clock_timestamp()) * 1000)::bigint + $5)
         on conflict on constraint ${this.#table}_key
           do update set attempt = excluded.attempt, record_by = excluded.record_by
           where kept.owner = excluded.owner
         returning record_by
       )
       select reserved.record_by, earlier.record_by as earlier from reserved left join earlier on true`,
      [kind, value, owner, attempt, reservedMs],
    );
    const row = rows[0];
    return row && { kind, value, owner, attempt, recordBy: row.record_by, earlier: row.earlier ?? undefined };
  }

  /** The owner recorded the value at this time: unless it was reserved again, only earlier attempts are in progress. */
  async settle({ kind, value, attempt, earlier = 0 }: Reservation, at: number): Promise<void> {
    await this.pool.query(`update ${this.#table} set record_by = $4 where kind = $1 and value = $2 and attempt = $3`, [
      kind,
      value,
      attempt,
      Math.max(at, earlier),
    ]);
  }

  /** The attempt was rejected, and will not record the value. */
  async withdraw({ kind, value, attempt, earlier }: Reservation): Promise<void> {
    if (earlier !== undefined) return;
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
