import { requestContext } from '#platform';
import { currentMessages } from '../messages/languages.ts';
import { statusOf } from './codes.ts';
import type { Problem } from './problem.ts';

/** The body of every error answer. */
export interface ErrorEnvelope {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly code: string;
  readonly data: unknown;
  readonly requestId: string;
}

export function envelopeOf(problem: Problem): ErrorEnvelope {
  const sentence = currentMessages().errors[problem.code] as (facts: unknown) => string;
  return {
    statusCode: statusOf[problem.code],
    statusMessage: sentence(problem.facts),
    code: problem.code,
    data: problem.facts,
    requestId: requestContext.getStore()?.requestId ?? '',
  };
}

/** Retry-After in seconds for an error of this kind; undefined if a retry is pointless. */
export function retryAfterSeconds({ code, facts }: Problem): number | undefined {
  if (facts !== null && 'retryAfterSeconds' in facts) return Number(facts.retryAfterSeconds);
  return statusOf[code] === 503 || code === 'KEY_IN_FLIGHT' ? 1 : undefined;
}
