import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { call, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';

const password = 'correct horse battery';
// The lock that appends take turns by.
const appendLock = 7_046_029_255;

describe('more than can be done', () => {
  let system: RunningSystem;
  let token: string;

  beforeAll(async () => {
    system = await startSystem({
      HOLDFAST_QUEUE_COMMANDS_MAX: '10',
      HOLDFAST_WRITES_PER_MINUTE_MAX: '500',
      HOLDFAST_READS_PER_MINUTE_MAX: '2',
      HOLDFAST_REQUEST_TIMEOUT_MS: '2000',
    });
    const args = ['users', 'create', '--email', 's@example.com', '--name', 's', '--role', 'staff', '--password-stdin'];
    await system.cli(args, password);
    token = await login();
    await call(`${system.commandApi.url}/products`, { token, body: { id: 'prod_1', name: 'x', price: 1 } });
    await call(`${system.commandApi.url}/stock`, { token, body: { product_id: 'prod_1', stock: 1000 } });
  });

  afterAll(() => system.stop());

  async function login(): Promise<string> {
    const body = { email: 's@example.com', password };
    return (await call(`${system.commandApi.url}/auth/login`, { body })).body.token as string;
  }

  function buy(body: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return call(`${system.commandApi.url}/items/prod_1/purchase`, { token, body, headers });
  }

  /** Nobody can append until the answer is called. */
  async function holdUpAppends(): Promise<() => Promise<void>> {
    const holder = new Client({ connectionString: system.env['EVENTSTORE_URL'] });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select pg_advisory_xact_lock($1)', [appendLock]);
    return async () => {
      await holder.query('commit');
      await holder.end();
    };
  }

  it('is rejected at once with 503, and what was taken is finished', async () => {
    const goOn = await holdUpAppends();
    const rejected: Answer[] = [];
    const first = buy();
    const taken = Array.from({ length: 40 }, () =>
      buy().then((answer) => {
        if (answer.status === 503) rejected.push(answer);
        return answer;
      }),
    );
    // Those over the bound are answered while everybody else waits.
    await until(() => rejected.length >= 20);
    for (const answer of rejected) {
      expect(answer.body).toMatchObject({ code: 'OVERLOADED' });
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    await goOn();
    const answers = [await first, ...(await Promise.all(taken))];
    const done = answers.filter(({ status }) => status === 201);
    expect(done.length + rejected.length).toBe(41);
    const last = await buy();
    expect(last.body).toMatchObject({ remaining: 1000 - done.length - 1 });
  });

  it('leaves a key bound to its request when nobody can say what became of it, and free when nothing did', async () => {
    const [unknown, rejected] = [randomUUID(), randomUUID()].map((key) => ({ 'idempotency-key': key }));
    const goOn = await holdUpAppends();
    const late = buy({ quantity: 2 }, unknown);
    const waiting = Array.from({ length: 30 }, () => buy());
    await until(
      () => buy({}, rejected),
      ({ body }) => body.code === 'OVERLOADED',
    );
    expect(await late).toMatchObject({ status: 503, body: { code: 'OUTCOME_UNKNOWN' } });
    expect(await buy({ quantity: 3 }, unknown)).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } });
    // Another process might reject it, and the first record it after that.
    expect(await buy({ quantity: 2 }, unknown)).toMatchObject({ status: 409, body: { code: 'KEY_IN_FLIGHT' } });
    await goOn();
    await Promise.all(waiting);
    const settled = await until(
      () => buy({ quantity: 2 }, unknown),
      ({ body }) => body.code !== 'KEY_IN_FLIGHT',
    );
    expect(settled).toMatchObject({ status: 201, body: { quantity: 2 } });
    expect(settled.headers.get('idempotency-replayed')).toBe('true');
    expect(await buy({ quantity: 4 }, rejected)).toMatchObject({ status: 201, body: { quantity: 4 } });
  });

  it('leaves the key of a change that is not recorded as an event in use until it can be done no more', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const change = () =>
      call(`${system.commandApi.url}/user/profile`, { method: 'PUT', token, headers, body: { name: 'late' } });
    const client = new Client({ connectionString: system.env['DATABASE_URL'] });
    await client.connect();
    await client.query('begin; lock table users in access exclusive mode');
    const answers = [await change(), await change()];
    await client.query('rollback');
    await client.end();
    expect(answers).toMatchObject([
      { status: 503, body: { code: 'OUTCOME_UNKNOWN' } },
      { status: 409, body: { code: 'KEY_IN_FLIGHT' } },
    ]);
    let settled = await change();
    while (settled.body.code === 'KEY_IN_FLIGHT') settled = await change();
    expect(settled).toMatchObject({ status: 200, body: { user: { name: 'late' } } });
  });

  it('is not begun when the time is up before it can be', async () => {
    const other = await system.start('command-api');
    const { body } = await buy();
    const client = new Client({ connectionString: system.env['DATABASE_URL'] });
    await client.connect();
    await client.query('begin; lock table numbers in access exclusive mode');
    // By number: which item that is, PostgreSQL says to this process, and now keeps to itself until it has answered.
    const late = await call(`${other.url}/items/1/purchase`, { token, body: {} });
    await client.query('rollback');
    await client.end();
    expect(late).toMatchObject({ status: 503, body: { code: 'OVERLOADED' } });
    expect(await buy()).toMatchObject({ status: 201, body: { remaining: body.remaining - 1 } });
  });

  it('is answered when its time is up, whichever step it waits for', async () => {
    const client = new Client({ connectionString: system.env['EVENTSTORE_URL'] });
    await client.connect();
    await client.query('begin; lock table events, users, numbers in access exclusive mode');
    const ask = async (method: string, path: string, body: object): Promise<unknown> => {
      const { status, body: answer } = await call(`${system.commandApi.url}${path}`, { method, token, body });
      return [status, answer.code];
    };
    const answers = await Promise.all([
      ask('PATCH', '/products/prod_1', { price: 2 }),
      ask('DELETE', '/products/prod_1', {}),
      ask('POST', '/products', { name: 'y', price: 1 }),
      ask('POST', '/stock', { product_id: 'prod_1', stock: 1 }),
      ask('PATCH', '/slots/1', { capacity: 1 }),
      ask('PUT', '/user/profile', { name: 'z' }),
      ask('POST', '/auth/me', {}),
    ]);
    // Only now does any of them hear from PostgreSQL.
    await client.query('rollback');
    await client.end();
    const nothing = [503, 'OVERLOADED'];
    const unknown = [503, 'OUTCOME_UNKNOWN'];
    // The change of the product waits for its append; the others still wait for what they read before.
    expect(answers).toEqual([unknown, nothing, nothing, nothing, nothing, unknown, unknown]);
  });

  it('of one caller is rejected with 429, and says what is left and when to come back', async () => {
    let answer = await buy();
    expect(answer.headers.get('ratelimit-limit')).toBe('500');
    expect(answer.headers.get('ratelimit-policy')).toBe('500;w=60');
    const left = Number(answer.headers.get('ratelimit-remaining'));
    expect(left).toBeLessThan(500);
    while (answer.status !== 429) answer = await buy();
    expect(answer.body).toMatchObject({ code: 'RATE_LIMITED', data: { retryAfterSeconds: 1 } });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.headers.get('ratelimit-remaining')).toBe('0');
    const another = await login();
    expect(await call(`${system.commandApi.url}/auth/logout`, { method: 'POST', token: another })).toMatchObject({
      status: 200,
    });
    const reads = await Promise.all([1, 2, 3].map(() => call(`${system.queryApi.url}/holds`, { token })));
    expect(reads.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 429]);
  });
});
