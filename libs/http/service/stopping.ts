import type { Socket } from 'node:net';
import { setImmediate as afterPoll, setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Health, Logger } from '#platform';
import { problem } from '../errors/problem.ts';
import { isOperation } from './operations.ts';
import { endWith } from './unparsed.ts';

/** A service that has had no request for so long is probably no longer sent any. */
const quietMs = 50;
/** Under load, each kept connection has carried a request by then. */
const drainMsMax = 500;
/** How long requests are rejected before no connection is accepted any more. */
const lingerMs = 100;

/**
 * A service that is stopping first serves on for a moment, and each answer closes its connection, from which a gateway
 * learns that it must go elsewhere. Then requests are rejected with STOPPING, and in the end no connection is accepted. A
 * connection that waits for a request is told the same: a request that is sent at this moment thereby has an answer that
 * says that nothing was done, instead of none.
 */
export function endConnectionsWhileStopping(fastify: FastifyInstance, health: Health): void {
  let drained = false;
  let lastRequestAt = 0;
  /** How many requests are in progress on each connection. */
  const connections = new Map<Socket, number>();
  const count = (socket: Socket, change: number): void => {
    const inProgress = (connections.get(socket) ?? 0) + change;
    connections.set(socket, inProgress);
    if (drained && inProgress === 0) endSoon(socket);
  };
  fastify.server.on('connection', (socket: Socket) => {
    count(socket, 0);
    socket.once('close', () => connections.delete(socket));
  });
  fastify.server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => connections.has(socket) && count(socket, -1));
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (isOperation(request.routeOptions.url)) return done();
    if (drained) return done(problem('STOPPING'));
    lastRequestAt = performance.now();
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (health.phase === 'stopping') void reply.header('connection', 'close');
    done(null, payload);
  });
  fastify.addHook('preClose', async () => {
    await untilQuiet(() => lastRequestAt);
    drained = true;
    for (const [socket, inProgress] of connections) if (inProgress === 0) endSoon(socket);
    // Then no connection is accepted any more, and Node destroys those that are idle.
    await sleep(lingerMs);
  });
}

/** Leaves the client time to read the answer, and to close the connection itself. */
function endSoon(socket: Socket): void {
  if (socket.writable) endWith(problem('STOPPING'), socket);
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
}

async function untilQuiet(lastRequestAt: () => number): Promise<void> {
  const began = performance.now();
  for (;;) {
    const until = Math.min(Math.max(began, lastRequestAt()) + quietMs, began + drainMsMax);
    const leftMs = until - performance.now();
    if (leftMs <= 0) return;
    await sleep(leftMs);
    // What has arrived while this process waited for the processor is read after the timers.
    await afterPoll();
    await afterPoll();
  }
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
