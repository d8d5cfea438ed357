import { Agent, request as send, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { startSystem, type RunningSystem } from '#dev/testing';

const clients = 8;
const answersBefore = 40;
const stopWithinMs = 1000;

/** Asks again and again on connections that it keeps, as a gateway does, until nobody answers any more. */
class Load {
  readonly statuses: number[] = [];
  lastAnswerAt = 0;
  readonly ended: Promise<unknown>;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: clients });
  readonly #enough = Promise.withResolvers<void>();

  constructor(url: string, method: string) {
    this.ended = Promise.all(Array.from({ length: clients }, () => this.#ask(url, method)));
    void this.ended.then(() => this.#agent.destroy());
  }

  underWay(): Promise<void> {
    return this.#enough.promise;
  }

  async #ask(url: string, method: string): Promise<void> {
    try {
      for (;;) {
        const asking = send(url, { method, agent: this.#agent }).end();
        const [answer] = (await once(asking, 'response')) as [IncomingMessage];
        await once(answer.resume(), 'end');
        this.lastAnswerAt = performance.now();
        this.statuses.push(answer.statusCode ?? 0);
        if (this.statuses.length >= answersBefore) this.#enough.resolve();
      }
    } catch {
      // Nobody is there any more.
    }
  }
}

describe('a graceful stop under load', () => {
  let system: RunningSystem;

  beforeAll(async () => {
    system = await startSystem({ HOLDFAST_LOG_LEVEL: 'warn', HOLDFAST_READS_PER_MINUTE_MAX: '0' });
  });
  afterAll(() => system.stop());

  it('answers what is under way, though its clients then keep their connections and say nothing more', async () => {
    const { url, child } = await system.start('command-api');
    const agent = new Agent({ keepAlive: true, keepAliveMsecs: 60_000 });
    const body = JSON.stringify({ email: 'nobody@example.com', password: 'takes a while to be wrong' });
    const logins = Array.from({ length: clients }, async () => {
      const headers = { 'content-type': 'application/json' };
      const asking = send(`${url}/auth/login`, { method: 'POST', agent, headers }).end(body);
      const [answer] = (await once(asking, 'response')) as [IncomingMessage];
      await text(answer);
      return { status: answer.statusCode, at: performance.now() };
    });
    // The password of each is checked in its turn.
    await Promise.race(logins);
    process.kill(child.pid, 'SIGTERM');
    const answers = await Promise.all(logins);
    const exit = await child.exited;
    const goneAt = performance.now();
    agent.destroy();
    expect(exit).toEqual({ code: 0, signal: null });
    expect(goneAt - Math.max(...answers.map(({ at }) => at))).toBeLessThan(stopWithinMs);
    expect(answers.filter(({ status = 0 }) => status >= 500)).toEqual([]);
  });

  it.each([
    ['command-api', 'POST', '/auth/login', 422],
    ['query-api', 'GET', '/stock/lamp', 404],
    ['projector', 'GET', '/health/ready', 200],
  ] as const)('ends %s with 0 within a second of its last answer', async (app, method, path, status) => {
    const service = await system.start(app);
    const load = new Load(`${service.url}${path}`, method);
    await load.underWay();
    process.kill(service.child.pid, 'SIGTERM');
    const exit = await service.child.exited;
    const goneAt = performance.now();
    await load.ended;
    expect(exit).toEqual({ code: 0, signal: null });
    expect(goneAt - load.lastAnswerAt).toBeLessThan(stopWithinMs);
    const unexpected = load.statuses.filter((each) => each !== status && each !== 503);
    expect(unexpected).toEqual([]);
    expect(service.child.lastLines()).not.toContain('did not stop cleanly');
  });
});
