import { SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { catchError, map, type Observable } from 'rxjs';
import { InDoubt } from '#commands';
import { isRejected, type Rejected } from '#domain';
import { consistencyHeader, problem, Problem, problemOf, replayedHeader } from '#http';
import type { ConsistencyTokens, Rejection } from '#http';
import { keepKeyUntil } from '#http/guard';
import type { Done } from '#use-cases';
import type { AskingRequest } from './use-case-context.ts';

type Outcome = Done<unknown> | Rejected<Rejection>;
type PathOf = (value: never) => string;

const locationKey = 'holdfast:location';

/** Names, in the answer’s Location, what was made. */
export const Located = <Value>(pathOf: (value: Value) => string): MethodDecorator => SetMetadata(locationKey, pathOf);

/**
 * The one place where the outcome of a use case becomes an answer: a rejection its status and sentence, what was
 * recorded its body, with the Consistency-Token that makes the next query see it.
 */
export class AnswerUseCase implements NestInterceptor {
  readonly #reflector = new Reflector();
  readonly #tokens: ConsistencyTokens;

  constructor(tokens: ConsistencyTokens) {
    this.#tokens = tokens;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const pathOf = this.#reflector.get<PathOf | undefined>(locationKey, context.getHandler());
    return next.handle().pipe(
      map((answer: unknown) => (isOutcome(answer) ? this.#answer(answer, http.getResponse(), pathOf) : answer)),
      catchError((error: unknown) => {
        throw asTold(error, http.getRequest());
      }),
    );
  }

  #answer(outcome: Outcome, reply: FastifyReply, pathOf: PathOf | undefined): unknown {
    if (isRejected(outcome)) throw problemOf(outcome.rejection);
    const { value, write } = outcome;
    if (pathOf !== undefined) void reply.header('location', pathOf(value as never));
    if (write !== undefined) {
      void reply.header(consistencyHeader, this.#tokens.encode(write));
      if (write.repeated) void reply.header(replayedHeader, 'true');
    }
    return value;
  }
}

function isOutcome(answer: unknown): answer is Outcome {
  return typeof answer === 'object' && answer !== null && ('rejection' in answer || 'write' in answer);
}

/** Something of the request may be recorded already: then a retry goes on from there, whatever stopped this try. */
function asTold(error: unknown, request: AskingRequest): unknown {
  if (error instanceof InDoubt) keepKeyUntil(request, error.settled);
  if (error instanceof Problem || request.hasRecorded !== true) return error;
  return problem('OUTCOME_UNKNOWN', null, { cause: error });
}
