import type { FastifyRequest } from 'fastify';
import type { Callers, GuardedRequest } from '#http/guard';
import { networkOf } from '#people';
import type { Opener } from './places.ts';

/** Whose limit a stream counts towards, as with the rate limit; and with whose session it ends, unless it is public. */
export function openerOf(request: FastifyRequest & Pick<GuardedRequest, 'caller'>, callers: Callers): Opener {
  const { caller, headers, ip } = request;
  if (caller !== undefined) {
    return { kind: 'caller', name: caller.id, owner: { caller, expiresAt: callers.expiresAt(headers) } };
  }
  const id = callers.idAtHand(headers);
  if (id !== undefined) return { kind: 'caller', name: id, owner: undefined };
  return { kind: 'address', name: networkOf(ip), owner: undefined };
}
