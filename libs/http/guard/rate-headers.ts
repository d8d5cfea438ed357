import type { FastifyReply } from 'fastify';
import type { Rate } from './rate-limit.ts';
import { problem, type Problem } from '../errors/problem.ts';

// As in the IETF draft: the limit, what remains, and seconds until the full limit is available again.
export function setRateHeaders(reply: FastifyReply, rate: Rate | undefined): void {
  if (rate === undefined) return;
  const { requestsMax, left, wholeInMs, windowMs } = rate;
  void reply.headers({
    'ratelimit-limit': String(requestsMax),
    'ratelimit-remaining': String(left),
    'ratelimit-reset': String(Math.ceil(wholeInMs / 1000)),
    'ratelimit-policy': `${requestsMax};w=${Math.round(windowMs / 1000)}`,
  });
}

export function rateLimited({ retryAfterMs }: { readonly retryAfterMs: number }): Problem {
  return problem('RATE_LIMITED', { retryAfterSeconds: Math.max(Math.ceil(retryAfterMs / 1000), 1) });
}
