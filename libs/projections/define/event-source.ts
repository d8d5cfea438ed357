import type { Aggregate } from '#domain/aggregate';
import { codecOf, type RecordedEvent } from '#event-store';

type AnyEvent = { readonly type: string };

export type AggregateOf<E extends AnyEvent> = Pick<
  Aggregate<never, never, never, E, unknown>,
  'category' | 'events'
> & {
  evolve(state: never, event: E): unknown;
};

/** A decoded event with its metadata. */
export type Seen<E> = E & { readonly recorded: RecordedEvent };

/** What each event type of an aggregate is made into; a new type does not compile until it is handled or ignored. */
export type Handlers<E extends AnyEvent, Made> = {
  readonly [Type in E['type']]: ((event: Seen<Extract<E, { type: Type }>>) => Made) | 'ignored';
};

/** The events of one category, and what each is made into: rows, or public events. */
export interface EventSource<Made> {
  readonly category: string;
  /** Undefined for an event that is ignored. */
  madeOf(recorded: RecordedEvent): Made | undefined;
}

export function handledEvents<E extends AnyEvent, Made>(
  aggregate: AggregateOf<E>,
  handlers: Handlers<E, Made>,
): EventSource<Made> {
  const codec = codecOf(aggregate);
  const handlerOf = new Map<string, unknown>(Object.entries(handlers));
  return {
    category: aggregate.category,
    madeOf: (recorded) => {
      const handler = handlerOf.get(recorded.type);
      if (handler === 'ignored') return undefined;
      const event = { ...codec.decode(recorded), recorded };
      return (handler as (event: Seen<E>) => Made)(event);
    },
  };
}

/** Declares groups of event types as ignored. */
export function ignored<Type extends string>(...groups: readonly (readonly Type[])[]): Record<Type, 'ignored'> {
  return Object.fromEntries(groups.flat().map((type) => [type, 'ignored'])) as Record<Type, 'ignored'>;
}

/** What an event is made into by the source of its category; undefined if there is none for it. */
export function fromSources<Made>(
  sources: readonly EventSource<Made>[],
): (recorded: RecordedEvent) => Made | undefined {
  const sourceOf = new Map(sources.map((source) => [source.category, source]));
  return (recorded) => sourceOf.get(categoryOf(recorded.stream))?.madeOf(recorded);
}

function categoryOf(stream: string): string {
  const dash = stream.indexOf('-');
  return dash < 0 ? stream : stream.slice(0, dash);
}
