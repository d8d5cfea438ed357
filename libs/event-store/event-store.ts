import type { NewEvent, RecordedEvent } from './event.ts';
import type { Position } from './position.ts';

/** The revision of a stream's last event, or `none` for a stream that has no event yet. */
export type ExpectedRevision = number | 'none';

export type AppendResult =
  | { readonly outcome: 'appended'; readonly revision: number; readonly position: Position }
  /** Events with these ids were already appended by a duplicate of this call; these are the recorded ones. */
  | { readonly outcome: 'already-done'; readonly events: readonly RecordedEvent[] }
  | { readonly outcome: 'conflict'; readonly actual: ExpectedRevision };

export interface StreamPageRequest {
  readonly direction?: 'forwards' | 'backwards';
  /** The first revision to read; by default the start of the stream, or its end when reading backwards. */
  readonly from?: number;
  readonly limit: number;
}

/**
 * An append-only log of events in streams, read in pages. `onAppend` only signals that there may be a next page; a lost
 * signal is harmless as long as pages are also read periodically.
 */
export interface EventStore {
  /** The permanent, unique id of this store. */
  readonly id: string;
  /** Maximum bytes of events per append, as counted by `sizeOf`. */
  readonly appendBytesMax: number;

  /**
   * Appends all events or none. A repeat with the same ids, all or the first few, and the same expected revision is
   * `already-done`; a mix of recorded and new ids is a conflict. With a different expected revision, PostgreSQL always
   * recognises recorded ids, but EventStoreDB does not: it appends the events again if the revision matches. Throws
   * StoreUnavailable if nothing was written, OutcomeUnknown if the outcome is unknown.
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult>;
  /** An empty page for a stream that does not exist, or past its end. */
  readStream(stream: string, request: StreamPageRequest): Promise<readonly RecordedEvent[]>;
  /** The events of a stream with these ids. Only for stores that can find them without reading the stream. */
  readonly findEvents?: ((stream: string, ids: readonly string[]) => Promise<readonly RecordedEvent[]>) | undefined;
  /**
   * The events of all streams after a position, in order, without system events, so a page can be empty and still
   * advance. At most `limit` events and `bytesMax` bytes, but at least one event. Throws ForeignPosition, or
   * StoreWentBackwards for a position beyond the end of this store.
   */
  readAll(after: Position | undefined, limit: number, bytesMax?: number): Promise<AllPage>;
  /** The number of events after a position, without system events. Throws like `readAll`. */
  countAfter(after: Position | undefined): Promise<EventCount>;
  /** The position of the last event, ignoring system events. */
  head(): Promise<Position | undefined>;
  /** Throws while the store is readable but not writable, for example a PostgreSQL standby. */
  assertTakesAppends(): Promise<void>;
  /**
   * Calls the listener once subscribed, and after every append by any process; returns a function that unsubscribes.
   */
  onAppend(ring: () => void): () => void;
  close(): Promise<void>;
}

export interface AllPage {
  readonly events: readonly RecordedEvent[];
  /**
   * The position up to which was read; the next page starts after it. Equal to the requested one if there was nothing
   * more.
   */
  readonly end: Position | undefined;
  /** Size of the data and metadata of the events, as stored. */
  readonly bytes: number;
  /** Whether the page ended at one of its limits, so that there may be more. */
  readonly isFull: boolean;
}

/** Default maximum size of a page in bytes. */
export const pageBytesMax = 4 * 1024 * 1024;

export interface EventCount {
  readonly events: number;
  /** False if the count is a lower bound. */
  readonly isAll: boolean;
}

/** The size of an event on the wire, slightly overestimated. */
export function sizeOf({ type, data, metadata }: NewEvent): number {
  return (
    Buffer.byteLength(data) + Buffer.byteLength(metadata) + Buffer.byteLength(type) * typeBytesFactor + envelopeBytes
  );
}

// EventStoreDB counts two bytes for each character of a type.
const typeBytesFactor = 2;
const envelopeBytes = 64;
