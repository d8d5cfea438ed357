import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

function run(...args: readonly string[]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stderr };
}

interface Operation {
  readonly requestBody?: { readonly required: boolean };
  readonly security?: readonly object[];
  readonly responses: Record<string, { readonly description: string; readonly headers?: object }>;
}

/** What no operation rejects by itself. */
const ofBodies = ['BODY_MALFORMED', 'BODY_TOO_LARGE', 'CONTENT_TYPE_UNSUPPORTED', 'TOO_MANY_VALUES'];
const ofKeys = ['IDEMPOTENCY_KEY_INVALID', 'KEY_IN_FLIGHT', 'KEY_REUSED'];
const ofEdge = [...ofBodies, ...ofKeys, 'HEADERS_TOO_LARGE', 'RATE_LIMITED'];
/** Who they are is what they ask, or they are to be heard whatever else they did: a key means nothing there. */
const withoutKeys = ['post /auth/me', 'post /auth/logout', 'delete /auth/sessions', 'delete /auth/sessions/{id}'];

async function allOperations(): Promise<readonly (Operation & { readonly name: string })[]> {
  const { paths } = JSON.parse(await readFile('docs/openapi.json', 'utf8')) as {
    paths: Record<string, Record<string, Operation>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
  );
}

describe('what the documents say', () => {
  it('of the API is what the services declare', () => {
    expect(run('scripts/openapi.js', '--check')).toEqual({ status: 0, stderr: '' });
  });

  it('of the settings is what the code reads', () => {
    expect(run('--conditions=source', 'scripts/readme-settings.ts', '--check')).toEqual({ status: 0, stderr: '' });
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
          ...(writes && security !== undefined && !withoutKeys.includes(name) ? ofKeys : []),
          'HEADERS_TOO_LARGE',
          'RATE_LIMITED',
        ].toSorted(),
      ]);
    }
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
    }
  });

  it('of every operation includes how it rejects, in the one envelope', async () => {
    const { paths } = JSON.parse(await readFile('docs/openapi.json', 'utf8')) as {
      paths: Record<string, Record<string, { summary?: string; responses: Record<string, { content?: object }> }>>;
    };
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, { summary, responses }] of Object.entries(operations)) {
        const rejections = Object.entries(responses).filter(([status]) => Number(status) >= 400);
        const told = { summary: summary !== undefined, rejections: rejections.map(([status]) => status) };
        expect([method, path, told]).toEqual([
          method,
          path,
          { summary: true, rejections: expect.arrayContaining(['500', '503']) },
        ]);
        expect(JSON.stringify(rejections.map(([, { content }]) => content)).match(/ErrorEnvelope/g)).toHaveLength(
          rejections.length,
        );
      }
    }
  });
});
