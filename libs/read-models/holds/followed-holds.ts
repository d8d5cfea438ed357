import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { followedRowsMax, leftRowsMax, type FollowedRow } from '../followed-rows.ts';
import { returnsProjection } from '../returns/projection.ts';
import { holdsProjection } from './projection.ts';
import { holdOf, shownColumns, wantedOf, type Hold, type HoldFilter, type StoredHold } from './queries.ts';

export interface FollowedHold extends Hold {
  /** Units of those taken that were given back. */
  readonly returnedQuantity: number;
}

interface Stored extends StoredHold {
  readonly is_late: boolean;
  readonly revision: number;
  readonly position: string;
  readonly returned: number | null;
  readonly return_number: number | null;
  readonly return_position: string | null;
}

type Keys = readonly (readonly string[])[];

export const followedHoldsProjections = [holdsProjection, returnsProjection] as const;
const holds = viewOf(holdsProjection);
const returns = viewOf(returnsProjection);
const columns = `${shownColumns}, status = 'open' and expires_at <= $1::timestamptz as is_late, revision, position,
  returned, return_number, return_position`;
const lastReturn = `left join lateral (
    select returned_quantity as returned, number as return_number, position as return_position from ${returns} r
    where r.source_id = held.hold_id and r.stock = held.stock order by number desc limit 1
  ) last_return on true`;
const newestFirst = 'order by created_at desc, hold_id desc';

/** Holds, with what it takes to follow them: one statement reads holds and what was given back of them. */
export class FollowedHoldsQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async of(filter: HoldFilter): Promise<readonly FollowedRow<FollowedHold>[]> {
    const { where, values } = wantedOf(filter, new Date());
    const { rows } = await this.#pool.query<Stored>(
      `select ${columns} from ${holds} held ${lastReturn} where ${where} ${newestFirst} limit ${followedRowsMax}`,
      [...values],
    );
    return rows.map(rowOf);
  }

  /** The holds with these keys, and those of which something was given back. */
  async changed(ofHolds: Keys, ofReturns: Keys): Promise<readonly FollowedRow<FollowedHold>[]> {
    const { rows } = await this.#pool.query<Stored>({
      name: 'followed-holds',
      text: `with wanted as (
          select stock, hold_id from unnest($2::text[], $3::text[]) one (stock, hold_id)
          union select r.stock, r.source_id from ${returns} r
            join unnest($4::text[], $5::bigint[]) one (stock, number) on r.stock = one.stock and r.number = one.number
        )
        select ${columns} from wanted join ${holds} held using (stock, hold_id) ${lastReturn}`,
      values: [
        new Date(),
        ofHolds.map(([stock]) => stock),
        ofHolds.map(([, holdId]) => holdId),
        ofReturns.map(([stock]) => stock),
        ofReturns.map(([, number]) => number),
      ],
    });
    return rows.map(rowOf);
  }

  /** What has changed after these positions, whatever its status is now; undefined if that is too much. */
  async changedAfter(
    { status: _any, ...filter }: HoldFilter,
    [ofHolds = '', ofReturns = '']: readonly string[],
  ): Promise<readonly FollowedRow<FollowedHold>[] | undefined> {
    const { where, values } = wantedOf(filter, new Date());
    const next = values.length + 1;
    const { rows } = await this.#pool.query<Stored>(
      `select ${columns} from ${holds} held ${lastReturn}
       where ${where} and (position > $${next} or return_position > $${next + 1}) limit ${leftRowsMax + 1}`,
      [...values, ofHolds, ofReturns],
    );
    return rows.length > leftRowsMax ? undefined : rows.map(rowOf);
  }
}

export function holdIsAmong(filter: HoldFilter, hold: FollowedHold): boolean {
  const { stock, customerId, status, createdAt, labels } = hold;
  if (filter.reference !== undefined && filter.reference !== labels?.reference) return false;
  if (filter.customerId !== undefined && filter.customerId !== customerId) return false;
  if (filter.status !== undefined && filter.status !== status) return false;
  if (filter.slotId !== undefined && !(stock.kind === 'slot' && stock.slotId === filter.slotId)) return false;
  if (filter.itemId !== undefined && !(stock.kind === 'item' && stock.itemId === filter.itemId)) return false;
  if (filter.from !== undefined && createdAt < filter.from) return false;
  return filter.to === undefined || createdAt < filter.to;
}

function rowOf(row: Stored): FollowedRow<FollowedHold> {
  const returnedQuantity = row.status === 'confirmed' ? (row.returned ?? 0) : 0;
  return {
    key: `${row.stock} ${row.hold_id}`,
    columns: [row.stock, row.hold_id],
    value: { ...holdOf(row), returnedQuantity },
    // One that is late is shown as expired before that is recorded.
    version: row.revision + (row.return_number ?? 0) + (row.is_late ? 0.5 : 0),
    positions: [row.position, row.return_position ?? ''],
  };
}
