import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Observable } from 'rxjs';
import { problem, type Problem } from '../errors/problem.ts';

/** What is known more exactly where the time ran out is told first. */
const graceMs = 100;

/** What is known of a request whose time may run out. */
export interface TimedRequest {
  readonly method: string;
  /** When the request was let in, where a guard notes it: its time began then. */
  admittedAt?: number;
  /** Whether a command was sent for it, where that is noted; where it is not, a write may have recorded something. */
  mayHaveRecorded?: boolean;
}

/**
 * Answers a request when its time is up, whichever step it still waits for. Nothing more is recorded for it after that,
 * since each of its commands has the same deadline.
 */
export class DeadlineInterceptor implements NestInterceptor {
  readonly #timeoutMs: number;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<TimedRequest>();
    const { admittedAt = Date.now() } = request;
    const leftMs = Math.max(admittedAt + this.#timeoutMs + graceMs - Date.now(), 0);
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
