import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Health, Registry } from '#platform';

const paths = ['/health/live', '/health/ready', '/metrics'];

export function isOperation(route: string | undefined): boolean {
  return route !== undefined && paths.includes(route);
}

/**
 * Endpoints for machines: liveness, readiness and metrics. A gateway states with each request what may be exposed: only
 * the status, or the details.
 */
export function serveOperations(fastify: FastifyInstance, health: Health, metrics: Registry): void {
  fastify.get('/health/live', () => ({ status: 'live' }));
  fastify.get('/health/ready', async (request, reply) => {
    const { ready, phase, degraded } = await health.readiness();
    const status = ready ? 'ready' : phase === 'ready' ? 'unable' : phase;
    return reply.status(ready ? 200 : 503).send(mayTellDetails(request) ? { status, degraded } : { status });
  });
  fastify.get('/metrics', async (request, reply) => {
    if (!mayTellDetails(request)) return reply.callNotFound();
    return reply.type(metrics.contentType).send(await metrics.metrics());
  });
}

function mayTellDetails({ headers }: FastifyRequest): boolean {
  const allowed = headers['x-holdfast-operations'];
  return allowed === undefined || allowed === 'details';
}
