import { statusOf, type ErrorCode } from '../errors/codes.ts';
import type { ErrorEnvelope } from '../errors/envelope.ts';
import { Fact, guide, type Explanation } from '../errors/guide.ts';
import { en } from '../messages/en.ts';

export const explanations: Readonly<Record<ErrorCode, Explanation>> = guide;

const requestId = '1f0c2b7e-8d5a-4a53-9f0e-6f2f6f1f7c11';

/** The body of an answer with this code, without the facts that only others have. */
export function exampleOf(code: ErrorCode): ErrorEnvelope {
  const data = exampleFacts(code);
  const sentence = en.errors[code] as (facts: unknown) => string;
  return { statusCode: statusOf[code], statusMessage: sentence(data ?? {}), code, data, requestId };
}

export function exampleFacts(code: ErrorCode): Record<string, unknown> | null {
  const shown = Object.entries(explanations[code].data ?? {}).filter(([, fact]) => isInExample(fact));
  return shown.length === 0 ? null : Object.fromEntries(shown.map(([name, fact]) => [name, exampleFact(fact)]));
}

function isInExample(fact: string | number | Fact): boolean {
  return !(fact instanceof Fact) || fact.extent.optional !== true || fact.extent.isInExample === true;
}

export function exampleFact(fact: string | number | Fact): unknown {
  return fact instanceof Fact ? fact.example : fact;
}
