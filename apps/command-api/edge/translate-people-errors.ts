import { problem, type Problem } from '#http';
import { TooManyWaiting } from '#people';
import { isOutage } from '#platform';

/** What a failure of users and sessions means to a caller. */
export function translatePeopleErrors(error: unknown): Problem | undefined {
  if (error instanceof TooManyWaiting) return problem('OVERLOADED', null, { cause: error });
  if (isOutage(error)) return problem('UNAVAILABLE', null, { cause: error });
  return undefined;
}
