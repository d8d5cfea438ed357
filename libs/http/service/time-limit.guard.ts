import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { problem, Problem } from '../errors/problem.ts';

/** Leaves time for a more precise error from where the time ran out. */
const graceMs = 100;

/** What is noted of a request that has a time limit. */
export interface TimedRequest {
  readonly method: string;
  /** When the request was admitted, if a guard noted it; its time limit starts then. */
  startedAt?: number;
  /** Whether a command was sent for it, if that is noted; otherwise a write may have recorded something. */
  mayHaveRecorded?: boolean;
  /** Pending while something may still be recorded for the request. */
  doubt?: Promise<void>;
  /** Answers the request at its time limit. */
  timer?: NodeJS.Timeout;
  /** Settles when the handler of a request ends that was answered at its time limit. */
  end?: PromiseWithResolvers<void>;
}

/**
 * Answers a request at its time limit, whatever it is still waiting for; what its handler returns later is ignored. Its
 * commands have the same deadline; a change that is not recorded as an event may still be done after it, so the request
 * is in doubt until its handler ends.
 */
export class TimeLimit implements CanActivate {
  readonly #timeoutMs: number;

  /** Must be called before routes are registered. */
  constructor(timeoutMs: number, fastify: FastifyInstance) {
    this.#timeoutMs = timeoutMs;
    fastify.addHook('onSend', (request: TimedRequest, _reply, _payload, done) => {
      clearTimeout(request.timer);
      done();
    });
  }

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<TimedRequest>();
    const { startedAt = Date.now() } = request;
    const leftMs = Math.max(startedAt + this.#timeoutMs + graceMs - Date.now(), 0);
    request.timer = setTimeout(() => this.#answerLate(request, http.getResponse()), leftMs);
    return true;
  }

  #answerLate(request: TimedRequest, reply: FastifyReply): void {
    const end = Promise.withResolvers<void>();
    end.promise.catch(() => undefined);
    request.end = end;
    const { doubt } = request;
    request.doubt = doubt === undefined ? end.promise : Promise.all([doubt, end.promise]).then(() => undefined);
    request.doubt.catch(() => undefined);
    const { method, mayHaveRecorded = method !== 'GET' } = request;
    const cause = new Error(`the request did not finish within ${this.#timeoutMs} ms`);
    void reply.send(problem(mayHaveRecorded ? 'OUTCOME_UNKNOWN' : 'OVERLOADED', null, { cause }));
  }
}

/** The handler of a request that was answered at its time limit has ended. */
export function noteHandlerEnd({ doubt, end }: TimedRequest, error?: unknown): void {
  if (error === undefined || error instanceof Problem) end?.resolve();
  // An error of the command runtime says what is in doubt; after an outage the change may still be done.
  else if (doubt === undefined) end?.reject(error);
  else end?.resolve(doubt);
}
