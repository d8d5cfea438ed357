import type { FastifyRequest } from 'fastify';
import type { Caller } from '#people';
import type { KeyClaim } from './key-claim.ts';

/** A request, and what the guard notes of it. */
export interface GuardedRequest extends FastifyRequest {
  caller?: Caller;
  /** Noted before the key is claimed, so that everything after it counts towards the time limit. */
  startedAt?: number;
  /** The deadline for the answer. */
  deadline?: number;
  claim?: KeyClaim;
  /** Pending while something may still be recorded for the request; if there is one, its answer is not stored. */
  doubt?: Promise<void>;
}

/** Deadline of a request, in milliseconds since 1970. */
export function deadlineOf({ deadline }: GuardedRequest): number {
  if (deadline === undefined) throw new Error('the request has no deadline: it has not passed the guard');
  return deadline;
}
