import { statusOf, type ErrorCode } from '../errors/codes.ts';
import type { ErrorEnvelope } from '../errors/envelope.ts';
import { Fact, guide, type Explanation } from '../errors/guide.ts';
import { en } from '../messages/en.ts';

export const explanations: Readonly<Record<ErrorCode, Explanation>> = guide;

const requestId = '1f0c2b7e-8d5a-4a53-9f0e-6f2f6f1f7c11';

/** The body of an answer with this code, without the facts that only some have. */
export function exampleOf(code: ErrorCode): ErrorEnvelope {
  const data = exampleData(explanations[code].data ?? {});
  const sentence = en.errors[code] as (facts: unknown) => string;
  return { statusCode: statusOf[code], statusMessage: sentence(data ?? {}), code, data, requestId };
}

function exampleData(facts: NonNullable<Explanation['data']>): Record<string, unknown> | null {
  const always = Object.entries(facts).filter(([, fact]) => !(fact instanceof Fact && fact.extent.optional === true));
  return always.length === 0 ? null : Object.fromEntries(always.map(([name, fact]) => [name, exampleFact(fact)]));
}

export function exampleFact(fact: string | number | Fact): unknown {
  return fact instanceof Fact ? fact.example : fact;
}
