import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventStoreMigrations } from '#event-store/postgres';
import { createPool, type Pool } from '#platform';
import { run } from '#dev/servers';
import { call, KeyPublisher, startReceiver, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';
import { databaseMigrations } from '../../apps/cli/migrations.ts';
import { databaseRights, eventStoreRights } from '../../apps/cli/roles/rights.ts';
import { psql, startPostgresWithRoles, type PostgresWithRoles, type Role } from './roles/start-postgres-with-roles.ts';

const password = 'correct horse battery';
const denied = { code: '42501' };
const withPsql = psql === undefined ? describe.skip : describe;
if (psql === undefined)
  process.stderr.write('\nSKIPPED, so nobody has tried it: the roles. There is no psql on PATH.\n\n');

describe('the rights of the roles of services', () => {
  it('are decided for every table and sequence that the migrations make', () => {
    const made = (migrations: readonly { sql: string }[]): string[] =>
      migrations.flatMap(({ sql }) =>
        [...sql.matchAll(/create (?:table|sequence) (\w+)/g)].map(([, name = '']) => name),
      );
    expect(Object.keys(databaseRights).toSorted()).toEqual(['migrations', ...made(databaseMigrations)].toSorted());
    expect(Object.keys(eventStoreRights).toSorted()).toEqual(made(eventStoreMigrations).toSorted());
  });
});

withPsql('an installation whose services have roles of their own', () => {
  let postgres: PostgresWithRoles;
  let system: RunningSystem;
  let issuer: KeyPublisher;
  let staff: string;
  const pools = new Map<Role, Pool>();

  beforeAll(async () => {
    postgres = await startPostgresWithRoles();
    const settingsOf = (role: Role): NodeJS.ProcessEnv => ({
      DATABASE_URL: postgres.urlOf(role),
      EVENTSTORE_URL: postgres.urlOf(role),
    });
    const own = {
      'command-api': settingsOf('command_api'),
      'query-api': settingsOf('query_api'),
      projector: settingsOf('projector'),
    };
    issuer = await KeyPublisher.start();
    const settings = {
      HOLDFAST_WEBHOOK_PRIVATE_ADDRESSES: 'true',
      HOLDFAST_JOURNAL: 'true',
      HOLDFAST_ISSUERS: JSON.stringify([{ issuer: issuer.issuer, audience: 'shop' }]),
    };
    system = await startSystem({ ...settingsOf('migrate'), ...settings }, own);
    const email = 'staff@example.com';
    const args = ['users', 'create', '--email', email, '--name', 'Staff', '--role', 'staff', '--password-stdin'];
    expect(await system.cli(args, password)).toMatchObject({ exitCode: 0 });
    const { body } = await call(`${system.commandApi.url}/auth/login`, { body: { email, password } });
    staff = body.token as string;
  });

  afterAll(async () => {
    await Promise.all([...pools.values()].map((pool) => pool.end()));
    await system.stop();
    await issuer.stop();
    await postgres.stop();
  });

  function as(role: Role, sql: string): Promise<unknown> {
    const pool = pools.get(role) ?? createPool({ url: postgres.urlOf(role), connectionsMax: 1, name: 'test' });
    pools.set(role, pool);
    return pool.query(sql);
  }

  function send(method: string, path: string, body: unknown, token = staff): Promise<Answer> {
    const headers = { 'idempotency-key': randomUUID() };
    return call(`${system.commandApi.url}${path}`, { method, token, body, headers });
  }

  /** The CLI where the projector runs, as in `docker compose exec projector`. */
  function cliOfProjector(args: readonly string[]): Promise<string> {
    const url = postgres.urlOf('projector');
    const env = { ...system.env, DATABASE_URL: url, EVENTSTORE_URL: url };
    return run(process.execPath, ['dist/apps/cli/main.js', ...args], { env });
  }

  async function sold(id: string): Promise<Answer> {
    await send('POST', '/api/v1/products', { id, name: id, price: 1 });
    await send('POST', '/api/v1/stock', { product_id: id, stock: 3 });
    return send('POST', `/api/v1/items/${id}/purchase`, {});
  }

  function seen(path: string, { headers }: Answer): Promise<Answer> {
    const token = headers.get('consistency-token') ?? '';
    return call(`${system.queryApi.url}/api/v1${path}`, {
      method: 'GET',
      headers: { 'consistency-token': token },
      token: staff,
    });
  }

  it('sells, holds, and shows what is left', async () => {
    const purchase = await sold('prod_roles');
    expect(purchase).toMatchObject({ status: 201, body: { remaining: 2 } });
    expect(await seen('/items/prod_roles', purchase)).toMatchObject({ status: 200, body: { stock: 2 } });
    const { body: slot } = await send('POST', '/api/v1/slots', { id: 700, capacity: 1 });
    expect((await send('POST', '/api/v1/slots', { capacity: 1 })).body.slot_id).toBe(701);
    const held = await send('POST', `/api/v1/slots/${slot.slot_id}/hold`, {});
    expect(held).toMatchObject({ status: 201 });
    expect(await seen('/admin/projections', held)).toMatchObject({ status: 200 });
    const events = await until(
      () => seen('/admin/events?type=UnitsHeld', held),
      ({ status }) => status !== 503,
    );
    expect(events).toMatchObject({ status: 200, body: { total: 1 } });
  });

  it('delivers webhooks, rotates their secrets, replays and deletes', async () => {
    const receiver = await startReceiver();
    const created = await send('POST', '/api/v1/webhooks', { url: receiver.url, events: ['purchase.made'] });
    expect(created).toMatchObject({ status: 201 });
    const path = `/api/v1/webhooks/${created.body.id}`;
    await sold('prod_told');
    const [told] = await until(
      () => receiver.received,
      ({ length }) => length === 1,
    );
    const listed = () => call(`${system.queryApi.url}${path}/deliveries`, { method: 'GET', token: staff });
    // The result of an attempt that is under way when its delivery is replayed is not listed.
    await until(listed, ({ body }) => body.deliveries[0].status === 'delivered');
    expect(await send('POST', `${path}/secret`, {})).toMatchObject({ status: 200 });
    const replay = `${path}/deliveries/${String(told?.headers['webhook-id'])}/replay`;
    expect(await send('POST', replay, undefined)).toMatchObject({ status: 202 });
    await until(
      () => receiver.received,
      ({ length }) => length === 2,
    );
    await until(listed, ({ body }) => body.deliveries[0].attempts.length === 2);
    expect(await send('POST', `${path}/deliveries/replay`, undefined)).toMatchObject({ status: 202 });
    expect(await send('PATCH', path, { status: 'enabled' })).toMatchObject({ status: 200 });
    expect(await send('DELETE', path, undefined)).toMatchObject({ status: 200 });
    await receiver.close();
  });

  it('registers people, keeps their profiles, logs them out', async () => {
    const registered = await call(`${system.commandApi.url}/auth/register`, {
      body: { email: 'ann@example.com', password, name: 'Ann', phone: '0912345678' },
    });
    expect(registered).toMatchObject({ status: 200 });
    const { token, refreshToken } = registered.body;
    expect(await send('PUT', '/user/profile', { name: 'Anne' }, token)).toMatchObject({ status: 200 });
    expect(await send('POST', '/auth/refresh', {}, refreshToken)).toMatchObject({ status: 200 });
    const asked = () => call(`${system.queryApi.url}/user/profile`, { method: 'GET', token });
    expect(await asked()).toMatchObject({ status: 200, body: { name: 'Anne' } });
    expect(await send('POST', '/auth/logout', {}, token)).toMatchObject({ status: 200 });
    expect(await asked()).toMatchObject({ status: 401 });
  });

  it('makes users of outside issuers when they read, and when they write, but none with a login', async () => {
    const reader = await issuer.token({ sub: 'reader' });
    expect(await call(`${system.queryApi.url}/auth/me`, { token: reader })).toMatchObject({ status: 200 });
    const writer = await issuer.token({ sub: 'writer' });
    expect(await send('POST', '/auth/me', {}, writer)).toMatchObject({ status: 200 });
    const insert = 'insert into users (id, name, role, password_hash)';
    await expect(as('query_api', `${insert} values ('user_x', 'X', 'staff', 'x')`)).rejects.toMatchObject(denied);
  });

  it('makes an API key, takes it, notes its use, lists and revokes it', async () => {
    const made = await send('POST', '/api-keys', { name: 'Shop', roles: 'staff' });
    expect(made).toMatchObject({ status: 201 });
    const list = () => call(`${system.queryApi.url}/api-keys`, { token: made.body.key });
    const listed = await until(list, ({ body }) => body.apiKeys[0]?.lastUsedAt !== null);
    expect(listed.body.apiKeys).toMatchObject([{ id: made.body.id }]);
    expect(await send('DELETE', `/api-keys/${made.body.id}`, undefined)).toMatchObject({ status: 200 });
    expect(await list()).toMatchObject({ status: 401 });
  });

  it('rebuilds and verifies where the projector runs, and goes on with what was rebuilt', async () => {
    await sold('prod_before');
    expect(await cliOfProjector(['projections', 'rebuild', '--all'])).toContain('generation 2 is live');
    const purchase = await sold('prod_after');
    expect(await seen('/items/prod_after', purchase)).toMatchObject({ status: 200, body: { stock: 2 } });
    expect(await cliOfProjector(['projections', 'verify', '--all'])).not.toContain('differences');
    expect(await cliOfProjector(['stock', 'sync'])).not.toBe('');
  });

  it('verifies, migrates again, and erases people with the role that migrates, which is told that it cannot rebuild', async () => {
    expect(await system.cli(['migrate'])).toMatchObject({ exitCode: 0 });
    const args = ['users', 'create', '--email', 'bob@example.com', '--name', 'Bob', '--password-stdin'];
    expect(await system.cli(args, password)).toMatchObject({ exitCode: 0 });
    expect(await system.cli(['users', 'erase', 'bob@example.com', '--yes'])).toMatchObject({ exitCode: 0 });
    expect(await system.cli(['projections', 'verify', '--all'])).toMatchObject({ exitCode: 0 });
    expect(await system.cli(['projections', 'rebuild', '--all'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(
        "belongs to the role holdfast_projector, not to holdfast_migrate: rebuild with the projector's settings",
      ),
    });
  });

  it.each<[Role, string]>([
    ['command_api', 'create table mine ()'],
    ['command_api', 'update events set data = data'],
    ['command_api', 'drop table users'],
    ['command_api', 'insert into migrations values (0)'],
    ['query_api', 'create table mine ()'],
    ['query_api', 'create temporary table mine ()'],
    ['query_api', `update users set role = 'staff'`],
    ['query_api', `delete from sessions`],
    ['query_api', `update api_keys set role = 'staff'`],
    ['query_api', 'select from events'],
    ['query_api', 'select from login_attempts'],
    ['query_api', 'select password_hash from users'],
    ['query_api', 'select * from users'],
    ['query_api', 'select refresh_hash from sessions'],
    ['query_api', 'select from webhook_secrets'],
    ['query_api', 'update webhooks set url = url'],
    ['projector', 'select from users'],
    ['projector', 'update webhook_secrets set secret = secret'],
    ['projector', 'insert into events select * from events'],
    ['projector', 'drop table events'],
    ['migrate', 'create role mine'],
    ['migrate', 'update events set data = data'],
  ])('does not let %s %s', async (role, sql) => {
    await expect(as(role, sql)).rejects.toMatchObject(denied);
  });

  it('lacks no right that anything it did by itself would have needed', async () => {
    const names = (await readdir(system.directory)).filter((name) => name.endsWith('.log'));
    expect(names.length).toBeGreaterThanOrEqual(3);
    for (const name of names) {
      expect(await readFile(join(system.directory, name), 'utf8')).not.toContain('permission denied');
    }
  });

  it('has no role that is above the rights, and sets passwords anew when the roles are made again', async () => {
    const { rows } = (await as(
      'migrate',
      `select from pg_roles where rolname like 'holdfast\\_%' and (rolsuper or rolcreaterole or rolbypassrls)`,
    )) as { rows: unknown[] };
    expect(rows).toEqual([]);
    expect(await postgres.makeRoles({ QUERY_API_DATABASE_PASSWORD: `it's "new"` })).not.toContain('ERROR');
    const pool = createPool({ url: postgres.urlOf('query_api', `it's "new"`), connectionsMax: 1, name: 'test' });
    await expect(pool.query('select')).resolves.toBeDefined();
    await pool.end();
    await postgres.makeRoles();
  });
});
