/** What a command led to: events to be recorded (none, when all is as wanted already), or a refusal. */
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

/** A command as it is decided: time is a fact of it, in milliseconds since 1970, never read from a clock. */
export type Timed<Command> = Command & { readonly at: number };
