import { rejectSince, type Rejected, type Timed } from './aggregate.ts';

/**
 * A command for which values are reserved, such as a SKU that only one item may have. It is recorded while they are
 * reserved, or not at all.
 */
export interface Reserved {
  /** In milliseconds since 1970. */
  readonly recordBy?: number | undefined;
}

export interface NotRecordedInTime {
  readonly code: 'NOT_RECORDED_IN_TIME';
}

export function afterReservation({
  at,
  recordBy = Infinity,
}: Timed<Reserved>): Rejected<NotRecordedInTime> | undefined {
  return at > recordBy ? rejectSince(recordBy + 1, { code: 'NOT_RECORDED_IN_TIME' }) : undefined;
}
