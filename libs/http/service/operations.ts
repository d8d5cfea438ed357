import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Health, Registry } from '#platform';

const paths = ['/health/live', '/health/ready', '/metrics'];

export function isOperation(route: string | undefined): boolean {
  return route !== undefined && paths.includes(route);
}

/**
 * What is asked by machines, not by clients: alive, ready, and the numbers. A gateway says what may leave through it, on
 * all that it passes on: the status alone, or the details.
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
