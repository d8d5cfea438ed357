import 'reflect-metadata';
import { once } from 'node:events';
import { Agent, request as send, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { Controller, Get } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createMetrics, Health, readConfig } from '#platform';
import { closeHttpService, createHttpService } from '../index.ts';

const log = pino({ level: 'silent' });
const config = readConfig({
  DATABASE_URL: 'postgres://nowhere/none',
  REDIS_URL: 'redis://nowhere',
  EVENTSTORE_URL: 'postgres://nowhere/none',
  HOLDFAST_TOKEN_SECRET: 'b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu',
  HOLDFAST_ID_SECRET: 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba',
});
/** What is waited for in vain takes all of it. */
const closeTimeoutMs = 20_000;
const stops = 40;
const stopsAtOnce = 10;
const underWay = 4;

/** A service whose answers wait until they are let go. */
class Running {
  readonly health = new Health();
  arrived = 0;
  #release = Promise.withResolvers<void>();
  #app!: NestFastifyApplication;
  #onArrival = (): void => {};

  static async start(): Promise<Running> {
    const running = new Running();
    @Controller()
    class Slow {
      @Get('slow')
      async answer(): Promise<unknown> {
        running.arrived += 1;
        running.#onArrival();
        await running.#release.promise;
        return {};
      }
      @Get('quick')
      quick(): unknown {
        return {};
      }
    }
    running.#app = await createHttpService({
      name: 'slow',
      module: { module: class Module {}, controllers: [Slow] },
      config,
      log,
      metrics: createMetrics('slow'),
      health: running.health,
      translate: () => undefined,
    });
    await running.#app.listen(0, '127.0.0.1');
    running.health.phase = 'ready';
    return running;
  }

  get port(): number {
    return (this.#app.getHttpServer().address() as { port: number }).port;
  }

  async untilArrived(count: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#onArrival = () => this.arrived >= count && resolve();
      this.#onArrival();
    });
  }

  release(): void {
    this.#release.resolve();
  }

  async stop(timeoutMs = closeTimeoutMs): Promise<void> {
    this.health.phase = 'stopping';
    await closeHttpService(this.#app, timeoutMs, log);
  }
}

async function get(running: Running, path: string, agent: Agent): Promise<IncomingMessage> {
  const asking = send({ host: '127.0.0.1', port: running.port, path, agent }).end();
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  return answer;
}

/** A connection as nginx keeps it: it is used again for as long as the service leaves it open. */
async function keptConnection(running: Running): Promise<Socket> {
  const socket = connect(running.port, '127.0.0.1');
  socket.write('GET /quick HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');
  return socket;
}

describe('a service that stops', () => {
  it('closes the connection with the answer that was under way, and is gone then', async () => {
    const running = await Running.start();
    const agent = new Agent({ keepAlive: true });
    const asked = get(running, '/slow', agent);
    await running.untilArrived(1);
    const stopped = running.stop();
    running.release();
    const answer = await asked;
    expect([answer.statusCode, answer.headers.connection, await text(answer)]).toEqual([200, 'close', '{}']);
    await stopped;
    agent.destroy();
  });

  it('first serves on, and says on each connection that it is the last time', async () => {
    const running = await Running.start();
    const kept = await keptConnection(running);
    const stopped = running.stop();
    kept.write('GET /quick HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await text(kept)).toMatch(/^HTTP\/1\.1 200 .*^connection: close$/ims);
    const agent = new Agent({ keepAlive: true });
    const { statusCode, headers } = await get(running, '/quick', agent);
    expect([statusCode, headers.connection]).toEqual([200, 'close']);
    agent.destroy();
    await stopped;
  });

  it('then rejects in the envelope what it has not read yet, and closes', async () => {
    const running = await Running.start();
    const socket = await keptConnection(running);
    const accepted = new Promise<void>((resolve) =>
      socket.write('GET /quick HTTP/1.1\r\nHost: x\r\n', () => resolve()),
    );
    await accepted;
    const answered = text(socket);
    const stopped = running.stop();
    const said = await answered;
    const [head = '', body = ''] = said.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 503 /);
    expect(head).toMatch(/^connection: close$/im);
    expect(head).toMatch(/^retry-after: 1$/im);
    expect(JSON.parse(body)).toEqual({
      statusCode: 503,
      statusMessage: expect.any(String),
      code: 'STOPPING',
      data: null,
      requestId: expect.any(String),
    });
    await stopped;
  });

  it('goes on telling that it lives, and that it is stopping', async () => {
    const running = await Running.start();
    running.health.phase = 'stopping';
    const agent = new Agent();
    const [live, ready] = [await get(running, '/health/live', agent), await get(running, '/health/ready', agent)];
    expect([live.statusCode, JSON.parse(await text(live))]).toEqual([200, { status: 'live' }]);
    expect([ready.statusCode, JSON.parse(await text(ready))]).toMatchObject([503, { status: 'stopping' }]);
    await running.stop();
  });

  it('does not wait for a connection that says nothing, nor for one that is only kept', async () => {
    const running = await Running.start();
    const silent = connect(running.port, '127.0.0.1');
    await once(silent, 'connect');
    const kept = await keptConnection(running);
    const ends = Promise.all([once(silent, 'close'), once(kept, 'close')]);
    kept.resume();
    silent.resume();
    await running.stop();
    await ends;
    expect([silent.destroyed, kept.destroyed]).toEqual([true, true]);
  });

  it('cuts off what takes too long', async () => {
    const running = await Running.start();
    const agent = new Agent({ keepAlive: true });
    const asked = get(running, '/slow', agent);
    await running.untilArrived(1);
    const [answer] = await Promise.allSettled([asked, running.stop(50)]);
    expect(answer).toMatchObject({ status: 'rejected', reason: { message: 'socket hang up' } });
  });

  it(`waits for nothing more after its last answer, ${stops} times under load`, async () => {
    const late: number[] = [];
    for (let round = 0; round < stops / stopsAtOnce; round++) {
      late.push(...(await Promise.all(Array.from({ length: stopsAtOnce }, stopUnderLoad))));
    }
    expect(late).toHaveLength(stops);
    expect(Math.max(...late)).toBeLessThan(closeTimeoutMs / 4);
  });
});

/** Milliseconds from the last answer until the service has gone. */
async function stopUnderLoad(): Promise<number> {
  const running = await Running.start();
  const kept = await keptConnection(running);
  kept.on('error', () => {}).resume();
  const agent = new Agent({ keepAlive: true, maxSockets: underWay });
  const answers = Array.from(
    { length: underWay },
    async () => (await get(running, '/slow', agent)).resume().statusCode,
  );
  await running.untilArrived(underWay);
  const stopped = running.stop();
  running.release();
  expect(await Promise.all(answers)).toEqual(answers.map(() => 200));
  const answeredAt = performance.now();
  await stopped;
  agent.destroy();
  return performance.now() - answeredAt;
}
