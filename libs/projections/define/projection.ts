import type { Aggregate } from '#domain/aggregate';
import { codecOf, type RecordedEvent } from '#event-store';

/** A table of a read model. Each row is the complete state of its key as of one event. */
export interface TableDefinition {
  /** Column → PostgreSQL type. */
  readonly key: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, string>>;
  readonly indexes?: readonly string[];
  /** Indexes that take long to maintain: they are created after a replay, before the table goes live. */
  readonly indexesAfterReplay?: readonly string[];
  /** Rows are updated often: leaves free space in pages, so that a new version of a row does not update indexes. */
  readonly overwritten?: true;
}

export type Row = Readonly<Record<string, unknown>>;

/** A row, or with `deleted` the key of a deleted row. */
export type Change = Row & { readonly deleted?: true };

/** A decoded event with its metadata. */
export type Seen<E> = E & { readonly recorded: RecordedEvent };

/** The rows that an event writes: one, several or none. */
type Leaves = Row | readonly Change[];

export interface ProjectionDefinition extends ProjectionName {
  readonly table: TableDefinition;
  readonly from: readonly EventSource[];
}

/** The events of one category, and the rows that each writes. */
export interface EventSource {
  readonly category: string;
  changesOf(recorded: RecordedEvent): readonly Change[];
}

export interface Projection extends ProjectionName {
  readonly table: TableDefinition;
  /**
   * The rows that an event writes, each with the `revision` and `position` of that event: an older event never
   * overwrites a newer one, so a replay is harmless.
   */
  changesOf(recorded: RecordedEvent): readonly Change[];
}

export interface ProjectionName {
  readonly name: string;
  /**
   * Must be increased with every change of the table or of the handlers: the new version is built beside the old one.
   */
  readonly schema: number;
}

type AnyEvent = { readonly type: string };
type AggregateOf<E extends AnyEvent> = Pick<Aggregate<never, never, never, E, unknown>, 'category' | 'events'> & {
  evolve(state: never, event: E): unknown;
};
type HandlerOf<E extends AnyEvent, Type extends E['type']> = (event: Seen<Extract<E, { type: Type }>>) => Leaves;

/** Every event of the aggregate writes a row, including event types added later. */
export function everyEventOf<E extends AnyEvent>(
  aggregate: AggregateOf<E>,
  handle: (event: Seen<E>) => Leaves,
): EventSource {
  const codec = codecOf(aggregate);
  return {
    category: aggregate.category,
    changesOf: (recorded) => changes(handle({ ...codec.decode(recorded), recorded })),
  };
}

/** Each event type of an aggregate is handled or ignored explicitly; a new one does not compile until it is either. */
export function eventsOf<E extends AnyEvent>(
  aggregate: AggregateOf<E>,
  handlers: { readonly [Type in E['type']]: HandlerOf<E, Type> | 'ignored' },
): EventSource {
  const codec = codecOf(aggregate);
  const handlerOf = new Map<string, unknown>(Object.entries(handlers));
  return {
    category: aggregate.category,
    changesOf: (recorded) => {
      const handler = handlerOf.get(recorded.type);
      if (handler === 'ignored') return [];
      const event = { ...codec.decode(recorded), recorded };
      return changes((handler as (event: Seen<E>) => Leaves)(event));
    },
  };
}

/** Declares groups of event types as ignored. */
export function ignored<Type extends string>(...groups: readonly (readonly Type[])[]): Record<Type, 'ignored'> {
  return Object.fromEntries(groups.flat().map((type) => [type, 'ignored'])) as Record<Type, 'ignored'>;
}

export function defineProjection({ from, ...definition }: ProjectionDefinition): Projection {
  const sources = new Map(from.map((source) => [source.category, source]));
  return {
    ...definition,
    changesOf: (recorded) => {
      const source = sources.get(categoryOf(recorded.stream));
      if (source === undefined) return [];
      const { revision, position } = recorded;
      return source.changesOf(recorded).map((change) => ({ ...change, revision, position }));
    },
  };
}

function changes(leaves: Leaves): readonly Change[] {
  return Array.isArray(leaves) ? (leaves as readonly Change[]) : [leaves as Row];
}

function categoryOf(stream: string): string {
  const dash = stream.indexOf('-');
  return dash < 0 ? stream : stream.slice(0, dash);
}
