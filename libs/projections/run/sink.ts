import type { Position, RecordedEvent } from '#event-store';
import type { ProjectionName } from '../define/projection.ts';

/** Where a projection's rows go, with its checkpoint beside them. */
export interface Sink {
  /** Names the work in leases, logs and metrics. */
  readonly name: string;
  readonly projection: ProjectionName;
  /** How many streams wait for a mend. */
  readonly parked: number;
  /**
   * Makes ready, and answers the last position that is covered; undefined before the first. Throws NotYet while there is
   * nothing to begin with. What takes long asks now and then whether it may go on, and throws CheckpointMoved if not.
   */
  open(mayGoOn?: () => Promise<boolean>): Promise<Position | undefined>;
  /**
   * Writes the rows of a page and moves the checkpoint, both or neither; answers whether there were any rows. Throws
   * CheckpointMoved if another did first.
   */
  apply(events: readonly RecordedEvent[], from: Position | undefined, to: Position): Promise<boolean>;
  /** Now and then, between pages: whether there was nothing more to read. */
  tend(caughtUp: boolean): Promise<void>;
}

/** Another worker advanced the projection, or another generation is live: look again where it stands. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
}

/** What the sink is made from is not there: look again in a while. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}
