import type { Position, RecordedEvent } from '#event-store';
import { defineProjection, type Row } from '#projections';
import { storedCategories, subjectOf } from './stored-events.ts';

/** Every event of every stream, as it is stored. */
export const journalProjection = defineProjection({
  name: 'journal',
  schema: 1,
  table: {
    // The last number of the position: where the event is in the order of all.
    key: { place: 'bigint' },
    columns: {
      event_id: 'uuid',
      stream: 'text collate "C"',
      type: 'text collate "C"',
      schema_version: 'integer',
      subject_kind: 'text collate "C"',
      subject_id: 'text collate "C"',
      user_id: 'text collate "C"',
      api_key_id: 'text collate "C"',
      correlation_id: 'text collate "C"',
      causation_id: 'text collate "C"',
      at: 'timestamptz',
      // Not jsonb, which is slower to write, and would not keep the event as it is.
      body: 'json',
    },
    indexesAfterReplay: [
      '(event_id)',
      // Serve one filter each, the newest first.
      '(stream, place)',
      '(subject_id, place)',
      '(type, place)',
      '(user_id, place) where user_id is not null',
      '(correlation_id, place) where correlation_id is not null',
      // Finds the places between which the events of a time are.
      '(at, place)',
    ],
  },
  from: storedCategories.map((category) => ({ category, madeOf: rowOf })),
});

/** Events are not decoded: one of a type that this version does not know, or whose metadata lacks something, is shown too. */
function rowOf({ id, stream, type, data, metadata, position }: RecordedEvent): Row {
  const { userId, apiKeyId, $correlationId, $causationId, at, schemaVersion } = metadata as Partial<typeof metadata>;
  const subject = subjectOf(stream);
  return {
    place: placeOf(position),
    event_id: id,
    stream,
    type,
    schema_version: schemaVersion,
    subject_kind: subject?.kind,
    subject_id: subject?.id,
    user_id: userId,
    api_key_id: apiKeyId,
    correlation_id: $correlationId,
    causation_id: $causationId,
    at: at === undefined ? null : new Date(at).toISOString(),
    body: data,
  };
}

/** Of EventStoreDB, where the event itself begins in its log. */
function placeOf(position: Position): number {
  return Number(/\d+$/.exec(position)?.[0]);
}
