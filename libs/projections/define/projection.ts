import type { Aggregate } from '#domain/aggregate';
import { codecOf, type RecordedEvent } from '#event-store';

/** A table of a read model. Each row is the whole truth about its key as of one event. */
export interface TableDefinition {
  /** Column → PostgreSQL type. */
  readonly key: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, string>>;
  readonly indexes?: readonly string[];
  /** Rows are written over and over: room is left beside each, so that a new version of it touches no index. */
  readonly overwritten?: true;
}

export type Row = Readonly<Record<string, unknown>>;

/** A row, or with `deleted` the key of one that is gone. */
export type Change = Row & { readonly deleted?: true };

/** A decoded event, with what is known of it. */
export type Seen<E> = E & { readonly recorded: RecordedEvent };

/** What an event leaves behind: one row, any number of them, or none. */
type Leaves = Row | readonly Change[];

export interface ProjectionDefinition extends ProjectionName {
  readonly table: TableDefinition;
  readonly from: readonly EventSource[];
}

/** The events of one category, and what each leaves behind. */
export interface EventSource {
  readonly category: string;
  changesOf(recorded: RecordedEvent): readonly Change[];
}

export interface Projection extends ProjectionName {
  readonly table: TableDefinition;
  /**
   * The rows that an event leaves behind, each with the `revision` and `position` of the event that wrote it: an older
   * event never overwrites a newer one, so that a replay is harmless.
   */
  changesOf(recorded: RecordedEvent): readonly Change[];
}

export interface ProjectionName {
  readonly name: string;
  /** Raised with every change of the table or of what events leave behind: the new version is built beside the old. */
  readonly schema: number;
}

type AnyEvent = { readonly type: string };
type AggregateOf<E extends AnyEvent> = Pick<Aggregate<never, never, never, E, unknown>, 'category' | 'events'> & {
  evolve(state: never, event: E): unknown;
};
type HandlerOf<E extends AnyEvent, Type extends E['type']> = (event: Seen<Extract<E, { type: Type }>>) => Leaves;

/** Every event of an aggregate’s streams leaves a row behind, those too that are yet to come. */
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

/** Each event type of an aggregate is handled or said to be ignored: a new one does not compile until it is either. */
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

/** Says of groups of event types that a projection ignores them. */
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
