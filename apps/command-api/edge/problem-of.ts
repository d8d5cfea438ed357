import { invalid, refusal, type ErrorCode, type Problem, type RuleFacts, type RuleName } from '#http';
import type { FieldRejection } from '#use-cases';

export type Rejection =
  { readonly code: Exclude<ErrorCode, 'VALIDATION_FAILED'> } | FieldRejection<RuleName, RuleFacts[RuleName]>;

/** A rejection as an answer; of what the caller sent and may not ask for, with the name of its field. */
export function problemOf(rejection: Rejection): Problem {
  if (rejection.code !== 'VALIDATION_FAILED') return refusal(rejection);
  return invalid(rejection.field, rejection.rule, rejection.facts);
}
