import type { Position } from './position.ts';

/** What is known about an event besides what happened. `$correlationId` and `$causationId` are EventStoreDB's names. */
export interface EventMetadata {
  readonly $correlationId: string;
  readonly $causationId: string;
  readonly commandId: string;
  readonly userId: string | null;
  /** When it happened, in milliseconds since 1970, by the clock of the writer; never before the event before it. */
  readonly at: number;
  readonly schemaVersion: number;
}

/** An event about to be appended, encoded once: adapters and size limits both need the very bytes. */
export interface NewEvent {
  /** A UUID derived from the command's id: the same command makes the same ids. */
  readonly id: string;
  readonly type: string;
  /** JSON text. */
  readonly data: string;
  readonly metadata: string;
}

export interface RecordedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: EventMetadata;
  readonly stream: string;
  /** 0 for the first event of its stream. */
  readonly revision: number;
  readonly position: Position;
}
