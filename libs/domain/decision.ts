/** What a command led to: events to be recorded (none, when all is as wanted already), or a refusal. */
export type Decision<Event, Rejection> = readonly Event[] | Rejected<Rejection>;

/** A refusal is a value: a code and the facts that led to it. */
export interface Rejected<Rejection> {
  readonly rejection: Rejection;
}

export function reject<const Rejection extends { readonly code: string }>(rejection: Rejection): Rejected<Rejection> {
  return { rejection };
}

export function isRejected<Answer extends object, Rejection>(
  answer: Answer | Rejected<Rejection>,
): answer is Rejected<Rejection> {
  return 'rejection' in answer;
}

/** A command as it is decided: time is a fact of it, in milliseconds since 1970, never read from a clock. */
export type Timed<Command> = Command & { readonly at: number };
