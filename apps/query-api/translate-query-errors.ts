import { ForeignPosition } from '#event-store';
import { problem, type Translate } from '#http';
import { isOutage } from '#platform';
import { JournalNotBuilt, TooManyReads } from '#read-models';

/** What a failure of the read side means to a caller. */
export const translateQueryErrors: Translate = (error) => {
  if (error instanceof ForeignPosition) return problem('TOKEN_FOREIGN');
  if (error instanceof TooManyReads) return problem('OVERLOADED', null, { cause: error });
  if (error instanceof JournalNotBuilt) return problem('JOURNAL_NOT_BUILT', null, { cause: error });
  if (isOutage(error)) return problem('UNAVAILABLE', null, { cause: error });
  return undefined;
};
