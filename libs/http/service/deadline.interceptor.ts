import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Observable } from 'rxjs';
import { problem, Problem } from '../errors/problem.ts';

/** Leaves time for a more precise error from where the time ran out. */
const graceMs = 100;

/** What the interceptor needs to know of a request. */
export interface TimedRequest {
  readonly method: string;
  /** When the request was admitted, if a guard noted it; its time limit starts then. */
  startedAt?: number;
  /** Whether a command was sent for it, if that is noted; otherwise a write may have recorded something. */
  mayHaveRecorded?: boolean;
  /** Pending while something may still be recorded for the request. */
  doubt?: Promise<void>;
}

/**
 * Answers a request at its time limit, whatever it is still waiting for. Its commands have the same deadline; a change
 * that is not recorded as an event may still be done after it, so the request is in doubt until its handler ends.
 */
export class DeadlineInterceptor implements NestInterceptor {
  readonly #timeoutMs: number;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<TimedRequest>();
    const { startedAt = Date.now() } = request;
    const leftMs = Math.max(startedAt + this.#timeoutMs + graceMs - Date.now(), 0);
    // A timer of our own: the operator of rxjs costs each request several times as much.
    return new Observable((answer) => {
      let afterwards: PromiseWithResolvers<void> | undefined;
      const timer = setTimeout(() => {
        afterwards = Promise.withResolvers();
        afterwards.promise.catch(() => undefined);
        request.doubt = afterwards.promise;
        answer.error(this.#late(request));
      }, leftMs);
      answer.add(() => clearTimeout(timer));
      // Not the subscriber itself, which ends with the answer: the handler is observed to its end.
      next.handle().subscribe({
        next: (value) => answer.next(value),
        error: (error: unknown) => {
          answer.error(error);
          const { doubt } = request;
          // An error of the command runtime has a doubt of its own.
          if (doubt !== afterwards?.promise) afterwards?.resolve(doubt);
          // After an outage the change may still be done.
          else if (error instanceof Problem) afterwards?.resolve();
          else afterwards?.reject(error);
        },
        complete: () => {
          answer.complete();
          afterwards?.resolve();
        },
      });
    });
  }

  #late({ method, mayHaveRecorded = method !== 'GET' }: TimedRequest): Problem {
    const cause = new Error(`the request did not finish within ${this.#timeoutMs} ms`);
    return problem(mayHaveRecorded ? 'OUTCOME_UNKNOWN' : 'OVERLOADED', null, { cause });
  }
}
