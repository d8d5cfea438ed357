import type { OpenAPIObject } from '@nestjs/swagger';
import { codesOf, rejectsToo, type Operation } from './rejects.ts';

type PathItem = OpenAPIObject['paths'][string];
type Headers = Record<string, { description: string; schema: { type: string } }>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const satisfies readonly (keyof PathItem)[];

const ofBodies = ['BODY_MALFORMED', 'BODY_TOO_LARGE', 'TOO_MANY_VALUES', 'CONTENT_TYPE_UNSUPPORTED'] as const;

const rateHeaders = {
  'RateLimit-Limit': integer('Requests allowed in the window of RateLimit-Policy'),
  'RateLimit-Remaining': integer('Requests remaining'),
  'RateLimit-Reset': integer('Seconds until the full limit is available again'),
  'RateLimit-Policy': text('The limit and its window in seconds'),
};
const retryHeaders = { 'Retry-After': integer('Seconds to wait before a retry') };
const recordedHeaders = {
  'Consistency-Token': text('Names the recorded write; a query that sends it sees at least that write'),
};
const repeatedHeaders = {
  'Idempotency-Replayed': text(
    '`true` if this answers a repeated request: the first one with this Idempotency-Key was already executed',
  ),
};

/** Completes a document: adds what follows from the declarations of each operation, and what applies to all. */
export function complete(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const method of methods) {
      const operation = path[method];
      if (operation === undefined) continue;
      rejectsToo(operation, ['HEADERS_TOO_LARGE']);
      // Also for operations without a body: a body that is sent is parsed first.
      if (method !== 'get') rejectsToo(operation, [...ofBodies, 'VALIDATION_FAILED']);
      completeBody(document, operation);
      rejectsToo(operation, ['RATE_LIMITED']);
      completeHeaders(operation);
      completeUnmodified(operation);
    }
  }
  return document;
}

/** A missing body counts as `{}`, which is valid if all fields are optional. */
function completeBody({ components }: OpenAPIObject, operation: Operation): void {
  const body = operation.requestBody;
  if (body === undefined || !('content' in body)) return;
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

function completeHeaders(operation: Operation): void {
  const takesKey = codesOf(operation, 409).includes('KEY_IN_FLIGHT');
  const records = codesOf(operation, 503).includes('OUTCOME_UNKNOWN');
  for (const status of Object.keys(operation.responses).map(Number)) {
    const done = status < 300;
    const codes = codesOf(operation, status);
    const isBrief = status === 429 || status === 503 || codes.includes('KEY_IN_FLIGHT');
    addHeaders(operation, status, {
      ...(done && records ? recordedHeaders : {}),
      ...(done && takesKey ? repeatedHeaders : {}),
      ...(done || codes.includes('RATE_LIMITED') ? rateHeaders : {}),
      ...(isBrief ? retryHeaders : {}),
    });
  }
}

function addHeaders({ responses }: Operation, status: number, headers: Headers): void {
  const response = responses[status];
  if (response === undefined || !('description' in response) || Object.keys(headers).length === 0) return;
  response.headers = { ...response.headers, ...headers };
}

function integer(description: string): Headers[string] {
  return { description, schema: { type: 'integer' } };
}

function text(description: string): Headers[string] {
  return { description, schema: { type: 'string' } };
}
