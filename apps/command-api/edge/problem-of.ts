import { invalid, refusal, type ErrorCode, type Problem } from '#http';
import type { HoldForTooLong } from '../holds/hold-allowance.ts';

export type Rejection = { readonly code: ErrorCode } | HoldForTooLong;

/** A rejection as an answer; of what the caller sent and may not ask for, with the name of its field. */
export function problemOf(rejection: Rejection): Problem {
  if (rejection.code !== 'HOLD_FOR_TOO_LONG') return refusal(rejection);
  return invalid('ttlSeconds', 'integer', { min: 1, max: rejection.secondsMax });
}
