import type { Problem } from '#http';
import { translateCommandErrors } from './translate-command-errors.ts';
import { translatePeopleErrors } from './translate-people-errors.ts';

/** What a failure means to a caller; undefined if it is a defect. */
export function translateErrors(error: unknown): Problem | undefined {
  return translateCommandErrors(error) ?? translatePeopleErrors(error);
}
