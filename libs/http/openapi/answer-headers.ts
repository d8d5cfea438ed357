import type { OpenAPIObject } from '@nestjs/swagger';
import { codesOf, type Operation } from './rejects.ts';

type Components = NonNullable<OpenAPIObject['components']>;
type Header = keyof typeof headers;

const headers = {
  'RateLimit-Limit': integer('Requests allowed in the window of RateLimit-Policy'),
  'RateLimit-Remaining': integer('Requests remaining'),
  'RateLimit-Reset': integer('Seconds until the full limit is available again'),
  'RateLimit-Policy': text('The limit and its window in seconds'),
  'Retry-After': integer('Seconds to wait before a retry'),
  'Content-Language': text('The language of `statusMessage`'),
  'Consistency-Token': text('Names the recorded write; a query that sends it sees at least that write'),
  'Idempotency-Replayed': text(
    '`true` if this answers a repeated request: the first one with this Idempotency-Key was already executed',
  ),
};
const rateHeaders = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'RateLimit-Policy'] as const;

/** What the answers refer to. */
export function addHeaderComponents(components: Components): void {
  components.headers = headers;
}

/** Documents the headers that an answer comes with, according to its status and its codes. */
export function completeHeaders(operation: Operation): void {
  const takesKey = codesOf(operation, 409).includes('KEY_IN_FLIGHT');
  const records = codesOf(operation, 503).includes('OUTCOME_UNKNOWN');
  for (const status of Object.keys(operation.responses).map(Number)) {
    const done = status < 300;
    const codes = codesOf(operation, status);
    const isBrief = status === 429 || status === 503 || codes.includes('KEY_IN_FLIGHT');
    addHeaders(operation, status, [
      ...(done && records ? (['Consistency-Token'] as const) : []),
      ...(done && takesKey ? (['Idempotency-Replayed'] as const) : []),
      ...(done || codes.includes('RATE_LIMITED') ? rateHeaders : []),
      ...(isBrief ? (['Retry-After'] as const) : []),
      ...(status >= 400 ? (['Content-Language'] as const) : []),
    ]);
  }
}

function addHeaders({ responses }: Operation, status: number, names: readonly Header[]): void {
  const response = responses[status];
  if (response === undefined || !('description' in response) || names.length === 0) return;
  const references = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
  response.headers = { ...response.headers, ...references };
}

function integer(description: string) {
  return { description, schema: { type: 'integer' } };
}

function text(description: string) {
  return { description, schema: { type: 'string' } };
}
