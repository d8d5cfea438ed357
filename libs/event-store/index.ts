export { codecOf, createCodec, type Codec } from './codec.ts';
export {
  AppendTooLarge,
  ForeignPosition,
  OutcomeUnknown,
  StoreUnavailable,
  StoreWentBackwards,
  UnknownEventType,
} from './errors.ts';
export type { EventMetadata, NewEvent, RecordedEvent } from './event.ts';
export {
  pageBytesMax,
  sizeOf,
  type AllPage,
  type AppendResult,
  type EventCount,
  type EventStore,
  type ExpectedRevision,
  type StreamPageRequest,
} from './event-store.ts';
export { comparePositions, isPosition, makePosition, parsePosition, storeOf, type Position } from './position.ts';
