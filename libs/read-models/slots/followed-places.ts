import { slotStock, stockStream } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { availabilityProjection } from '../availability/projection.ts';
import { followedRowsMax, type FollowedRow } from '../followed-rows.ts';
import { slotsProjection } from './projection.ts';
import { byId, wantedOf, type SlotFilter } from './queries.ts';
import type { PlacesOfSlot } from './slot-availability.ts';

export interface FollowedPlaces extends PlacesOfSlot {
  readonly startsAt: Date | null;
}

interface Stored {
  readonly id: number;
  readonly starts_at: Date | null;
  readonly total: number;
  readonly available: number;
  readonly version: number;
  readonly slot_position: string;
  readonly places_position: string;
}

export const placesProjections = [slotsProjection, availabilityProjection] as const;
const slots = viewOf(slotsProjection);
export const slotStockPrefix = stockStream(slotStock(0)).slice(0, -1);
const rowsFrom = `select id, starts_at, total, available, s.revision + a.revision as version,
    s.position as slot_position, a.position as places_position
  from ${slots} s join ${viewOf(availabilityProjection)} a on a.stock = '${slotStockPrefix}' || id`;

/** The available places of slots, with what it takes to follow them: one statement reads slots and places. */
export class FollowedPlacesQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async of(filter: SlotFilter): Promise<readonly FollowedRow<FollowedPlaces>[]> {
    const { conditions, values } = wantedOf(filter, byId);
    const { rows } = await this.#pool.query<Stored>(
      `${rowsFrom} where ${conditions.join(' and ')} order by id limit ${followedRowsMax}`,
      values,
    );
    return rows.map(rowOf);
  }

  async ofSlots(ids: readonly string[]): Promise<readonly FollowedRow<FollowedPlaces>[]> {
    const { rows } = await this.#pool.query<Stored>({
      name: 'followed-places',
      text: `${rowsFrom} where id = any($1::bigint[])`,
      values: [ids],
    });
    return rows.map(rowOf);
  }

  /** Whether slots that the filter does not apply to have changed after a position. */
  async anyOther(filter: SlotFilter, position: string): Promise<boolean> {
    const { conditions, values } = wantedOf(filter, byId);
    const { rowCount } = await this.#pool.query(
      `select from ${slots} where position > $${values.push(position)} and (${conditions.join(' and ')}) is not true limit 1`,
      values,
    );
    return rowCount === 1;
  }
}

export function isAmong({ from, to, ids, isUpcoming }: SlotFilter, { slot_id, startsAt }: FollowedPlaces): boolean {
  if (ids !== undefined && !ids.includes(slot_id)) return false;
  if (from !== undefined && (startsAt === null || startsAt < from)) return false;
  if (to !== undefined && (startsAt === null || startsAt >= to)) return false;
  return isUpcoming !== true || startsAt === null || startsAt.getTime() > Date.now();
}

function rowOf({ id, starts_at, total, available, version, ...positions }: Stored): FollowedRow<FollowedPlaces> {
  return {
    key: String(id),
    columns: [String(id)],
    value: { slot_id: id, capacity: total, remaining: available, startsAt: starts_at },
    version,
    positions: [positions.slot_position, positions.places_position],
  };
}
