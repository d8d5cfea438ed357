import { call, startSystem, type Answer, type RunningSystem } from '#dev/testing';
import { allOperations, type Operation } from './operations.ts';
import { staffToken } from './staff-token.ts';

/** Beyond what PostgreSQL's bigint, JavaScript and anything else can count. */
const digits = [19, 20, 39, 400].map((count) => '9'.repeat(count));
const operations = await allOperations();

describe('a number of nineteen digits and more', () => {
  let system: RunningSystem;
  let token: string;

  beforeAll(async () => {
    system = await startSystem({ HOLDFAST_JOURNAL: 'true' });
    token = await staffToken(system);
    await call(`${system.commandApi.url}/products`, { token, body: { id: 'known', name: 'x', price: 1 } });
  });

  afterAll(() => system.stop());

  interface Ask {
    readonly id?: string;
    readonly query?: string;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }

  async function ask({ service, method, path, body }: Operation, asked: Ask): Promise<Answer> {
    const { id = 'known', query = '', headers = {} } = asked;
    const sent = asked.body ?? (body && JSON.stringify(body));
    const answer = await fetch(`${system[service].url}${path.replace(/\{\w+\}/g, id)}${query}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID(), ...headers, ...json(sent) },
      ...(sent === undefined ? {} : { body: sent }),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  }

  function json(sent: string | undefined): Record<string, string> {
    return sent === undefined ? {} : { 'content-type': 'application/json' };
  }

  const notFound =
    /^((ITEM|PURCHASE|CATEGORY|SLOT|HOLD|ORDER|INVENTORY|LEND|SESSION|API_KEY|PASSWORD_RESET|WEBHOOK|DELIVERY|REQUEST|ACCEPTANCE|EVENT|PROJECTION|RUN)_NOT_FOUND|STREAM_NOT_PARKED)$/;
  const named = operations.filter(({ segments }) => segments.length > 0);
  it.each(named)('names nothing, in the path of $name', async (operation) => {
    for (const id of digits) {
      const { status, body } = await ask(operation, { id });
      expect([status, body.code]).toEqual([404, expect.stringMatching(notFound)]);
    }
  });

  // PostgreSQL's text has none.
  it.each(named)('names nothing, like an id with NUL, in the path of $name', async (operation) => {
    for (const id of ['%00', 'known%00']) {
      const { status, body } = await ask(operation, { id });
      expect([status, body.code]).toEqual([404, expect.stringMatching(notFound)]);
    }
  });

  // Any text is one that can be looked for.
  const takeText = new Set(['search', 'tags', 'orderNumber', 'reference', 'stream', 'correlationId']);
  const queried = operations.filter(({ queries }) => queries.length > 0);
  it.each(queried)('is rejected with the name of its parameter, in the query of $name', async (operation) => {
    for (const name of operation.queries.filter((each) => !takeText.has(each))) {
      for (const given of digits) {
        const { status, body } = await ask(operation, { query: `?${name}=${given}` });
        // An operation may require another parameter besides.
        expect([status, body.data]).toEqual([422, expect.objectContaining({ [name]: expect.any(String) })]);
      }
    }
  });

  // Requirement 001's GET with a body cannot be sent by fetch; it is served as the POST that it stands for.
  const written = operations.filter(({ fields, method }) => fields.length > 0 && method !== 'GET');
  it.each(written)('is rejected with the name of its field, in the body of $name', async (operation) => {
    for (const name of operation.fields) {
      for (const given of digits) {
        const body = JSON.stringify({ ...operation.body, [name]: 'given' }).replace(
          `"${name}":"given"`,
          `"${name}":${given}`,
        );
        const answer = await ask(operation, { body });
        expect([name, answer.status, answer.body.data]).toMatchObject([name, 422, { [name]: expect.any(String) }]);
      }
    }
  });

  const consistent = operations.filter(({ service }) => service === 'queryApi');
  it.each(consistent)('is no failure of ours in a token or tag sent with $name', async (operation) => {
    for (const given of digits) {
      const headers = { 'consistency-token': given, 'if-none-match': given };
      expect((await ask(operation, { headers })).status).toBeLessThan(500);
    }
  });

  it('in a cursor is a place in no list', async () => {
    for (const given of digits) {
      for (const [path, list] of [
        ['/items', 'items'],
        ['/slots/availability', 'slots'],
        ['/inventories', 'inventories'],
        ['/inventories/1/items', 'inventory-items'],
        ['/provides', 'provides'],
        ['/stock/known/history', 'movements'],
        ['/products/known/history', 'product-history'],
        ['/requests', 'requests'],
      ] as const) {
        const cursor = Buffer.from(`${list} ${given}`).toString('base64url');
        const answer = await call(`${system.queryApi.url}${path}?cursor=${cursor}`, { token });
        expect(answer).toMatchObject({ status: 422, body: { data: { cursor: expect.any(String) } } });
      }
    }
  });
});
