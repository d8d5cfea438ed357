import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPool, createRedis, untilConnected, type Pool } from '#platform';
import { call, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';

const password = 'correct horse battery';

interface Person {
  readonly email: string;
  readonly userId: string;
  readonly number: number;
  readonly token: string;
}

interface Key {
  readonly id: string;
  readonly key: string;
  readonly userId: string | null;
}

describe('an API key', () => {
  let system: RunningSystem;
  let pool: Pool;
  let staff: Person;
  let ann: Person;
  /** Two that write, and one that reads. */
  let processes: string[];
  let people = 0;

  beforeAll(async () => {
    system = await startSystem({ HOLDFAST_LOG_LEVEL: 'debug' });
    const second = await system.start('command-api');
    processes = [system.commandApi.url, second.url, system.queryApi.url];
    pool = createPool({ url: system.env['DATABASE_URL'] ?? '', connectionsMax: 1, name: 'test' });
    const { email } = await register();
    await system.cli(['users', 'promote', email]);
    [staff, ann] = await Promise.all([logIn(email), register()]);
    await write('POST', '/products', staff.token, { id: 'prod_lamp', name: 'Lamp', price: 5 });
    await write('POST', '/stock', staff.token, { product_id: 'prod_lamp', stock: 1000 });
  }, 60_000);

  afterAll(async () => {
    await pool.end();
    await system.stop();
  });

  async function register(): Promise<Person> {
    const email = `person${++people}@example.com`;
    const body = { email, password, name: 'Person', phone: '0912345678' };
    return personOf(email, await call(`${system.commandApi.url}/auth/register`, { body }));
  }

  async function logIn(email: string): Promise<Person> {
    return personOf(email, await call(`${system.commandApi.url}/auth/login`, { body: { email, password } }));
  }

  function personOf(email: string, { body }: Answer): Person {
    return { email, userId: body.user.id, number: body.user.number, token: body.token };
  }

  function write(method: string, path: string, token: string, body?: unknown, headers = {}): Promise<Answer> {
    return call(`${system.commandApi.url}${path}`, { method, body, token, headers });
  }

  async function made(roles: string, more = {}): Promise<Key> {
    const { status, body } = await write('POST', '/api-keys', staff.token, { name: `a ${roles}`, roles, ...more });
    expect(status).toBe(201);
    return body;
  }

  function buy(token: string, idempotencyKey: string, headers = {}): Promise<Answer> {
    const more = { 'idempotency-key': idempotencyKey, ...headers };
    return write('POST', '/items/prod_lamp/purchase', token, { quantity: 1 }, more);
  }

  const actingFor = (who: string | number) => ({ 'on-behalf-of': String(who) });

  async function statusesOf(token: string, headers = {}): Promise<number[]> {
    const asked = processes.map((url) =>
      call(`${url}/auth/me`, { method: url === system.queryApi.url ? 'GET' : 'POST', token, headers }),
    );
    return (await Promise.all(asked)).map(({ status }) => status);
  }

  async function logs(): Promise<string> {
    const names = await readdir(system.directory);
    return (await Promise.all(names.map((name) => readFile(join(system.directory, name), 'utf8')))).join('\n');
  }

  it('is shown once, stored as a hash, and listed for staff', async () => {
    const answer = await write('POST', '/api-keys', staff.token, { name: 'Shop', roles: 'service' });
    const { key, ...shown } = answer.body;
    expect([answer.status, shown]).toEqual([
      201,
      {
        id: expect.stringMatching(/^key_[\da-f]{16}$/),
        name: 'Shop',
        roles: 'service',
        userId: null,
        createdAt: expect.any(String),
        expiresAt: null,
        lastUsedAt: null,
      },
    ]);
    expect(key).toMatch(/^hf_key_[\w-]{60}$/);
    const listed = await call(`${system.queryApi.url}/api-keys`, { token: staff.token });
    expect(listed).toMatchObject({ status: 200, body: { apiKeys: expect.arrayContaining([shown]) } });
    expect(JSON.stringify(listed.body)).not.toContain(key);
    const { rows } = await pool.query('select * from api_keys');
    expect(JSON.stringify(rows)).not.toContain(key);
  });

  it('is made and listed by nobody but staff, with a name, a role, and an end that is to come', async () => {
    const forbidden = { status: 403, body: { code: 'FORBIDDEN' } };
    const wanted = { name: 'Mine', roles: 'customer' };
    expect(await write('POST', '/api-keys', ann.token, wanted)).toMatchObject(forbidden);
    expect(await write('DELETE', '/api-keys/key_0', ann.token)).toMatchObject(forbidden);
    expect(await call(`${system.queryApi.url}/api-keys`, { token: ann.token })).toMatchObject(forbidden);
    for (const [wrong, field] of [
      [{ ...wanted, name: '' }, 'name'],
      [{ ...wanted, roles: 'owner' }, 'roles'],
      [{ ...wanted, expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    ] as const) {
      const answer = await write('POST', '/api-keys', staff.token, wrong);
      expect(answer).toMatchObject({ status: 422, body: { data: { [field]: expect.any(String) } } });
    }
  });

  it('acts as a user of its own, with its role', async () => {
    const [customer, employee] = [await made('customer'), await made('staff')];
    for (const { key, userId } of [customer, employee]) {
      expect(await statusesOf(key)).toEqual([200, 200, 200]);
      expect(await buy(key, 'own')).toMatchObject({ status: 201 });
      const me = await call(`${system.queryApi.url}/auth/me`, { token: key });
      expect(me.body).toMatchObject({ id: userId, email: null, user_name: null });
      expect(await write('POST', '/auth/me', key, undefined, actingFor(ann.userId))).toMatchObject({
        status: 403,
        body: { code: 'ON_BEHALF_OF_NOT_ALLOWED' },
      });
    }
    expect(await write('POST', '/products', customer.key, { name: 'Mine', price: 1 })).toMatchObject({ status: 403 });
    expect(await write('POST', '/products', employee.key, { name: 'Ours', price: 1 })).toMatchObject({ status: 201 });
  });

  it('with the role service acts for the customer it names: ownership and Idempotency-Keys are theirs', async () => {
    const bob = await register();
    const { id: apiKeyId, key } = await made('service');
    const bought = await buy(key, 'b', { ...actingFor(bob.userId), 'x-request-id': 'by-service' });
    expect(bought).toMatchObject({ status: 201 });
    const again = await buy(bob.token, 'b');
    expect([again.status, again.body]).toEqual([201, bought.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await buy(key, 'b', actingFor(ann.userId))).toMatchObject({ status: 201 });

    const held = await write(
      'POST',
      '/items/prod_lamp/hold',
      key,
      { quantity: 1 },
      {
        ...actingFor(bob.number),
        'idempotency-key': 'h',
      },
    );
    expect(held).toMatchObject({ status: 201 });
    const headers = { 'consistency-token': held.headers.get('consistency-token') ?? '' };
    const own = await call(`${system.queryApi.url}/holds`, { token: bob.token, headers });
    expect(own.body.holds).toHaveLength(1);
    const seen = await call(`${system.queryApi.url}/holds`, { token: key, headers: actingFor(bob.userId) });
    expect(seen.body).toEqual(own.body);

    const { rows } = await pool.query<{ metadata: string }>(
      `select metadata from events where metadata::json ->> 'apiKeyId' = $1`,
      [apiKeyId],
    );
    const users = rows.map(({ metadata }) => (JSON.parse(metadata) as { userId: string }).userId);
    expect(new Set(users)).toEqual(new Set([bob.userId, ann.userId]));
    const line = await until(async () => /^.*by-service.*"msg":"request".*$/m.exec(await logs())?.[0]);
    expect(JSON.parse(line ?? '')).toMatchObject({ userId: bob.userId, apiKeyId });
    expect(await logs()).not.toContain(key);
  });

  it.each([
    ['nobody', {}, 400, 'ON_BEHALF_OF_MISSING'],
    ['somebody who does not exist', actingFor('user_0000000000000000'), 404, 'USER_NOT_FOUND'],
    ['a number that nobody has', actingFor(999_999), 404, 'USER_NOT_FOUND'],
    ['what cannot be a user', actingFor('a b'), 404, 'USER_NOT_FOUND'],
  ])('with the role service is rejected for %s', async (_, headers, status, code) => {
    const { key } = await made('service');
    for (const url of processes) {
      const method = url === system.queryApi.url ? 'GET' : 'POST';
      expect(await call(`${url}/auth/me`, { method, token: key, headers })).toMatchObject({ status, body: { code } });
    }
    expect(await call(`${system.queryApi.url}/items`, { token: key, headers })).toMatchObject({ status: 200 });
  });

  it('with the role service acts for no staff, and no user acts for another', async () => {
    const { key } = await made('service');
    const rejected = { status: 403, body: { code: 'ON_BEHALF_OF_NOT_ALLOWED' } };
    expect(await buy(key, 'k', actingFor(staff.userId))).toMatchObject(rejected);
    for (const { token } of [ann, staff]) expect(await buy(token, 'k', actingFor(ann.userId))).toMatchObject(rejected);
    const promoted = await register();
    expect(await statusesOf(key, actingFor(promoted.userId))).toEqual([200, 200, 200]);
    await system.cli(['users', 'promote', promoted.email]);
    expect(await statusesOf(key, actingFor(promoted.userId))).toEqual([403, 403, 403]);
  });

  it('is worth nothing on any process once it is revoked, nor after Redis lost everything', async () => {
    const [service, customer, stays] = [await made('service'), await made('customer'), await made('customer')];
    const asked = () => Promise.all([statusesOf(service.key, actingFor(ann.userId)), statusesOf(customer.key)]);
    expect(await asked()).toEqual([
      [200, 200, 200],
      [200, 200, 200],
    ]);
    for (const { id } of [service, customer]) {
      expect(await write('DELETE', `/api-keys/${id}`, staff.token)).toMatchObject({ status: 200, body: { id } });
      expect(await write('DELETE', `/api-keys/${id}`, staff.token)).toMatchObject({
        status: 404,
        body: { code: 'API_KEY_NOT_FOUND' },
      });
    }
    const dead = [
      [401, 401, 401],
      [401, 401, 401],
    ];
    expect(await asked()).toEqual(dead);
    const redis = createRedis(system.env['REDIS_URL'] ?? '');
    await untilConnected(redis);
    await redis.flushdb();
    redis.disconnect();
    expect(await asked()).toEqual(dead);
    expect(await statusesOf(stays.key)).toEqual([200, 200, 200]);
    expect(await statusesOf(service.key)).toEqual([401, 401, 401]);
  });

  it('that expired or was made up is no key', async () => {
    const { id, key } = await made('customer', { expiresAt: '2099-01-01T00:00:00Z' });
    await pool.query(`update api_keys set expires_at = now() - interval '1 second' where id = $1`, [id]);
    expect(await statusesOf(key)).toEqual([401, 401, 401]);
    const last = key.at(-1) === 'A' ? 'B' : 'A';
    for (const forged of ['hf_key_', `${key.slice(0, -1)}${last}`, `hf_key_${'A'.repeat(60)}`]) {
      expect(await statusesOf(forged)).toEqual([401, 401, 401]);
    }
  });

  it('is noted when it is used', async () => {
    const { id, key } = await made('customer');
    await statusesOf(key);
    const lastUsed = async (): Promise<string | null> => {
      const { body } = await call(`${system.queryApi.url}/api-keys`, { token: staff.token });
      return (
        (body.apiKeys as { id: string; lastUsedAt: string | null }[]).find((one) => one.id === id)?.lastUsedAt ?? null
      );
    };
    await until(lastUsed, (at) => at !== null);
    const noted = await pool.query(`update api_keys set last_used_at = null where id = $1`, [id]);
    expect(noted.rowCount).toBe(1);
    await statusesOf(key);
    expect(await lastUsed()).toBeNull();
  });

  it('acts for nobody who is disabled, until they are enabled; and they cannot log in', async () => {
    const { key } = await made('service');
    const carol = await register();
    const headers = actingFor(carol.userId);
    expect(await statusesOf(key, headers)).toEqual([200, 200, 200]);
    expect(await statusesOf(carol.token)).toEqual([200, 200, 200]);
    const disabled = await system.cli(['users', 'disable', carol.email]);
    expect(disabled).toMatchObject({ exitCode: 0, stdout: `Disabled ${carol.userId}; ended 1 session.\n` });
    expect(await statusesOf(carol.token)).toEqual([401, 401, 401]);
    expect(await statusesOf(key, headers)).toEqual([403, 403, 403]);
    const logins = () => write('POST', '/auth/login', '', { email: carol.email, password });
    expect(await logins()).toMatchObject({ status: 403, body: { code: 'USER_DISABLED' } });
    const wrong = await write('POST', '/auth/login', '', { email: carol.email, password: 'another' });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'CREDENTIALS_WRONG' } });
    expect(await system.cli(['users', 'enable', carol.email])).toMatchObject({ exitCode: 0 });
    expect(await statusesOf(key, headers)).toEqual([200, 200, 200]);
    expect(await logins()).toMatchObject({ status: 200 });
    expect(await system.cli(['users', 'disable', 'nobody@example.com'])).toMatchObject({ exitCode: 1 });
  });

  it('ends with the user of its own, when that is disabled or erased', async () => {
    for (const how of [['disable'], ['erase', '--yes']] as const) {
      const { key, userId } = await made('staff');
      expect(await statusesOf(key)).toEqual([200, 200, 200]);
      const [verb, ...options] = how;
      expect(await system.cli(['users', verb, userId ?? '', ...options])).toMatchObject({ exitCode: 0 });
      expect(await statusesOf(key)).toEqual([401, 401, 401]);
    }
  });

  it('has a user of its own that is given no password', async () => {
    const { userId } = await made('customer');
    const set = await system.cli(['users', 'set-password', userId ?? '', '--password-stdin'], password);
    expect(set).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('has no login') });
  });

  it('is not made when there are too many', async () => {
    await pool.query(
      `insert into api_keys (id, name, role, key_hash)
       select 'key_' || n, 'x', 'service', sha256(n::text::bytea) from generate_series(1, 200) n`,
    );
    const rejected = await write('POST', '/api-keys', staff.token, { name: 'x', roles: 'service' });
    expect(rejected).toMatchObject({ status: 409, body: { code: 'TOO_MANY_API_KEYS', data: { apiKeysMax: 200 } } });
    await pool.query(`delete from api_keys where name = 'x'`);
  });
});
