import type { Position, RecordedEvent } from '#event-store';

/** Where a projection's rows go, with its checkpoint beside them. */
export interface Sink {
  readonly name: string;
  /** The last position of a page that was covered; undefined before the first. */
  checkpoint(): Promise<Position | undefined>;
  /** Writes the rows of a page and moves the checkpoint, both or neither. Throws CheckpointMoved if another did first. */
  apply(events: readonly RecordedEvent[], from: Position | undefined, to: Position): Promise<void>;
}

/** Another worker advanced the projection: read the checkpoint again and go on from there. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
}
