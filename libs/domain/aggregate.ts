/**
 * How one kind of stream decides: everything that reading, deciding and recording need to know about it.
 */
export interface Aggregate<Id, State, Command, Event extends { readonly type: string }, Rejection> {
  /** Stands before the first dash of its streams’ names. */
  readonly category: string;
  /** The stream of one of them. */
  streamOf(id: Id): string;
  readonly events: EventTypes<Event>;
  readonly initial: State;
  evolve(state: State, event: Event): State;
  decide(command: Timed<Command>, state: State): Decision<Event, Rejection>;
  /** The internal command that must be recorded before a customer’s is decided at this time, if any is due. */
  readonly due?: (state: State, at: number) => Command | undefined;
  /** The internal command that records that time has passed; needed where a rejection has a `since`. */
  readonly noteTime?: Command;
  readonly snapshots?: SnapshotFormat<State>;
}

/**
 * Every event type of an aggregate, with the upcasters that lead its older versions to today’s, oldest first: an event
 * with two of them is at version 3.
 */
export type EventTypes<Event extends { readonly type: string }> = {
  readonly [Type in Event['type']]: readonly Upcast[];
};

/** Brings the data of one version of an event to the next version. */
export type Upcast = (data: Record<string, unknown>) => Record<string, unknown>;

export interface SnapshotFormat<State> {
  /** Raised with every change of the state’s shape or of `evolve`: a snapshot of another version is not used. */
  readonly version: number;
  save(state: State): unknown;
  load(saved: unknown): State;
}

/** A command as it is decided: time is a fact of it, in milliseconds since 1970, never read from a clock. */
export type Timed<Command> = Command & { readonly at: number };

/** What a command led to: events to be recorded (none, when all is as wanted already), or a rejection. */
export type Decision<Event, Rejection> = readonly Event[] | Rejected<Rejection>;

/** A rejection is a value: a code and the facts that led to it. */
export interface Rejected<Rejection> {
  readonly rejection: Rejection;
  /**
   * For a rejection that only the passing of time brought about: the moment from which the command is rejected, in
   * milliseconds since 1970. Decided before it, from the same state, the command would have been accepted.
   */
  readonly since?: number;
}

export function reject<const Rejection extends { readonly code: string }>(rejection: Rejection): Rejected<Rejection> {
  return { rejection };
}

/** A rejection that only the passing of time brought about. */
export function rejectSince<const Rejection extends { readonly code: string }>(
  since: number,
  rejection: Rejection,
): Rejected<Rejection> {
  return { rejection, since };
}

export function isRejected<Answer extends object, Rejection>(
  answer: Answer | Rejected<Rejection>,
): answer is Rejected<Rejection> {
  return 'rejection' in answer;
}
