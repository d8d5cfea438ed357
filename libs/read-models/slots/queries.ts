import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';
import { slotsProjection } from './projection.ts';
import type { SlotId } from '#domain';

export interface Slot {
  readonly slotId: SlotId;
  readonly title: string | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly createdAt: Date;
}

/** Filters slots by time range and ids. */
export interface SlotFilter {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly ids?: readonly number[] | undefined;
}

interface Stored {
  readonly id: number;
  readonly title: string | null;
  readonly starts_at: Date | null;
  readonly ends_at: Date | null;
  readonly created_at: Date;
}

const columns = 'id, title, starts_at, ends_at, created_at';

export class SlotQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(slotId: SlotId): Promise<Slot | undefined> {
    const { rows } = await this.#pool.query<Stored>({
      name: 'slot-by-id',
      text: `select ${columns} from ${viewOf(slotsProjection)} where id = $1`,
      values: [slotId],
    });
    return rows[0] && slotOf(rows[0]);
  }

  /** The ids of slots, in their order. */
  async pageOfIds({ from, to, ids }: SlotFilter, paging: Paging): Promise<Page<number>> {
    const values: unknown[] = [];
    const where = (sql: string, value: unknown): string[] =>
      value === undefined ? [] : [sql.replace('?', `$${values.push(value)}`)];
    const wanted = [
      'true',
      ...where('starts_at >= ?', from),
      ...where('starts_at < ?', to),
      ...where('id = any(?)', ids),
    ];
    const after = where('id > ?', 'after' in paging ? paging.after : undefined);
    const { limit, offset } = rowsToRead(paging);
    const { rows } = await this.#pool.query<Pick<Stored, 'id'>>(
      `select id from ${viewOf(slotsProjection)}
       where ${[...wanted, ...after].join(' and ')} order by id limit ${limit} offset ${offset}`,
      values,
    );
    const slotIds = rows.map(({ id }) => id);
    return pageOf(slotIds, paging, null);
  }
}

function slotOf({ id, title, starts_at: startsAt, ends_at: endsAt, created_at: createdAt }: Stored): Slot {
  return { slotId: id, title, startsAt, endsAt, createdAt };
}
