import { currentMessages } from '../messages/languages.ts';
import type { RuleFacts, RuleName } from '../messages/messages.ts';
import { problem, type Problem } from './problem.ts';

/** A field that breaks a rule which no field can be held to by itself. */
export function invalid<Rule extends RuleName>(field: string, rule: Rule, facts: RuleFacts[Rule]): Problem {
  const sentence: (facts: RuleFacts[Rule]) => string = currentMessages().rules[rule];
  return problem('VALIDATION_FAILED', { [field]: sentence(facts) });
}
