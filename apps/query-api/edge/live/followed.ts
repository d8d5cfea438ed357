import type { Rejected } from '#domain';
import type { Rejection } from '#http';
import { viewOf, type ProjectionName } from '#projections';
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
