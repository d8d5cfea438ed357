import { readFile } from 'node:fs/promises';

interface Schema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, { readonly example?: unknown }>>;
}

interface Documented {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: { readonly $ref: string } }> };
}

interface Document {
  readonly paths: Record<string, Record<string, Documented>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

/** One operation of the API, with what a request to it is made of. */
export interface Operation {
  readonly name: string;
  readonly service: 'commandApi' | 'queryApi';
  readonly method: string;
  readonly path: string;
  readonly segments: readonly string[];
  readonly queries: readonly string[];
  readonly fields: readonly string[];
  /** A body of which every field that is needed is right; undefined for an operation without a body. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly takesForm: boolean;
}

const form = 'application/x-www-form-urlencoded';
// Requirement 001's spellings, which the document mentions in sentences only.
const aliases = [
  { alias: 'GET /login', of: 'POST /auth/login' },
  { alias: 'GET /refresh', of: 'POST /auth/refresh' },
];

/** Every operation of both APIs, as the document lists them. */
export async function allOperations(): Promise<readonly Operation[]> {
  const document = JSON.parse(await readFile('docs/openapi.json', 'utf8')) as Document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, documented]) =>
      operationOf(document, method.toUpperCase(), path, documented),
    ),
  );
  const aliased = aliases.flatMap(({ alias, of }) => {
    const [method = '', path = ''] = alias.split(' ');
    return operations.filter(({ name }) => name === of).map((one) => ({ ...one, name: alias, method, path }));
  });
  return [...operations, ...aliased];
}

function operationOf(document: Document, method: string, path: string, documented: Documented): Operation {
  const named = (place: string) =>
    documented.parameters?.filter((parameter) => parameter.in === place).map(({ name }) => name) ?? [];
  const content = documented.requestBody?.content;
  const schema = content && schemaOf(document, content['application/json']?.schema.$ref ?? '');
  const needed = schema?.required?.map((name) => [name, schema.properties?.[name]?.example ?? 1] as const) ?? [];
  return {
    name: `${method} ${path}`,
    service: method === 'GET' ? 'queryApi' : 'commandApi',
    method,
    path,
    segments: named('path'),
    queries: named('query'),
    fields: Object.keys(schema?.properties ?? {}),
    body: schema && Object.fromEntries(needed),
    takesForm: content !== undefined && form in content,
  };
}

function schemaOf({ components }: Document, reference: string): Schema {
  const schema = components.schemas[reference.split('/').at(-1) ?? ''];
  if (schema === undefined) throw new Error(`the document has no schema ${reference}`);
  return schema;
}
