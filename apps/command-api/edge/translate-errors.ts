import type { Translate } from '#http';
import { translateCommandErrors } from './translate-command-errors.ts';
import { translatePeopleErrors } from './translate-people-errors.ts';

/** What a failure means to a caller; undefined if it is a defect. */
export const translateErrors: Translate = (error) => translateCommandErrors(error) ?? translatePeopleErrors(error);
