import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { itemStock, stockStream } from '#domain';
import type { RecordedEvent } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { call, startSystem, until, untilAnswered, type Answer, type RunningSystem } from '#dev/testing';

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

  function buy(body: object = {}, headers: Record<string, string> = {}, { url } = system.commandApi): Promise<Answer> {
    return call(`${url}/items/prod_1/purchase`, { token, body, headers });
  }

  async function purchases(): Promise<RecordedEvent[]> {
    const store = await connectEventStore(system.env['EVENTSTORE_URL'] ?? '');
    const events = await store.readStream(stockStream(itemStock('prod_1')), { limit: 1000 });
    await store.close();
    return events.filter(({ type }) => type === 'UnitsPurchased');
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
    // Gives up nothing that it has taken, however busy the machine is.
    const patient = await system.start('command-api', { HOLDFAST_REQUEST_TIMEOUT_MS: '60000' });
    const goOn = await holdUpAppends();
    const rejected: Answer[] = [];
    const first = buy({}, {}, patient);
    const taken = Array.from({ length: 40 }, () =>
      buy({}, {}, patient).then((answer) => {
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
    const last = await buy({}, {}, patient);
    expect(last.body).toMatchObject({ remaining: 1000 - done.length - 1 });
  });

  it('leaves a key bound to its request when nobody can say what became of it, and free when nothing did', async () => {
    const unknown = { 'idempotency-key': randomUUID() };
    const goOn = await holdUpAppends();
    const late = buy({ quantity: 2 }, unknown);
    const waiting = Array.from({ length: 30 }, async () => {
      const key = { 'idempotency-key': randomUUID() };
      return { key, answer: await buy({}, key) };
    });
    expect(await late).toMatchObject({ status: 503, body: { code: 'OUTCOME_UNKNOWN' } });
    expect(await buy({ quantity: 3 }, unknown)).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } });
    // Another process might reject it, and the first record it after that.
    expect(await buy({ quantity: 2 }, unknown)).toMatchObject({ status: 409, body: { code: 'KEY_IN_FLIGHT' } });
    await goOn();
    const rejected = (await Promise.all(waiting)).find(({ answer }) => answer.body.code === 'OVERLOADED');
    const settled = await untilAnswered(() => buy({ quantity: 2 }, unknown));
    expect(settled).toMatchObject({ status: 201, body: { quantity: 2 } });
    const recorded = await purchases();
    expect(recorded.filter(({ data }) => (data as { quantity: number }).quantity === 2)).toHaveLength(1);
    expect(await buy({ quantity: 4 }, rejected?.key)).toMatchObject({ status: 201, body: { quantity: 4 } });
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
    const settled = await untilAnswered(change);
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
    const first = await buy();
    expect(first.headers.get('ratelimit-limit')).toBe('500');
    expect(first.headers.get('ratelimit-policy')).toBe('500;w=60');
    const left = Number(first.headers.get('ratelimit-remaining'));
    expect(left).toBeLessThan(500);
    // Many at once, because there is room for eight more in each second.
    const burst = () => Promise.all(Array.from({ length: 40 }, () => buy()));
    const answer = await until(async () => (await burst()).find(({ status }) => status === 429));
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
