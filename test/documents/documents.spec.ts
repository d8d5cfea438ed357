import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

function run(...args: readonly string[]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stderr };
}

interface Operation {
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Record<string, { readonly example?: object }>;
  };
  readonly security?: readonly object[];
  readonly parameters?: readonly object[];
  readonly summary?: string;
  readonly description?: string;
  readonly responses: Record<
    string,
    {
      readonly description: string;
      readonly headers?: object;
      readonly content?: Record<string, { readonly examples?: object }>;
    }
  >;
}

interface Schema {
  readonly properties?: Record<string, { readonly type?: string; readonly format?: string }>;
}

interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly schemas: Record<string, Schema>;
    readonly examples: Record<string, { readonly value: object }>;
  };
}

/** What no operation rejects by itself. */
const ofBodies = ['BODY_MALFORMED', 'BODY_TOO_LARGE', 'CONTENT_TYPE_UNSUPPORTED', 'TOO_MANY_VALUES'];
const ofKeys = ['IDEMPOTENCY_KEY_INVALID', 'KEY_IN_FLIGHT', 'KEY_REUSED'];
const ofEdge = [...ofBodies, ...ofKeys, 'HEADERS_TOO_LARGE', 'RATE_LIMITED'];
/** Who they are is what they ask, or they are to be heard whatever else they did: a key means nothing there. */
const withoutKeys = [
  'post /auth/me',
  'post /auth/logout',
  'delete /auth/sessions',
  'delete /auth/sessions/{id}',
  'post /api-keys',
  'post /auth/password-resets',
];

async function document(): Promise<Document> {
  return JSON.parse(await readFile('docs/openapi.json', 'utf8')) as Document;
}

async function allOperations(): Promise<readonly (Operation & { readonly name: string })[]> {
  const { paths } = await document();
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
  );
}

