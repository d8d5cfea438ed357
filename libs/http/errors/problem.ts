import type { ErrorCode, Facts } from './codes.ts';
import { shownFacts } from './shown-facts.ts';

/** An error answer. Thrown only in the HTTP layer; elsewhere, rejections are values. */
export class Problem<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly code: Code,
    readonly facts: Facts[Code],
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

export function problem<Code extends ErrorCode>(
  code: Code,
  ...[facts, options]: Facts[Code] extends null ? [null?, ErrorOptions?] : [Facts[Code], ErrorOptions?]
): Problem {
  return new Problem(code, (facts ?? null) as Facts[Code], options);
}

/** Converts a rejection of the domain to a problem: its code and its other facts, as clients see them. */
export function problemFor({ code, ...facts }: { readonly code: ErrorCode }): Problem {
  return new Problem(code, Object.keys(facts).length === 0 ? null : shownFacts(facts));
}
