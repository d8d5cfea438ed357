import type { RuleFacts, RuleName } from '../messages/messages.ts';
import type { ErrorCode } from './codes.ts';
import { invalid } from './invalid.ts';
import { problemFor, type Problem } from './problem.ts';

/** Why a use case did nothing: a code with its facts, or a field of what was asked for that breaks a rule. */
export type Rejection = { readonly code: Exclude<ErrorCode, 'VALIDATION_FAILED'> } | BrokenField;

interface BrokenField {
  readonly code: 'VALIDATION_FAILED';
  readonly field: string;
  readonly rule: RuleName;
  readonly facts: RuleFacts[RuleName];
}

/** A rejection as an answer; of what the caller sent and may not ask for, with the name of its field. */
export function problemOf(rejection: Rejection): Problem {
  if (rejection.code !== 'VALIDATION_FAILED') return problemFor(rejection);
  return invalid(rejection.field, rejection.rule, rejection.facts);
}
