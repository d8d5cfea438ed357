import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { isRejected, type Rejected } from '#domain';
import { problemOf, type Rejection } from '#http';

/** Turns the rejection of a query into an error response: its code, and its other facts. */
export class AnswerRejections implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((answer: unknown) => {
        if (isRejection(answer)) throw problemOf(answer.rejection);
        return answer;
      }),
    );
  }
}

function isRejection(answer: unknown): answer is Rejected<Rejection> {
  return typeof answer === 'object' && answer !== null && isRejected(answer);
}
