import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Holdfast } from '../src/index.ts';

const root = join(import.meta.dirname, '../../..');

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What a method sends when each id is named after its place. */
async function routeOf(call: (...given: unknown[]) => PromiseLike<unknown>, sent: string[]): Promise<string> {
  sent.length = 0;
  await Promise.resolve(call('1', '2')).catch(() => undefined);
  return sent[0] ?? '';
}

describe('the methods of the client', () => {
  it('are all operations of the API', async () => {
    const { paths } = JSON.parse(await readFile(join(root, 'docs/openapi.json'), 'utf8')) as Document;
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const sent: string[] = [];
    const record: typeof fetch = async (url, init) => {
      sent.push(`${init?.method} ${new URL(url).pathname.replace('/api/v1', '')}`);
      return new Response('{}', { status: 422 });
    };
    const holdfast = new Holdfast({ baseUrl: 'http://127.0.0.1', token: 'mine', fetch: record, retries: 0 });
    const resources = Object.values(holdfast) as Record<string, (...given: unknown[]) => PromiseLike<unknown>>[];
    const called = new Set<string>();
    for (const [name, method] of resources.flatMap((resource) => Object.entries(resource)))
      if (name !== 'follow') called.add(await routeOf(method, sent));
    const named = operations.map((operation) => {
      let at = 0;
      return operation.replaceAll(/\{\w+\}/g, () => String((at += 1)));
    });
    // The session refreshes itself.
    expect([...called].toSorted()).toEqual(named.filter((route) => route !== 'POST /auth/refresh').toSorted());
  });
});
