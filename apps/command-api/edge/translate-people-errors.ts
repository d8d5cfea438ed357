import { problem, type Translate } from '#http';
import { TooManyWaiting } from '#people';
import { isOutage } from '#platform';

/** What a failure of users and sessions means to a caller. */
export const translatePeopleErrors: Translate = (error) => {
  if (error instanceof TooManyWaiting) return problem('OVERLOADED', null, { cause: error });
  if (isOutage(error)) return problem('UNAVAILABLE', null, { cause: error });
  return undefined;
};
