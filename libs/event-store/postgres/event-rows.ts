import type { EventMetadata, RecordedEvent } from '../event.ts';
import { makePosition } from '../position.ts';

export const eventColumns = 'position, stream, revision, id, type, data, metadata';

/** A row of `eventColumns`, from a pool with bigints as text. */
export interface EventRow {
  readonly position: string;
  readonly stream: string;
  readonly revision: string;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/**
 * A page of all events after a position, limited in number and bytes. Its end is determined first, without reading the
 * events: PostgreSQL knows the length of a text without fetching it from TOAST storage.
 */
export const pageQuery = `
  with cut as (
    select min(position) filter (where bytes > $3 and place > 1) as position from (
      select position, sum(size) over up_to as bytes, row_number() over up_to as place
      from (
        select position, octet_length(data) + octet_length(metadata) as size
        from events where position > $1 order by position limit $2
      ) next
      window up_to as (order by position rows unbounded preceding)
    ) sized
  )
  select ${eventColumns}, (select position from cut) is not null as is_cut
  from events where position > $1 and position < coalesce((select position from cut), ${Number.MAX_SAFE_INTEGER})
  order by position limit $2`;

export interface PageRow extends EventRow {
  /** Whether the page ended because of its size in bytes. */
  readonly is_cut: boolean;
}

export function recordedEvent(storeId: string, row: EventRow): RecordedEvent {
  const { id, stream, type, revision, position } = row;
  const place = { stream, revision: Number(revision), position: makePosition(storeId, BigInt(position)) };
  return { id, type, data: JSON.parse(row.data), metadata: JSON.parse(row.metadata) as EventMetadata, ...place };
}