describe('what the documents say', () => {
  it('of the API and its errors is what the services declare', () => {
    expect(run('scripts/openapi.js', '--check')).toEqual({ status: 0, stderr: '' });
  });

  it('of the API and its errors is what the types of the client say', () => {
    expect(run('scripts/client-types.ts', '--check')).toEqual({ status: 0, stderr: '' });
  });

  it('of the API passes the schema of OpenAPI and the recommended rules of Redocly', () => {
    expect(run('scripts/lint-openapi.js')).toEqual({ status: 0, stderr: '' });
  });

  it('of the settings is what the code reads', () => {
    expect(run('--conditions=source', 'scripts/language-choices.ts', '--check')).toEqual({ status: 0, stderr: '' });
    expect(run('--conditions=source', 'scripts/settings-document.ts', '--check')).toEqual({ status: 0, stderr: '' });
  });

  it('of a body says that it is needed where one of its fields is', async () => {
    const needed = (await allOperations()).flatMap(({ name, requestBody }) =>
      requestBody === undefined ? [] : [[name, requestBody.required]],
    );
    expect(Object.fromEntries(needed)).toMatchObject({
      'post /items/{id}/purchase': false,
      'post /items/{id}/hold': false,
      'post /items/purchases': true,
      'post /holds/{id}/confirm': false,
      'post /stock': true,
      'post /auth/login': true,
    });
  });

  it('of every operation includes what its method, its body and its token bring with them, and that it is limited', async () => {
    for (const { name, security, responses } of await allOperations()) {
      const writes = !name.startsWith('get ');
      const told = Object.values(responses)
        .flatMap(({ description }) => description.split(', '))
        .filter((code) => ofEdge.includes(code));
      expect([name, told.toSorted()]).toEqual([
        name,
        [
          ...(writes ? ofBodies : []),
          ...(writes && security?.length !== 0 && !withoutKeys.includes(name) ? ofKeys : []),
          'HEADERS_TOO_LARGE',
          'RATE_LIMITED',
        ].toSorted(),
      ]);
    }
  });

  it('of a body shows one that can be sent as it is', async () => {
    const bodies = (await allOperations()).flatMap(({ name, requestBody }) =>
      Object.values(requestBody?.content ?? {}).map(({ example }) => ({ name, example })),
    );
    const login = { email: 'user@example.com', password: 'correct horse battery' };
    expect(bodies.filter(({ name }) => name === 'post /auth/login').map(({ example }) => example)).toEqual([
      login,
      login,
    ]);
    expect(bodies.filter(({ example }) => example === undefined)).toEqual([]);
  });

  it('of an id in a path says what it is of, with one that the demo has', async () => {
    const { parameters } = (await allOperations()).find(({ name }) => name === 'get /slots/{id}') ?? {};
    expect(parameters).toContainEqual(expect.objectContaining({ description: 'Number of the slot', example: '1' }));
  });

  it('of every answer includes the headers that it comes with', async () => {
    const headersOf = async (wanted: string, status: number) => {
      const operation = (await allOperations()).find(({ name }) => name === wanted);
      return Object.keys(operation?.responses[status]?.headers ?? {}).filter((name) => !name.startsWith('RateLimit-'));
    };
    const recorded = ['Consistency-Token', 'Idempotency-Replayed'];
    expect(await headersOf('post /items/{id}/hold', 201)).toEqual(['Location', ...recorded]);
    expect(await headersOf('post /items/{id}/purchase', 201)).toEqual(recorded);
    expect(await headersOf('put /user/profile', 200)).toEqual(['Idempotency-Replayed']);
    for (const status of [200, 304]) expect(await headersOf('get /items/{id}', status)).toEqual(['ETag']);
    for (const { name, responses } of await allOperations()) {
      expect(responses['503']?.headers).toHaveProperty('Retry-After');
      const tellsOfRate = 'RateLimit-Reset' in (responses['429']?.headers ?? {});
      expect([name, tellsOfRate]).toEqual([name, true]);
      const errors = Object.entries(responses).filter(([status]) => Number(status) >= 400);
      const silent = errors
        .filter(([, { headers = {} }]) => !('Content-Language' in headers))
        .map(([status]) => status);
      expect([name, silent]).toEqual([name, []]);
    }
  });

  it('of every operation includes what it does, and an example of each code that it rejects with', async () => {
    const { examples } = (await document()).components;
    for (const { name, summary, description, responses } of await allOperations()) {
      const rejections = Object.entries(responses).filter(([status]) => Number(status) >= 400);
      expect([name, summary, description, rejections.map(([status]) => status)]).toEqual([
        name,
        expect.stringMatching(/./),
        expect.stringMatching(/\.$/),
        expect.arrayContaining(['500', '503']),
      ]);
      for (const [status, response] of rejections) {
        const codes = response.description.split(', ');
        expect(Object.keys(response.content?.['application/json']?.examples ?? {})).toEqual(codes);
        const values = codes.map((code) => examples[code]?.value);
        expect(values).toEqual(codes.map((code) => expect.objectContaining({ code, statusCode: Number(status) })));
      }
    }
  });

  it('of a number says that it is whole, and of a time that it is one', async () => {
    const { schemas } = (await document()).components;
    const properties = Object.entries(schemas).flatMap(([schema, { properties: named = {} }]) =>
      Object.entries(named).map(([name, { type, format }]) => ({ name: `${schema}.${name}`, type, format })),
    );
    const numbers = properties.filter(({ type }) => type === 'number');
    expect(numbers.map(({ name }) => name)).toEqual([
      'ProjectionRunAnswer.progress',
      'ProjectionAnswer.lagSeconds',
      'ProjectionAnswer.eventsPerSecond',
      'ExpiryAnswer.oldestSeconds',
    ]);
    const texts = properties.filter(
      ({ name, type, format }) => type === 'string' && /(?:At|_at)$/.test(name) && !format,
    );
    expect(texts).toEqual([]);
    expect(properties).toContainEqual({ name: 'HoldAnswer.expiresAt', type: 'string', format: 'date-time' });
  });
});
