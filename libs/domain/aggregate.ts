/** Everything that reading, deciding and recording need to know about one kind of stream. */
export interface Aggregate<Id, State, Command, Event extends { readonly type: string }, Rejection> {
  /** The part of stream names before the first dash. */
  readonly category: string;
  /** The stream of one instance. */
  streamOf(id: Id): string;
  readonly events: EventTypes<Event>;
  readonly initial: State;
  evolve(state: State, event: Event): State;
  decide(command: Timed<Command>, state: State): Decision<Event, Rejection>;
  /** The internal command, if any is due at this time, that must be recorded before another command is decided. */
  readonly due?: (state: State, at: number) => Command | undefined;
  /** The internal command that records the passage of time; required if a rejection has a `since`. */
  readonly noteTime?: Command;
  readonly snapshots?: SnapshotFormat<State>;
}

/**
 * Every event type of an aggregate, with the upcasters from its older versions to the current one, oldest first: an
 * event with two upcasters is at version 3.
 */
export type EventTypes<Event extends { readonly type: string }> = {
  readonly [Type in Event['type']]: readonly Upcast[];
};

/** Converts the data of one version of an event to the next version. */
export type Upcast = (data: Record<string, unknown>) => Record<string, unknown>;

export interface SnapshotFormat<State> {
  /**
   * Must be increased with every change of the state’s shape or of `evolve`: snapshots of other versions are ignored.
   */
  readonly version: number;
  save(state: State): unknown;
  load(saved: unknown): Steps<State>;
}

/** Long work in short steps: whoever takes them can do other work between two of them. */
export type Steps<Result> = Generator<void, Result, void>;

/** Takes all steps at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** A command as given to `decide`: the time is part of it, in milliseconds since 1970, and never read from a clock. */
export type Timed<Command> = Command & { readonly at: number };

/** The result of a command: events to record (none if nothing has to change), or a rejection. */
export type Decision<Event, Rejection> = readonly Event[] | Rejected<Rejection>;

/** A rejection is a value: a code and the facts that led to it. */
export interface Rejected<Rejection> {
  readonly rejection: Rejection;
  /**
   * For a rejection caused only by the passage of time: the time from which the command is rejected, in milliseconds
   * since 1970. Before that time, it would have been accepted in the same state.
   */
  readonly since?: number;
}

export function reject<const Rejection extends { readonly code: string }>(rejection: Rejection): Rejected<Rejection> {
  return { rejection };
}

/** A rejection caused only by the passage of time. */
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
