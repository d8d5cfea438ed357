import type { Codec, RecordedEvent } from '#event-store';

/** A table of a read model. Each row is the whole truth about its key as of one event of one stream. */
export interface TableDefinition {
  /** Column → PostgreSQL type. */
  readonly key: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, string>>;
  readonly indexes?: readonly string[];
  /** Rows are written over and over: room is left beside each, so that a new version of it touches no index. */
  readonly overwritten?: true;
}

export type Row = Readonly<Record<string, unknown>>;

/** A decoded event, with what is known of it. */
export type Seen<E> = E & { readonly recorded: RecordedEvent };

/**
 * A table and one function per event type: what the row is after the event. Every table also has a `revision`, of the
 * event that wrote the row; an older event never overwrites a newer one, so that a replay is harmless.
 */
export interface ProjectionDefinition<E extends { readonly type: string }> {
  readonly name: string;
  /** Raised with every change of the table or of a handler: the new version is built beside the old. */
  readonly schema: number;
  readonly table: TableDefinition;
  readonly codec: Codec<E>;
  readonly on: { readonly [Type in E['type']]?: (event: Seen<Extract<E, { type: Type }>>) => Row };
}

export interface Projection extends ProjectionName {
  readonly table: TableDefinition;
  /** The row that an event leaves behind; undefined when the projection has no handler for its type. */
  rowOf(recorded: RecordedEvent): Row | undefined;
}

export interface ProjectionName {
  readonly name: string;
  readonly schema: number;
}

export function defineProjection<E extends { readonly type: string }>({
  codec,
  on,
  ...definition
}: ProjectionDefinition<E>): Projection {
  const handlers = new Map<string, (event: Seen<E>) => Row>(Object.entries(on));
  return {
    ...definition,
    rowOf: (recorded) => {
      const handler = handlers.get(recorded.type);
      if (handler === undefined) return undefined;
      return { ...handler({ ...codec.decode(recorded), recorded }), revision: recorded.revision };
    },
  };
}
