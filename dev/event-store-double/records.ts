export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface LogRecord extends ProposedEvent {
  readonly stream: string;
  readonly revision: number;
  /** Where in the log it begins, in bytes: both its commit and its prepare position. */
  readonly position: bigint;
  readonly createdMs: number;
}

/** What a decision about a write needs to know of the log. */
export interface KnownStreams {
  stream(name: string): readonly LogRecord[];
  isTombstoned(stream: string): boolean;
  isDeleted(stream: string): boolean;
}
