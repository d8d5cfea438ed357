import type { EventMetadata, RecordedEvent } from '../event.ts';
import { makePosition } from '../position.ts';

export const eventColumns = 'position, stream, revision, id, type, data, metadata';

/** As pg hands over a row of `eventColumns`: a bigint comes as text. */
export interface EventRow {
  readonly position: string;
  readonly stream: string;
  readonly revision: string;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** As a row of a page of all events comes: with what the page has up to it, and among how many it was found. */
export interface PageRow extends EventRow {
  readonly bytes: string;
  readonly found: string;
}

export function recordedEvent(storeId: string, row: EventRow): RecordedEvent {
  const { id, stream, type, revision, position } = row;
  const place = { stream, revision: Number(revision), position: makePosition(storeId, BigInt(position)) };
  return { id, type, data: JSON.parse(row.data), metadata: JSON.parse(row.metadata) as EventMetadata, ...place };
}
