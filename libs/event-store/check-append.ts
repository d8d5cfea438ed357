import { AppendTooLarge } from './errors.ts';
import type { NewEvent } from './event.ts';
import { sizeOf } from './event-store.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
// Control characters: PostgreSQL rejects NUL, EventStoreDB accepts all.
// oxlint-disable-next-line no-control-regex
const nameable = /^[^\u0000-\u001f\u007f]{1,512}$/;
// Names starting with $ are EventStoreDB's, those with holdfast- are ours.
const reserved = /^(?:\$|holdfast-)/;

/** Rejects invalid appends before anything is sent, so that both stores behave alike and defects show early. */
export function checkAppend(stream: string, events: readonly NewEvent[], bytesMax: number): void {
  if (!isName(stream) || reserved.test(stream))
    throw new TypeError(`${JSON.stringify(stream)} is not a valid stream name`);
  if (events.length === 0) throw new TypeError(`an append to ${stream} has no events`);
  for (const event of events) checkEvent(stream, event);
  if (new Set(events.map(({ id }) => id)).size < events.length) {
    throw new TypeError(`an append to ${stream} has two events with the same id`);
  }
  const bytes = events.reduce((sum, event) => sum + sizeOf(event), 0);
  if (bytes > bytesMax) throw new AppendTooLarge(bytes, bytesMax);
}

// JSON on one line, without control characters: they separate texts that are sent to PostgreSQL as one.
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u001f]/;

function checkEvent(stream: string, { id, type, data, metadata }: NewEvent): void {
  if (!uuid.test(id)) throw new TypeError(`${JSON.stringify(id)} is not a valid event id: it must be a lowercase UUID`);
  if (!isName(type) || type.startsWith('$')) throw new TypeError(`${JSON.stringify(type)} is not a valid event type`);
  if (!data.isWellFormed() || control.test(data)) {
    throw new TypeError(`the data of a ${type} for ${stream} is not well-formed Unicode, or has control characters`);
  }
  if (!metadata.isWellFormed() || control.test(metadata) || !/^\{.*\}$/.test(metadata)) {
    throw new TypeError(`the metadata of a ${type} for ${stream} is not a JSON object`);
  }
}

function isName(text: string): boolean {
  return nameable.test(text) && text.isWellFormed();
}
