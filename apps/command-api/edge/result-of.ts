import { isRejected } from '#domain';
import { problemOf, statusOf, type ErrorCode, type Problem, type Rejection } from '#http';
import type { Settled, UseCaseOutcome } from '#use-cases';
import { translateErrors } from './translate-errors.ts';

/** The answer to one of several in a request: its status, and its body or what it was rejected with. */
export interface Result {
  readonly status: number;
  readonly code?: ErrorCode;
  readonly data?: unknown;
}

/** What a request for this one alone would have been answered. A defect is thrown, and is that of the whole request. */
export function resultOf(outcome: Settled<UseCaseOutcome<unknown, Rejection>>, doneStatus: number): Result {
  if ('failure' in outcome) {
    const failure = translateErrors(outcome.failure);
    if (failure === undefined) throw outcome.failure;
    return resultOfProblem(failure);
  }
  if (isRejected(outcome)) return resultOfProblem(problemOf(outcome.rejection));
  return { status: doneStatus, data: outcome.value };
}

export function resultOfProblem({ code, facts }: Problem): Result {
  return { status: statusOf[code], code, ...(facts === null ? {} : { data: facts }) };
}
