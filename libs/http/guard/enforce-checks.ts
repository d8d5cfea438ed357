import type { FastifyReply } from 'fastify';
import { problem } from '../errors/problem.ts';
import { Replay } from '../errors/replay.ts';
import type { GuardedRequest } from './guarded-request.ts';
import { rateLimited, setRateHeaders } from './rate-headers.ts';
import type { CheckResult } from './request-checks.ts';

/** Lets a request proceed, with its claim of a key, or throws the answer that it gets instead. */
export function enforceChecks(
  result: Exclude<CheckResult, { readonly outcome: 'customer-ended' }>,
  request: GuardedRequest,
  reply: FastifyReply,
): void {
  if ('rate' in result) setRateHeaders(reply, result.rate);
  switch (result.outcome) {
    case 'go-on':
      if (result.claim !== undefined) request.claim = result.claim;
      return;
    case 'answered': {
      const { status, headers, body } = result.answer;
      throw new Replay(status, headers, body);
    }
    case 'too-fast':
      throw rateLimited(result);
    case 'session-ended':
      throw problem('TOKEN_INVALID');
    case 'key-reused':
      throw problem('KEY_REUSED');
    case 'key-running':
      throw problem('KEY_IN_FLIGHT');
    case 'key-unknown':
      throw problem('UNAVAILABLE', null, {
        cause: new Error('Redis did not say whether the Idempotency-Key is in use'),
      });
  }
}
