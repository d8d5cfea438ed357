import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventMetadata, RecordedEvent } from '../event.ts';
import { makePosition, type Position } from '../position.ts';
import { givenIdKey } from './given-ids.ts';

/** A record with undecoded contents; most system records are never decoded. */
export interface LogRecord {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly revision: number;
  readonly commit: bigint;
  readonly prepare: bigint;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export function bytesOf({ data, metadata }: LogRecord): number {
  return data.length + metadata.length;
}

// The value that a server sends if it does not know a position.
const unknownPosition = 2n ** 64n - 1n;

export function logRecord(event: ReadResp.ReadEvent.RecordedEvent): LogRecord {
  const [commit, prepare] = [BigInt(event.getCommitPosition()), BigInt(event.getPreparePosition())];
  if (commit === unknownPosition)
    throw new Error('this EventStoreDB is too old: it does not report positions when reading streams');
  return {
    id: event.getId()?.getString() ?? '',
    stream: textOf(event.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array()),
    type: event.getMetadataMap().get('type') ?? '',
    revision: Number(event.getStreamRevision()),
    commit,
    prepare,
    data: event.getData_asU8(),
    metadata: event.getCustomMetadata_asU8(),
  };
}

/** The stream whose first event contains the id of the store. */
export const storeStream = 'holdfast-store';

/** System records, and the record with the id of the store. */
export function isStoresOwn({ stream, type }: LogRecord): boolean {
  return type.startsWith('$') || stream.startsWith('$') || stream === storeStream;
}

export function positionOf(storeId: string, { commit, prepare }: Pick<LogRecord, 'commit' | 'prepare'>): Position {
  return makePosition(storeId, commit, prepare);
}

/**
 * Other applications may write to the same server. Their events that are not JSON are returned without data, so that
 * they cannot stop a reader; ours are always JSON.
 */
export function recordedEvent(storeId: string, record: LogRecord): RecordedEvent {
  const { stream, type, revision } = record;
  const { [givenIdKey]: id = record.id, ...metadata } = metadataOf(record);
  return { id, type, data: parsed(record.data), metadata, stream, revision, position: positionOf(storeId, record) };
}

function metadataOf({ metadata }: LogRecord): EventMetadata & { [givenIdKey]?: string } {
  const value = parsed(metadata);
  return (typeof value === 'object' && value !== null ? value : {}) as EventMetadata;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(bytes));
  } catch {
    return undefined;
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
