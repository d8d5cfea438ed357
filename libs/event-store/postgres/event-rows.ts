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
  readonly data: unknown;
  readonly metadata: EventMetadata;
}

export function recordedEvent(storeId: string, { position, revision, ...event }: EventRow): RecordedEvent {
  return { ...event, revision: Number(revision), position: makePosition(storeId, BigInt(position)) };
}
