import { isRejected, reject, type Rejected } from '#domain';
import { comparePositions, type Position } from '#event-store';

/** The outcome of a use case: its result, or a rejection. */
export type UseCaseOutcome<Value, Rejection> = Done<Value> | Rejected<Rejection>;

export interface Done<Value> {
  readonly value: Value;
  /** The latest recorded write; undefined if nothing had to change. */
  readonly write: Write | undefined;
  /** False if what was asked for is recorded, but its consequences will be only later. */
  readonly isFinished?: boolean;
}

export interface Write {
  readonly stream: string;
  /** A query that has reached this position sees the write. */
  readonly position: Position;
  /** Whether it was recorded earlier; the answer is then made from the recorded events. */
  readonly repeated: boolean;
}

/** The result with the latest of its writes to wait for; it counts as a repeat if any write was one. */
export function done<Value>(value: Value, ...writes: readonly (Write | undefined)[]): Done<Value> {
  const recorded = writes.filter((write) => write !== undefined);
  const latest = recorded.reduce<Write | undefined>(
    (one, other) => (one && isBefore(other, one) ? one : other),
    undefined,
  );
  return { value, write: latest && { ...latest, repeated: recorded.some(({ repeated }) => repeated) } };
}

/** Writes of several streams may have been recorded in any order. */
function isBefore(one: Write, other: Write): boolean {
  return comparePositions(one.position, other.position) < 0;
}

/** What became of one of several use cases: its outcome, or the error that it failed with. */
export type Settled<Outcome> = Outcome | Failed;

export interface Failed {
  readonly failure: unknown;
}

/** The same outcome, with its value as the caller is to see it. */
export async function answering<Value, Rejection, Answer>(
  asked: Promise<UseCaseOutcome<Value, Rejection>>,
  answerOf: (value: Value) => Answer,
): Promise<UseCaseOutcome<Answer, Rejection>> {
  const outcome = await asked;
  return isRejected(outcome) ? outcome : { ...outcome, value: answerOf(outcome.value) };
}

/** One field of what is asked for breaks a rule, whose sentence names these facts. */
export interface FieldRejection<Rule extends string, RuleFacts = Readonly<Record<string, never>>> {
  readonly code: 'VALIDATION_FAILED';
  readonly field: string;
  readonly rule: Rule;
  readonly facts: RuleFacts;
}

export function rejectField<Rule extends string, RuleFacts>(
  field: string,
  rule: Rule,
  facts: RuleFacts,
): Rejected<FieldRejection<Rule, RuleFacts>> {
  return reject({ code: 'VALIDATION_FAILED', field, rule, facts });
}
