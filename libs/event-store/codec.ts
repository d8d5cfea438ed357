import { UnknownEventType } from './errors.ts';
import type { EventMetadata, NewEvent, RecordedEvent } from './event.ts';

/** Brings the data of one version of an event to the next version. */
export type Upcast = (data: Record<string, unknown>) => Record<string, unknown>;

/**
 * Every event type of an aggregate, with the upcasters that lead its older versions to today's, oldest first: an event
 * with two of them is at version 3.
 */
export type EventTypes<E extends { readonly type: string }> = { readonly [Type in E['type']]: readonly Upcast[] };

export interface Codec<E extends { readonly type: string }> {
  encode(id: string, event: E, metadata: Omit<EventMetadata, 'schemaVersion'>): NewEvent;
  /** The event as the domain knows it today. Throws UnknownEventType for one it does not know. */
  decode(recorded: RecordedEvent): E;
}

export function createCodec<E extends { readonly type: string }>(types: EventTypes<E>): Codec<E> {
  const upcastsOf = new Map<string, readonly Upcast[]>(Object.entries(types));
  return {
    encode: (id, { type, ...data }, metadata) => {
      const schemaVersion = (upcastsOf.get(type)?.length ?? 0) + 1;
      return { id, type, data: JSON.stringify(data), metadata: JSON.stringify({ ...metadata, schemaVersion }) };
    },
    decode: ({ type, data, metadata, stream, revision }) => {
      const upcasts = upcastsOf.get(type);
      if (upcasts === undefined) throw new UnknownEventType(type, stream, revision);
      const pending = upcasts.slice(metadata.schemaVersion - 1);
      return { ...pending.reduce((older, upcast) => upcast(older), data as Record<string, unknown>), type } as E;
    },
  };
}
