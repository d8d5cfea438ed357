// Writes the client's types from docs/openapi.json and docs/guide/errors.md, or with --check tells whether they are current.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';

interface Schema {
  readonly type?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Parameter {
  readonly in: string;
  readonly schema: Schema;
}

interface Answer {
  readonly content?: Readonly<Record<string, unknown>>;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, Answer>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const root = join(import.meta.dirname, '..');
const folder = join(root, 'packages/client/src/generated');
const json = 'application/json';
const head = '// Made by npm run client:types from docs/openapi.json.\n\n';

/** Headers and errors are the client's business alike for all operations; streams are of the same rows. */
function operationForTypes({ responses, parameters = [], ...operation }: Operation) {
  return {
    ...operation,
    parameters: parameters.filter((parameter) => parameter.in !== 'header').map(withNumbers),
    responses: Object.fromEntries(
      Object.entries(responses)
        .filter(([status]) => status.startsWith('2'))
        .map(([status, { content, ...answer }]) => [
          status,
          { ...answer, ...(content?.[json] === undefined ? {} : { content: { [json]: content[json] } }) },
        ]),
    ),
  };
}

/** An id may be a number, and a list of ids an array. */
function withNumbers(parameter: Parameter): object {
  const { pattern = '', ...schema } = parameter.schema;
  if (parameter.in !== 'query' || !/^\^(?:\(\?:)?\\d/.test(pattern)) return parameter;
  const list = { type: 'array', items: { type: 'integer' } };
  const other = pattern.includes('(,') ? list : { type: 'integer' };
  return { ...parameter, schema: { oneOf: [schema, other] } };
}

const mapValues = <Value, Other>(map: Readonly<Record<string, Value>>, change: (value: Value) => Other) =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));

async function typesOf(document: Document): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'holdfast-client-'));
  try {
    const input = { ...document, paths: mapValues(document.paths, (of) => mapValues(of, operationForTypes)) };
    await createClient({
      input: input as unknown as Record<string, unknown>,
      output: { path: scratch, clean: false },
      plugins: ['@hey-api/typescript'],
      logs: { level: 'silent' },
    });
    const text = await readFile(join(scratch, 'types.gen.ts'), 'utf8');
    return head + text.replace(/^\/\/.*\n+/, '').replace(/^export type ClientOptions = \{[^}]*\}[^}]*\};\n+/, '');
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const type = (name: string) => `types.${name}`;

function routesOf({ paths, components }: Document, errorsPage: string): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, parameters = [], requestBody }]) => ({
      route: `${method.toUpperCase()} ${path}`,
      name: operationId.charAt(0).toUpperCase() + operationId.slice(1),
      takes: requestBody !== undefined || parameters.some((parameter) => parameter.in === 'query'),
    })),
  );
  const errors = Object.entries(components.schemas).flatMap(([name, { properties }]) => {
    const [code] = properties?.['code']?.enum ?? [];
    return name.endsWith('Error') && code !== undefined ? [{ code, name }] : [];
  });
  const described = new Set(errors.map(({ code }) => code));
  const codes = [...errorsPage.matchAll(/^\|[^|]+\| `([A-Z_]+)` \|/gm)].map(([, code = '']) => code);
  const bare = operations.filter(({ takes }) => !takes).map(({ route }) => `  '${route}',`);
  return `${head}import type * as types from './types.ts';

/** What each operation takes and answers. */
export interface Routes {
${operations
  .map(({ route, name }) => {
    const data = type(`${name}Data`);
    return `  '${route}': { query: ${data}['query']; body: ${data}['body']; answer: ${type(`${name}Response`)} };`;
  })
  .join('\n')}
}

/** Its method and path. */
export type Route = keyof Routes;

/** They take nothing but what their path names. */
export const bareRoutes: ReadonlySet<string> = new Set<Route>([
${bare.join('\n')}
]);

/** The facts in \`data\` of each error. */
export interface Facts {
${errors.map(({ code, name }) => `  ${code}: ${type(name)}['data'];`).join('\n')}
${[...new Set(codes)]
  .filter((code) => !described.has(code))
  .map((code) => `  ${code}: unknown;`)
  .join('\n')}
}
`;
}

async function checkOrWrite(name: string, text: string): Promise<void> {
  const file = join(folder, name);
  if (!process.argv.includes('--check')) return writeFile(file, text);
  if ((await readFile(file, 'utf8').catch(() => '')) === text) return;
  console.error(
    `The client's ${name} is not what docs/openapi.json says: run npm run client:types, commit the result.`,
  );
  process.exitCode = 1;
}

const document = JSON.parse(await readFile(join(root, 'docs/openapi.json'), 'utf8')) as Document;
const errorsPage = await readFile(join(root, 'docs/guide/errors.md'), 'utf8');
await checkOrWrite('types.ts', await typesOf(document));
await checkOrWrite('routes.ts', routesOf(document, errorsPage));
