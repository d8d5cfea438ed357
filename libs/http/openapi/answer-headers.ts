import { codesOf, type Operation } from './rejects.ts';

type Headers = Record<string, { description: string; schema: { type: string } }>;

const rateHeaders = {
  'RateLimit-Limit': integer('Requests allowed in the window of RateLimit-Policy'),
  'RateLimit-Remaining': integer('Requests remaining'),
  'RateLimit-Reset': integer('Seconds until the full limit is available again'),
  'RateLimit-Policy': text('The limit and its window in seconds'),
};
const retryHeaders = { 'Retry-After': integer('Seconds to wait before a retry') };
const errorHeaders = { 'Content-Language': text('The language of `statusMessage`') };
const recordedHeaders = {
  'Consistency-Token': text('Names the recorded write; a query that sends it sees at least that write'),
};
const repeatedHeaders = {
  'Idempotency-Replayed': text(
    '`true` if this answers a repeated request: the first one with this Idempotency-Key was already executed',
  ),
};

/** Documents the headers that an answer comes with, according to its status and its codes. */
export function completeHeaders(operation: Operation): void {
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
      ...(status < 400 ? {} : errorHeaders),
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
