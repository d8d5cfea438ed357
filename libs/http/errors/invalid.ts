import { currentMessages } from '../messages/languages.ts';
import type { RuleFacts, RuleName } from '../messages/messages.ts';
import { problem, type Problem } from './problem.ts';

/** A validation error that depends on more than one field. */
export function invalid<Rule extends RuleName>(field: string, rule: Rule, facts: RuleFacts[Rule]): Problem {
  const sentence: (facts: RuleFacts[Rule]) => string = currentMessages().rules[rule];
  return problem('VALIDATION_FAILED', { [field]: sentence(facts) });
}
