import type { Position, RecordedEvent } from '#event-store';
import type { ProjectionName } from '../define/projection.ts';

/** The destination of the rows and the checkpoint of a projection. */
export interface Sink {
  /** The name in leases, logs and metrics. */
  readonly name: string;
  readonly projection: ProjectionName;
  /** Number of parked streams. */
  readonly parked: number;
  /**
   * Prepares the sink and returns the last applied position; undefined before the first. Throws NotYet while its source
   * is missing. A long operation periodically checks whether it may continue, and throws CheckpointMoved if not.
   */
  open(mayGoOn?: () => Promise<boolean>): Promise<Position | undefined>;
  /**
   * Writes the rows of a page and moves the checkpoint atomically; returns whether there were any rows. Throws
   * CheckpointMoved if another worker moved it first.
   */
  apply(events: readonly RecordedEvent[], from: Position | undefined, to: Position): Promise<boolean>;
  /** Called periodically between pages, with whether the worker is caught up. */
  tend(caughtUp: boolean): Promise<void>;
}

/** Another worker advanced the projection, or another generation is live: the worker must reopen the sink. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
}

/** The source of the sink does not exist yet: retry later. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}
