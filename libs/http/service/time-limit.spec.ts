import 'reflect-metadata';
import { Controller, Get, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { createMetrics, Health, readConfig } from '#platform';
import { createHttpService, problem, type TimedRequest } from '../index.ts';

const config = readConfig({
  DATABASE_URL: 'postgres://nowhere/none',
  REDIS_URL: 'redis://nowhere',
  EVENTSTORE_URL: 'postgres://nowhere/none',
  HOLDFAST_TOKEN_SECRET: 'b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu',
  HOLDFAST_ID_SECRET: 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba',
});

class InDoubt extends Error {
  constructor(readonly settled: Promise<void>) {
    super('in doubt');
  }
}

describe('a request that takes longer than its time limit', () => {
  let app: NestFastifyApplication;
  let finish: PromiseWithResolvers<unknown>;
  let doubt: Promise<void> | undefined;
  const lines: { readonly msg: string }[] = [];

  beforeAll(async () => {
    @Controller('slow')
    class Slow {
      @Get()
      read(): Promise<unknown> {
        return finish.promise;
      }
      @Post()
      write(): Promise<unknown> {
        return finish.promise;
      }
    }
    app = await createHttpService({
      name: 'slow',
      module: { module: class Module {}, controllers: [Slow] },
      config,
      log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line) as { msg: string }) }),
      metrics: createMetrics('slow'),
      health: new Health(),
      translate: (error, request: FastifyRequest & TimedRequest) => {
        if (error instanceof InDoubt) request.doubt = error.settled;
        return undefined;
      },
      timeoutMs: 1,
    });
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onSend', (request: TimedRequest, _reply, _payload, done) => {
        doubt = request.doubt;
        done();
      });
    await app.init();
  });

  beforeEach(() => {
    finish = Promise.withResolvers();
    lines.length = 0;
  });

  afterAll(() => app.close());

  it.each([
    ['GET', 'OVERLOADED'],
    ['POST', 'OUTCOME_UNKNOWN'],
  ] as const)('is answered then: a %s with %s', async (method, code) => {
    const answer = await app.inject({ method, url: '/slow' });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code });
  });

  it.each([
    ['returns', () => finish.resolve({})],
    ['throws', () => finish.reject(problem('UNAVAILABLE'))],
  ])('is not answered again when its handler %s, nor is that logged', async (_, end) => {
    await app.inject({ method: 'GET', url: '/slow' });
    const linesBefore = lines.length;
    end();
    await app.inject({ method: 'GET', url: '/health/live' });
    expect(lines.slice(linesBefore).map(({ msg }) => msg)).toEqual(['request']);
  });

  async function doubtAfter(end: () => void): Promise<string> {
    await app.inject({ method: 'POST', url: '/slow' });
    const outcome = doubt?.then(
      () => 'settled',
      () => 'never settled',
    );
    end();
    await app.inject({ method: 'GET', url: '/health/live' });
    return Promise.race([outcome, Promise.resolve('in doubt')]) as Promise<string>;
  }

  it('is in doubt until its handler has ended, and for good after an outage', async () => {
    expect(await doubtAfter(() => undefined)).toBe('in doubt');
    expect(await doubtAfter(() => finish.resolve({}))).toBe('settled');
    finish = Promise.withResolvers();
    expect(await doubtAfter(() => finish.reject(problem('UNAVAILABLE')))).toBe('settled');
    finish = Promise.withResolvers();
    expect(await doubtAfter(() => finish.reject(new Error('the connection was lost')))).toBe('never settled');
  });

  it('is in doubt as long as the error of its handler says', async () => {
    const append = Promise.withResolvers<void>();
    expect(await doubtAfter(() => finish.reject(new InDoubt(append.promise)))).toBe('in doubt');
    finish = Promise.withResolvers();
    append.resolve();
    expect(await doubtAfter(() => finish.reject(new InDoubt(append.promise)))).toBe('settled');
  });

  it('leaves one that is in time alone', async () => {
    finish.resolve({ done: true });
    expect((await app.inject({ method: 'POST', url: '/slow' })).json()).toEqual({ done: true });
  });
});
