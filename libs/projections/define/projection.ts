import { codecOf, type RecordedEvent } from '#event-store';
import {
  fromSources,
  handledEvents,
  type AggregateOf,
  type EventSource,
  type Handlers,
  type Seen,
} from './event-source.ts';

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

/** The rows that an event writes: one, several or none. */
type Leaves = Row | readonly Change[];

export interface ProjectionDefinition extends ProjectionName {
  readonly table: TableDefinition;
  /** Streams follow its rows: each page tells which of them it changed. */
  readonly followed?: true;
  readonly from: readonly EventSource<Leaves>[];
}

export interface Projection extends ProjectionName {
  readonly table: TableDefinition;
  readonly followed?: true;
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

/** Every event of the aggregate writes a row, including event types added later. */
export function everyEventOf<E extends { readonly type: string }>(
  aggregate: AggregateOf<E>,
  handle: (event: Seen<E>) => Leaves,
): EventSource<Leaves> {
  const codec = codecOf(aggregate);
  return {
    category: aggregate.category,
    madeOf: (recorded) => handle({ ...codec.decode(recorded), recorded }),
  };
}

/** Each event type of an aggregate writes rows or is ignored; a new one does not compile until it does either. */
export function eventsOf<E extends { readonly type: string }>(
  aggregate: AggregateOf<E>,
  handlers: Handlers<E, Leaves>,
): EventSource<Leaves> {
  return handledEvents(aggregate, handlers);
}

export function defineProjection({ from, ...definition }: ProjectionDefinition): Projection {
  const leavesOf = fromSources(from);
  return {
    ...definition,
    changesOf: (recorded) => {
      const leaves = leavesOf(recorded);
      if (leaves === undefined) return [];
      const { revision, position } = recorded;
      return changes(leaves).map((change) => ({ ...change, revision, position }));
    },
  };
}

function changes(leaves: Leaves): readonly Change[] {
  return Array.isArray(leaves) ? (leaves as readonly Change[]) : [leaves as Row];
}
