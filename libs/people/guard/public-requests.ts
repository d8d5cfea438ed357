import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AdmissionMetrics, RateLimit } from '#admission';
import { networkOf } from '../network.ts';
import { tellRate, tooFast } from './rate-headers.ts';

export interface PublicLimits {
  readonly perAddress: RateLimit;
  /** Where a token may be sent along: its owner is counted then, wherever they are. */
  readonly perCaller?: RateLimit;
}

/** Limits requests that need no token, so that no address takes what is there for all. */
export class PublicRequests {
  constructor(
    private readonly limits: PublicLimits,
    private readonly metrics: Pick<AdmissionMetrics, 'publicRefusals'>,
  ) {}

  /** `callerIdOf` is asked only where callers are counted; a token that is not valid does not matter. */
  async admit(request: FastifyRequest, reply: FastifyReply, callerIdOf: () => string | undefined): Promise<void> {
    const { perAddress, perCaller } = this.limits;
    const callerId = perCaller && callerIdOf();
    const taken = await (perCaller !== undefined && callerId !== undefined
      ? perCaller.take(callerId)
      : perAddress.take(networkOf(request.ip)));
    tellRate(reply, taken.rate);
    if (taken.outcome === 'taken') return;
    this.metrics.publicRefusals.inc();
    throw tooFast(taken);
  }
}
