import type { Position } from './position.ts';

/** The metadata of an event. `$correlationId` and `$causationId` are names of EventStoreDB. */
export interface EventMetadata {
  readonly $correlationId: string;
  readonly $causationId: string;
  readonly commandId: string;
  readonly userId: string | null;
  /** Only if the user, or a service for the user, asked with an API key. */
  readonly apiKeyId?: string;
  /**
   * Time of the event in milliseconds since 1970, by the clock of the writer; never before that of the previous event.
   */
  readonly at: number;
  readonly schemaVersion: number;
}

/** An event to append, encoded once, because adapters and size limits need the same bytes. */
export interface NewEvent {
  /** A UUID derived from the command id: the same command produces the same event ids. */
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
