import type { FastifyInstance } from 'fastify';
import type { Health, Registry } from '#platform';

const paths = ['/health/live', '/health/ready', '/metrics'];

export function isOperation(route: string | undefined): boolean {
  return route !== undefined && paths.includes(route);
}

/** What is asked by machines, not by clients: alive, ready, and the numbers. */
export function serveOperations(fastify: FastifyInstance, health: Health, metrics: Registry): void {
  fastify.get('/health/live', () => ({ status: 'live' }));
  fastify.get('/health/ready', async (_request, reply) => {
    const { ready, phase, degraded } = await health.readiness();
    return reply
      .status(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : phase === 'ready' ? 'unable' : phase, degraded });
  });
  fastify.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
}
