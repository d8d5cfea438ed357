import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GuardMetrics } from './metrics.ts';
import type { RateLimit } from './rate-limit.ts';
import { networkOf } from '#people';
import { setRateHeaders, rateLimited } from './rate-headers.ts';

export interface PublicLimits {
  readonly perAddress: RateLimit;
  /** For routes where a token is optional: with one, its owner is counted, not the address. */
  readonly perCaller?: RateLimit;
}

/** Limits requests that need no token, so that one address cannot monopolise the service. */
export class PublicRateLimit {
  constructor(
    private readonly limits: PublicLimits,
    private readonly metrics: Pick<GuardMetrics, 'publicRejections'>,
  ) {}

  /** `callerIdOf` is called only where callers are counted; an invalid token is ignored. */
  async take(request: FastifyRequest, reply: FastifyReply, callerIdOf: () => string | undefined): Promise<void> {
    const { perAddress, perCaller } = this.limits;
    const callerId = perCaller && callerIdOf();
    const taken = await (perCaller !== undefined && callerId !== undefined
      ? perCaller.take(callerId)
      : perAddress.take(networkOf(request.ip)));
    setRateHeaders(reply, taken.rate);
    if (taken.outcome === 'taken') return;
    this.metrics.publicRejections.inc();
    throw rateLimited(taken);
  }
}
