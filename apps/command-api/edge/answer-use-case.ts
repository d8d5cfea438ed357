import { RouteConfig } from '@nestjs/platform-fastify';
import { InDoubt } from '#commands';
import { isRejected, type Rejected } from '#domain';
import { consistencyHeader, problem, problemOf, replayedHeader } from '#http';
import type { Answer, ConsistencyTokens, Rejection, Translate } from '#http';
import { keepKeyUntil } from '#http/guard';
import type { Done } from '#use-cases';
import type { AskingRequest } from './use-case-context.ts';

type Outcome = Done<unknown> | Rejected<Rejection>;

interface LocatedRoute {
  readonly pathOf?: (value: never) => string;
}

/** Names, in the answer’s Location, what was made. */
export const Located = <Value>(pathOf: (value: Value) => string): MethodDecorator =>
  RouteConfig({ pathOf } satisfies LocatedRoute);

/**
 * The one place where the outcome of a use case becomes an answer: a rejection its status and sentence, what was
 * recorded its body, with the Consistency-Token that makes the next query see it.
 */
export function answerUseCase(tokens: ConsistencyTokens): Answer {
  return (outcome, request, reply) => {
    if (!isOutcome(outcome)) return outcome;
    if (isRejected(outcome)) throw problemOf(outcome.rejection);
    const { value, write, isFinished = true } = outcome;
    if (!isFinished) void reply.status(202);
    const { pathOf } = request.routeOptions.config as LocatedRoute;
    if (pathOf !== undefined) void reply.header('location', pathOf(value as never));
    if (write !== undefined) {
      void reply.header(consistencyHeader, tokens.encode(write));
      if (write.repeated) void reply.header(replayedHeader, 'true');
    }
    return value;
  };
}

function isOutcome(answer: unknown): answer is Outcome {
  return typeof answer === 'object' && answer !== null && ('rejection' in answer || 'write' in answer);
}

/** Something of the request may be recorded already: then a retry goes on from there, whatever stopped this try. */
export const translateHalfDone: Translate = (error, request: AskingRequest) => {
  if (error instanceof InDoubt) keepKeyUntil(request, error.settled);
  return request.hasRecorded === true ? problem('OUTCOME_UNKNOWN', null, { cause: error }) : undefined;
};
