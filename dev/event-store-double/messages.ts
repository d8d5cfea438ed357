import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected } from './check-write.ts';
import type { LogRecord, ProposedEvent } from './event-log.ts';

const ticksPerMs = 10_000n;
const messagesOf = new WeakMap<LogRecord, ReadResp>();
const serializedOf = new WeakMap<ReadResp, Buffer>();

/** The same for everybody who reads the record, so that it is made and serialized once. */
export function eventMessage(record: LogRecord): ReadResp {
  const message = messagesOf.get(record) ?? newEventMessage(record);
  messagesOf.set(record, message);
  return message;
}

export function serialized(message: ReadResp): Buffer {
  const bytes = serializedOf.get(message) ?? Buffer.from(message.serializeBinary());
  serializedOf.set(message, bytes);
  return bytes;
}

function newEventMessage(record: LogRecord): ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuidMessage(record.id));
  recorded.setStreamIdentifier(streamMessage(record.stream));
  recorded.setStreamRevision(String(record.revision));
  recorded.setPreparePosition(String(record.position));
  recorded.setCommitPosition(String(record.position));
  recorded.getMetadataMap().set('type', record.type);
  recorded.getMetadataMap().set('content-type', record.contentType);
  recorded.getMetadataMap().set('created', String(BigInt(record.createdMs) * ticksPerMs));
  recorded.setCustomMetadata(record.metadata);
  recorded.setData(record.data);
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(record.position));
  const message = new streams.ReadResp();
  message.setEvent(event);
  return message;
}

export function streamMessage(name: string): StreamIdentifier {
  const message = new shared.StreamIdentifier();
  message.setStreamName(Buffer.from(name));
  return message;
}

export function uuidMessage(id: string) {
  const message = new shared.UUID();
  message.setString(id);
  return message;
}

export function nameOf(message: StreamIdentifier | undefined): string {
  return Buffer.from(message?.getStreamName_asU8() ?? []).toString();
}

interface ProposedMessage {
  getId(): { getString(): string } | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getCustomMetadata_asU8(): Uint8Array;
  getData_asU8(): Uint8Array;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Throws the error for a bad request. */
export function proposedEvent(message: ProposedMessage): ProposedEvent {
  const id = message.getId()?.getString() ?? '';
  const type = message.getMetadataMap().get('type') ?? '';
  if (!uuid.test(id)) throw new Error('Guid should contain 32 digits with 4 dashes.');
  if (type === '') throw new Error('eventType should not be empty.');
  const contentType = message.getMetadataMap().get('content-type') ?? 'application/octet-stream';
  return { id, type, contentType, data: message.getData_asU8(), metadata: message.getCustomMetadata_asU8() };
}

/** Size as counted by the server towards the limit of an append. */
export function bytesOf({ type, data, metadata }: ProposedEvent): number {
  return data.length + metadata.length + type.length * 2;
}

interface ExpectedOptions {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}

export function expectedOf(options: ExpectedOptions, exact: string): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'none';
  return options.hasStreamExists() ? 'exists' : Number(exact);
}
