import type { FastifyInstance } from 'fastify';
import type { SecurityLog } from '#people';
import type { GuardedRequest } from './guarded-request.ts';

/** Records each request rejected with 403; must be called before routes are registered. */
export function recordDenials(fastify: FastifyInstance, security: SecurityLog): void {
  fastify.addHook('onResponse', (request: GuardedRequest, reply, done) => {
    if (reply.statusCode === 403) {
      const { method, ip: address, caller } = request;
      const route = request.routeOptions.url ?? 'unknown';
      const { id: userId, sessionId, apiKeyId } = caller ?? {};
      security.record('access.denied', { userId, sessionId, apiKeyId, method, route, address });
    }
    done();
  });
}
