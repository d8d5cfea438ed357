import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Observable } from 'rxjs';
import { problem, type Problem } from '../errors/problem.ts';

/** Leaves time for a more precise error from where the time ran out. */
const graceMs = 100;

/** What the interceptor needs to know of a request. */
export interface TimedRequest {
  readonly method: string;
  /** When the request was admitted, if a guard noted it; its time limit starts then. */
  startedAt?: number;
  /** Whether a command was sent for it, if that is noted; otherwise a write may have recorded something. */
  mayHaveRecorded?: boolean;
}

/**
 * Answers a request at its time limit, whatever it is still waiting for. Nothing more is recorded for it afterwards,
 * because its commands have the same deadline.
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
      const timer = setTimeout(() => answer.error(this.#late(request)), leftMs);
      answer.add(() => clearTimeout(timer));
      answer.add(next.handle().subscribe(answer));
    });
  }

  #late({ method, mayHaveRecorded = method !== 'GET' }: TimedRequest): Problem {
    const cause = new Error(`the request did not finish within ${this.#timeoutMs} ms`);
    return problem(mayHaveRecorded ? 'OUTCOME_UNKNOWN' : 'OVERLOADED', null, { cause });
  }
}
