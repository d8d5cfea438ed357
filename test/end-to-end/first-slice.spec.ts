import { makePosition } from '#event-store';
import { ConsistencyTokens } from '#http';
import { call, startSystem, type RunningSystem } from '#dev/testing';

const staff = { email: 'staff@example.com', password: 'staff-password' };
const customer = { email: 'customer@example.com', password: 'customer-password' };

describe('staff create an item and give it units, and anybody sees them', () => {
  let system: RunningSystem;
  let commands: string;
  let queries: string;

  beforeAll(async () => {
    system = await startSystem();
    commands = system.commandApi.url;
    queries = system.queryApi.url;
    for (const [role, { email, password }] of Object.entries({ staff, customer })) {
      const args = ['users', 'create', '--email', email, '--name', role, '--role', role, '--password-stdin'];
      expect(await system.cli(args, password)).toMatchObject({ exitCode: 0 });
    }
  });

  afterAll(() => system.stop());

  async function tokenOf(credentials: { email: string; password: string }): Promise<string> {
    const { body } = await call(`${commands}/api/v1/auth/login`, { body: credentials });
    return body.token as string;
  }

  it('through the whole system: HTTP, event, row, Redis, query', async () => {
    const token = await tokenOf(staff);
    const created = await call(`${commands}/api/v1/products`, {
      token,
      body: { id: 'prod_001', name: '耳機', price: '1299' },
    });
    expect(created).toMatchObject({ status: 201, body: { id: 'prod_001', number: 1, name: '耳機', price: 1299 } });

    const provided = await call(`${commands}/api/v1/stock`, { token, body: { product_id: 1, stock: 50 } });
    expect(provided).toMatchObject({ status: 201, body: { product_id: 'prod_001', stock: 50, quantity: 50 } });

    const consistency = { 'consistency-token': provided.headers.get('consistency-token') ?? '' };
    for (const id of ['prod_001', '1']) {
      expect(await call(`${queries}/api/v1/stock/${id}`, { headers: consistency })).toMatchObject({
        status: 200,
        body: { product_id: 'prod_001', inventory_id: 1, stock: 50, total: 50, taken: 0, revision: 0 },
      });
    }
  });

  it('a repeat with the same Idempotency-Key records nothing and gets the first answer', async () => {
    const token = await tokenOf(staff);
    await call(`${commands}/products`, { token, body: { id: 'prod_twice', name: 'twice', price: 1 } });
    const provide = () =>
      call(`${commands}/stock`, {
        token,
        body: { product_id: 'prod_twice', stock: 5 },
        headers: { 'idempotency-key': 'k' },
      });
    const first = await provide();
    const second = await provide();
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.headers.get('consistency-token')).toBe(first.headers.get('consistency-token'));
    const consistency = { 'consistency-token': second.headers.get('consistency-token') ?? '' };
    const seen = await call(`${queries}/stock/prod_twice`, { headers: consistency });
    expect(seen.body).toMatchObject({ stock: 5, revision: 0 });
  });

  it('an item created again with the same key is the same item, and another cannot take its id', async () => {
    const token = await tokenOf(staff);
    const create = (key: string) =>
      call(`${commands}/products`, { token, body: { name: 'made id', price: 1 }, headers: { 'idempotency-key': key } });
    const first = await create('one');
    expect(await create('one')).toMatchObject({ status: 201, body: first.body });
    expect((await create('two')).body).not.toMatchObject({ id: first.body.id });
    const taken = await call(`${commands}/products`, { token, body: { id: first.body.id, name: 'x', price: 1 } });
    expect(taken).toMatchObject({ status: 409, body: { code: 'ID_TAKEN' } });
  });

  it('customers may not, and nobody may without a token', async () => {
    const body = { product_id: 1, stock: 1 };
    expect(await call(`${commands}/stock`, { body })).toMatchObject({ status: 401, body: { code: 'TOKEN_MISSING' } });
    expect(await call(`${commands}/stock`, { body, token: 'x.y.z' })).toMatchObject({
      status: 401,
      body: { code: 'TOKEN_INVALID' },
    });
    const token = await tokenOf(customer);
    expect(await call(`${commands}/stock`, { body, token })).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
  });

  it('a wrong password and an unknown address are rejected alike, in the caller’s language', async () => {
    const headers = { 'accept-language': 'zh-TW' };
    for (const email of [staff.email, 'nobody@example.com']) {
      const answer = await call(`${commands}/auth/login`, { body: { email, password: 'wrong' }, headers });
      expect(answer).toMatchObject({
        status: 401,
        body: { statusMessage: '電子郵件或密碼錯誤', code: 'CREDENTIALS_WRONG' },
      });
    }
  });

  it('what does not exist is 404, whatever its id looks like', async () => {
    for (const id of ['prod_none', '999', '%00', 'a%20b', 'x'.repeat(200)]) {
      expect(await call(`${queries}/stock/${id}`)).toMatchObject({ status: 404, body: { code: 'ITEM_NOT_FOUND' } });
    }
    const token = await tokenOf(staff);
    const answer = await call(`${commands}/stock`, { token, body: { product_id: 'prod_none', stock: 1 } });
    expect(answer).toMatchObject({ status: 404, body: { code: 'ITEM_NOT_FOUND' } });
  });

  it('a consistency token that nobody here made is rejected', async () => {
    const write = { position: makePosition('elsewhere', 1n), stream: 'stock-x' };
    const unsigned = Buffer.from(`${write.position} ${write.stream}`).toString('base64url');
    const ofAnotherStore = new ConsistencyTokens(system.env['HOLDFAST_ID_SECRET'] ?? '').encode(write);
    for (const token of ['zzz', unsigned, ofAnotherStore]) {
      const answer = await call(`${queries}/stock/prod_001`, { headers: { 'consistency-token': token } });
      expect(answer).toMatchObject({ status: 400, body: { code: 'TOKEN_FOREIGN' } });
    }
  });

  it('each service answers whether it lives, whether it is ready, and with its numbers', async () => {
    for (const { url } of [system.commandApi, system.queryApi, system.projector]) {
      expect(await call(`${url}/health/live`)).toMatchObject({ status: 200 });
      expect(await call(`${url}/health/ready`)).toMatchObject({ status: 200, body: { degraded: [] } });
      expect(await (await fetch(`${url}/metrics`)).text()).toContain('holdfast_http_request_seconds');
    }
  });

  it('a service stops at once and in order when it is asked to', async () => {
    const { child } = await system.start('query-api');
    await child.stop();
    expect(child.exit).toEqual({ code: 0, signal: null });
  });
});
