import type { Rejected } from '#domain';
import { invalid, type Rejection } from '#http';
import { viewOf, type ProjectionName } from '#projections';
import type { FollowedRow } from '#read-models';
import type { QueryContext } from '#use-cases/bus';

/** Rows of a projection whose first key column has this value. */
export interface Topic {
  readonly projection: ProjectionName;
  readonly key: string;
}

export function topicKey({ projection, key }: Topic): string {
  return `${viewOf(projection)} ${key}`;
}

export interface ValueToFollow<Answer extends object = object> {
  /** Operation, parameters and, unless everybody gets the same, who asks. */
  readonly name: string;
  /** By the checkpoint of the first, a client tells whether what it has is from here. */
  readonly projections: readonly [ProjectionName, ...ProjectionName[]];
  /** Asks what the plain request asks. */
  readonly read: (context: QueryContext) => Promise<Answer | Rejected<Rejection>>;
  /** When it is to be read again. */
  readonly topicsOf: (answer: Answer) => readonly Topic[];
}

/** What a handler returns when one thing is to be followed. */
export class FollowedValue {
  readonly what: ValueToFollow;

  constructor(what: ValueToFollow) {
    this.what = what;
  }
}

type Columns = readonly string[];

/** What all lists of a kind have in common: their rows are read once, whatever list they are in. */
export interface ListKind<Value = unknown> {
  readonly name: string;
  /** Keys of rows are those of the first. None for what no projection has, which is read again and again. */
  readonly projections: readonly ProjectionName[];
  readonly pollMs?: number;
  /** Whether a changed row of a projection can be of the kind. */
  readonly isMeant?: (view: string, columns: Columns) => boolean;
  /** The rows that have changed, by the columns of their keys in each projection. */
  readonly changed: (keysOf: (view: string) => readonly Columns[]) => Promise<readonly FollowedRow<Value>[]>;
  readonly answerOf: (value: Value) => object;
  /** Whether a client sees of a row that it is no longer in the list. Otherwise the list is sent again. */
  readonly showsLeaving: boolean;
}

export interface ListToFollow<Value = unknown> {
  /** Operation, conditions and, unless everybody gets the same, who asks. */
  readonly name: string;
  readonly kind: ListKind<Value>;
  readonly rows: () => Promise<readonly FollowedRow<Value>[] | Rejected<Rejection>>;
  readonly matches: (value: Value) => boolean;
  /** Rows that may have left the list after these positions; undefined if that cannot be told. */
  readonly leftAfter: (positions: readonly string[]) => Promise<readonly FollowedRow<Value>[] | undefined>;
}

/** What a handler returns when a list is to be followed. */
export class FollowedList {
  readonly what: ListToFollow;

  private constructor(what: ListToFollow) {
    this.what = what;
  }

  static of<Value>(what: ListToFollow<Value>): FollowedList {
    return new FollowedList(what as unknown as ListToFollow);
  }
}

/** Changes go on from a whole list. */
export function wholeListOnly({ page, cursor }: { readonly page?: unknown; readonly cursor?: unknown }): void {
  const given = page === undefined ? (cursor === undefined ? undefined : 'cursor') : 'page';
  if (given !== undefined) throw invalid(given, 'notWith', { other: 'Accept: text/event-stream' });
}

/** The answer itself, or, for a client that asks for a stream, how to follow it. */
export function answerOrFollow<Answer extends object>(
  context: StreamContext,
  what: ValueToFollow<Answer>,
): FollowedValue | Promise<Answer | Rejected<Rejection>> {
  return context.isStream ? new FollowedValue(what as unknown as ValueToFollow) : what.read(context);
}

/** How a query is asked that can be followed. */
export interface StreamContext extends QueryContext {
  readonly isStream: boolean;
}
