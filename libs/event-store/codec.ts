import type { EventTypes, Upcast } from '#domain/aggregate';
import { UnknownEventType } from './errors.ts';
import type { EventMetadata, NewEvent, RecordedEvent } from './event.ts';

export interface Codec<E extends { readonly type: string }> {
  encode(id: string, event: E, metadata: Omit<EventMetadata, 'schemaVersion'>): NewEvent;
  /** The event in its current version. Throws UnknownEventType for an unknown type. */
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

const codecs = new WeakMap<object, unknown>();

interface HasEvents<E extends { readonly type: string }> {
  readonly events: EventTypes<E>;
  evolve(state: never, event: E): unknown;
}

/** How an aggregate’s events are written and read. */
export function codecOf<E extends { readonly type: string }>(aggregate: HasEvents<E>): Codec<E> {
  const known = codecs.get(aggregate) as Codec<E> | undefined;
  const codec = known ?? createCodec<E>(aggregate.events);
  if (known === undefined) codecs.set(aggregate, codec);
  return codec;
}
