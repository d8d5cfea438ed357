import { Draining, TryAgainLater } from '#commands';
import { OutcomeUnknown, StoreUnavailable } from '#event-store';
import { problem, type Problem } from '#http';
import { NotBuiltYet } from '#read-models';

/** What a failure of the runtime or of the store means to a caller. */
export function translateCommandErrors(error: unknown): Problem | undefined {
  if (error instanceof Draining) return problem('STOPPING', null, { cause: error });
  if (error instanceof TryAgainLater) return problem('OVERLOADED', null, { cause: error });
  if (error instanceof NotBuiltYet) return problem('UNAVAILABLE', null, { cause: error });
  if (error instanceof OutcomeUnknown) return problem('OUTCOME_UNKNOWN', null, { cause: error });
  if (error instanceof StoreUnavailable) return problem('UNAVAILABLE', null, { cause: error });
  return undefined;
}
