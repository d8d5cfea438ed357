import type { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Health, Logger } from '#platform';
import { problem } from '../errors/problem.ts';
import { isOperation } from './operations.ts';

const closeIdleEveryMs = 50;

/**
 * While the service is stopping, new requests are rejected with STOPPING, each answer closes its connection, and idle
 * connections are closed periodically, because clients may keep them open indefinitely.
 */
export function endConnectionsWhileStopping(fastify: FastifyInstance, health: Health): void {
  const isStopping = (): boolean => health.phase === 'stopping';
  // Node counts a connection that has sent nothing yet as one with a request in progress.
  const silent = new Set<Socket>();
  fastify.server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    silent.delete(request.raw.socket);
    if (isStopping() && !isOperation(request.routeOptions.url)) done(problem('STOPPING'));
    else done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (isStopping()) void reply.header('connection', 'close');
    done(null, payload);
  });
  fastify.addHook('preClose', (done) => {
    const closeIdle = (): void => {
      fastify.server.closeIdleConnections();
      for (const socket of silent) socket.destroy();
    };
    const timer = setInterval(closeIdle, closeIdleEveryMs);
    fastify.server.once('close', () => clearInterval(timer));
    closeIdle();
    done();
  });
}

/**
 * Finishes requests in progress; those that take longer are aborted, so that the rest of the process can stop in order.
 */
export async function closeHttpService(app: NestFastifyApplication, timeoutMs: number, log: Logger): Promise<void> {
  const timer = setTimeout(() => {
    log.warn({ timeoutMs }, 'requests were aborted because the stop took too long');
    app.getHttpServer().closeAllConnections();
  }, timeoutMs);
  await app.close().finally(() => clearTimeout(timer));
}
