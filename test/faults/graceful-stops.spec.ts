import { Agent, request as send, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { startSystem, until, type RunningSystem, type Service } from '#dev/testing';
import { startGateway, type Gateway } from '../../dev/local/gateway.ts';

const clients = 8;
const answersBefore = 40;
/** What is waited for in vain takes half of it or more. */
const stopTimeoutMs = 60_000;
const stopWithinMs = 10_000;

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

/** Clients that send again what was answered with a Retry-After, as soon as it says. */
class PatientLoad {
  readonly statuses = new Map<number, number>();
  /** Requests that were answered with something else than a Retry-After. */
  answered = 0;
  readonly ended: Promise<unknown>;
  #stopped = false;

  constructor(url: string) {
    this.ended = Promise.all(Array.from({ length: clients }, () => this.#ask(url)));
  }

  stop(): Promise<unknown> {
    this.#stopped = true;
    return this.ended;
  }

  async #ask(url: string): Promise<void> {
    while (!this.#stopped) {
      const answer = await fetch(url, { method: 'POST' });
      await answer.body?.cancel();
      this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
      const waitS = answer.headers.get('retry-after');
      if (waitS === null) this.answered += 1;
      else await new Promise((resolve) => setTimeout(resolve, Number(waitS) * 1000));
    }
  }
}

describe('a graceful stop under load', () => {
  let system: RunningSystem;

  beforeAll(async () => {
    system = await startSystem({
      HOLDFAST_LOG_LEVEL: 'warn',
      HOLDFAST_READS_PER_MINUTE_MAX: '0',
      HOLDFAST_ANONYMOUS_WRITES_PER_MINUTE_MAX: '0',
      HOLDFAST_STOP_TIMEOUT_MS: String(stopTimeoutMs),
    });
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
  ] as const)('ends %s with 0, and waits for nothing after its last answer', async (app, method, path, status) => {
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

  describe('behind the local gateway', () => {
    let gateway: Gateway;
    beforeEach(async () => (gateway = await startGateway({ port: 0 })));
    afterEach(() => gateway.close());

    /** Replaces each in turn by another process on the same port, under load; the statuses that clients got. */
    async function rollOver(services: readonly Service[]): Promise<number[]> {
      gateway.connect({ 'command-api': services.map(({ url }) => url), 'query-api': [system.queryApi.url] });
      const load = new PatientLoad(`${gateway.url}/api/v1/auth/login`);
      for (const { url, child } of services) {
        await until(() => load.answered, atLeast(load.answered + answersBefore));
        process.kill(child.pid, 'SIGTERM');
        expect(await child.exited).toEqual({ code: 0, signal: null });
        restarted.push(await system.start('command-api', { HOLDFAST_PORT: new URL(url).port }));
        await until(() => load.answered, atLeast(load.answered + answersBefore));
      }
      await load.stop();
      return [...load.statuses.keys()].toSorted((one, other) => one - other);
    }
    const restarted: Service[] = [];
    const atLeast = (count: number) => (answered: number) => answered >= count;

    it('a rolling restart of two command-apis is not noticed by any client', async () => {
      expect(await rollOver([system.commandApi, await system.start('command-api')])).toEqual([422]);
    }, 60_000);

    it('a restart of the only command-api tells clients when to come again, and that nothing was done', async () => {
      const [only] = restarted;
      expect(only && (await rollOver([only]))).toEqual([422, 503]);
    }, 60_000);
  });
});
