import type { NewEvent, RecordedEvent } from './event.ts';
import type { Position } from './position.ts';

/** The revision of a stream's last event, or `none` for a stream that has no event yet. */
export type ExpectedRevision = number | 'none';

export type AppendResult =
  | { readonly outcome: 'appended'; readonly revision: number; readonly position: Position }
  /** Events of these very ids were appended before, by this call's twin: as they were recorded then. */
  | { readonly outcome: 'already-done'; readonly events: readonly RecordedEvent[] }
  | { readonly outcome: 'conflict'; readonly actual: ExpectedRevision };

export interface StreamPageRequest {
  readonly direction?: 'forwards' | 'backwards';
  /** The first revision to read; the stream's start, or its end when reading backwards, unless given. */
  readonly from?: number;
  readonly limit: number;
}

/**
 * An append-only log of events in streams. Reading is by pages; `onAppend` is only a doorbell that says when to read the
 * next one, and a ring that is lost costs nothing as long as pages are also read now and then.
 */
export interface EventStore {
  /** Tells this store from any other, for ever. */
  readonly id: string;
  /** The most bytes of events, as `sizeOf` counts them, that one append can carry. */
  readonly appendBytesMax: number;

  /**
   * Appends all or none. The same ids again with the same expected revision, all of them or the first so many, are
   * already done; the same ids and a new one are a conflict. Ids that come with another expected revision than at first
   * are recognised by PostgreSQL for ever, by EventStoreDB not: it appends them again if the revision is right.
   * Throws StoreUnavailable when nothing was written, OutcomeUnknown when nobody can say.
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult>;
  /** An empty page for a stream that does not exist, or past its end. */
  readStream(stream: string, request: StreamPageRequest): Promise<readonly RecordedEvent[]>;
  /** Those of a stream's events that have these ids. Only of a store that finds them without reading the stream. */
  readonly findEvents?: ((stream: string, ids: readonly string[]) => Promise<readonly RecordedEvent[]>) | undefined;
  /**
   * The events after a position, in the order of all; never the store's own, so that a page can be empty and yet get
   * further. No more than `limit`, nor more bytes than `bytesMax` unless a single event has more. Throws ForeignPosition,
   * or StoreWentBackwards for a position that this store has not reached.
   */
  readAll(after: Position | undefined, limit: number, bytesMax?: number): Promise<AllPage>;
  /** How many events there are after a position, none of the store's own. Throws as `readAll` does. */
  countAfter(after: Position | undefined): Promise<EventCount>;
  /** The position of the last event that is not the store's own. */
  head(): Promise<Position | undefined>;
  /** Throws while it would take none, though it may be read: PostgreSQL may be a standby, or read-only. */
  assertTakesAppends(): Promise<void>;
  /** Rings once it hangs, and after events were appended, by whomever; answers how to stop it. */
  onAppend(ring: () => void): () => void;
  close(): Promise<void>;
}

export interface AllPage {
  readonly events: readonly RecordedEvent[];
  /** Up to where was read; reading goes on after it. The same as asked for when there was nothing more. */
  readonly end: Position | undefined;
  /** Of the events' data and metadata, as they are stored. */
  readonly bytes: number;
  /** Whether it ends at one of its bounds: then there may be more. */
  readonly isFull: boolean;
}

/** What a page of events has in bytes at most, unless somebody asks for another bound. */
export const pageBytesMax = 4 * 1024 * 1024;

export interface EventCount {
  readonly events: number;
  /** False where nobody counted to the end: there are so many at least. */
  readonly isAll: boolean;
}

/** The size of an event as it goes over the wire, a little overestimated. */
export function sizeOf({ type, data, metadata }: NewEvent): number {
  return (
    Buffer.byteLength(data) + Buffer.byteLength(metadata) + Buffer.byteLength(type) * typeBytesFactor + envelopeBytes
  );
}

// EventStoreDB counts two bytes for each character of a type.
const typeBytesFactor = 2;
const envelopeBytes = 64;
