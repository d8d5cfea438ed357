import { STATUS_CODES } from 'node:http';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { ErrorCode } from '../errors/codes.ts';
import { tags } from './about.ts';
import { addHeaderComponents, completeHeaders } from './answer-headers.ts';
import { bodyExample } from './body-examples.ts';
import { addErrorComponents } from './error-components.ts';
import { addFormats, asText } from './formats.ts';
import { pathParameter } from './path-parameters.ts';
import { codesOf, rejectsToo, type Operation } from './rejects.ts';

type PathItem = OpenAPIObject['paths'][string];

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const satisfies readonly (keyof PathItem)[];

const ofBodies = ['BODY_MALFORMED', 'BODY_TOO_LARGE', 'TOO_MANY_VALUES', 'CONTENT_TYPE_UNSUPPORTED'] as const;

/** Completes a document: adds what follows from the declarations of each operation, and what applies to all. */
export function complete(document: OpenAPIObject): OpenAPIObject {
  const components = (document.components ??= {});
  const codes = new Set<ErrorCode>();
  const used = new Set<string>();
  addFormats(components);
  for (const [name, path] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = path[method];
      if (operation === undefined) continue;
      for (const tag of operation.tags ?? []) used.add(tag);
      completeSecurity(operation);
      completeParameters(name, operation);
      rejectsToo(operation, ['HEADERS_TOO_LARGE']);
      // Also for operations without a body: a body that is sent is parsed first.
      if (method !== 'get') rejectsToo(operation, [...ofBodies, 'VALIDATION_FAILED']);
      completeBody(document, operation);
      rejectsToo(operation, ['RATE_LIMITED']);
      if (operation.security?.length !== 0) rejectsToo(operation, ['ISSUER_UNAVAILABLE']);
      completeHeaders(operation);
      completeUnmodified(operation);
      completeCallbacks(operation);
      completeDescriptions(operation);
      for (const code of allCodesOf(operation)) codes.add(code);
    }
  }
  addErrorComponents(components, codes);
  addHeaderComponents(components);
  document.tags = Object.entries(tags).flatMap(([name, description]) =>
    used.has(name) ? [{ name, description }] : [],
  );
  document.paths = sorted(document.paths);
  return document;
}

/** An operation without any declaration is public. One that is declared twice, by its controller too, is still one. */
function completeSecurity(operation: Operation): void {
  operation.security = operation.security === undefined ? [] : operation.security.slice(0, 1);
}

function completeParameters(path: string, { parameters = [] }: Operation): void {
  for (const parameter of parameters) {
    if (!('in' in parameter)) continue;
    const schema = asText(parameter.schema);
    if (parameter.in === 'query' && schema !== undefined) parameter.schema = schema;
    // A list is one text, separated by commas.
    if (schema !== undefined && 'type' in schema && schema.type === 'array') parameter.explode = false;
    if (parameter.in === 'path') Object.assign(parameter, pathParameter(path, parameter.name));
  }
}

/** What is sent to a receiver of events; a receiver has no tokens of this installation. */
function completeCallbacks({ operationId = '', callbacks = {} }: Operation): void {
  for (const callback of Object.values(callbacks)) {
    for (const [name, { post }] of '$ref' in callback ? [] : Object.entries(callback)) {
      if (post === undefined) continue;
      post.operationId ??= `${operationId}Callback`;
      post.summary ??= `Receive what is sent to ${name}`;
      post.security = [];
      post.responses['4XX'] ??= { description: 'Not received; it is sent again later' };
    }
  }
}

function completeDescriptions({ responses }: Operation): void {
  for (const [status, response] of Object.entries(responses)) {
    if (response === undefined || !('description' in response)) continue;
    if (response.description === '') response.description = STATUS_CODES[status] ?? status;
  }
}

function allCodesOf(operation: Operation): readonly ErrorCode[] {
  const statuses = Object.keys(operation.responses).map(Number);
  return statuses.filter((status) => status >= 400).flatMap((status) => codesOf(operation, status) as ErrorCode[]);
}

function sorted(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  return Object.fromEntries(Object.entries(paths).toSorted(([one], [other]) => one.localeCompare(other)));
}

/** A missing body counts as `{}`, which is valid if all fields are optional. */
function completeBody(document: OpenAPIObject, operation: Operation): void {
  const { components } = document;
  const body = operation.requestBody;
  if (body === undefined || !('content' in body)) return;
  for (const media of Object.values(body.content)) {
    if (media.schema !== undefined) media.example ??= bodyExample(document, media.schema);
  }
  body.required = Object.values(body.content).some(({ schema }) => {
    const name = schema !== undefined && '$ref' in schema ? schema.$ref.split('/').at(-1) : undefined;
    const fields = name === undefined ? schema : components?.schemas?.[name];
    return fields !== undefined && 'required' in fields && (fields.required ?? []).length > 0;
  });
}

/** Documents 304 for operations with an ETag. */
function completeUnmodified({ responses }: Operation): void {
  const ok = responses['200'];
  if (ok === undefined || !('headers' in ok) || ok.headers?.['ETag'] === undefined) return;
  responses['304'] = {
    description: 'The content still matches If-None-Match',
    headers: { ETag: ok.headers['ETag'] },
  };
}
