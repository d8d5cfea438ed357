import { isRejected, reject, type Rejected } from '#domain';
import type { Position } from '#event-store';

/** What a use case answers: what it did, or why it was rejected. */
export type UseCaseOutcome<Value, Rejection> = Done<Value> | Rejected<Rejection>;

export interface Done<Value> {
  readonly value: Value;
  /** The last write that it recorded; undefined when everything was already as it wants it. */
  readonly write: Write | undefined;
}

export interface Write {
  readonly stream: string;
  /** A query that has come as far as this sees what was written. */
  readonly position: Position;
  /** It had been recorded before, and the answer was made from what was recorded then. */
  readonly repeated: boolean;
}

/** Of the writes that are given, the last is the one to wait for; it is a repeat if any of them was. */
export function done<Value>(value: Value, ...writes: readonly (Write | undefined)[]): Done<Value> {
  const recorded = writes.filter((write) => write !== undefined);
  const last = recorded.at(-1);
  return { value, write: last && { ...last, repeated: recorded.some(({ repeated }) => repeated) } };
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
