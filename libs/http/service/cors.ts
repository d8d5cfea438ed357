import { consistencyHeader } from '../consistency-token.ts';
import { replayedHeader } from '../errors/replay.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Response headers that a browser hides from scripts by default. */
const exposedHeaders = [
  consistencyHeader,
  'location',
  'next-cursor',
  'retry-after',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'ratelimit-policy',
  'etag',
  replayedHeader,
  'x-request-id',
];

/** CORS for these origins; `*` allows all. */
export function corsFor(origins: readonly string[]) {
  // In strict mode it would answer an OPTIONS that is not a preflight in its own format.
  return { origin: origins.includes('*') ? true : [...origins], methods, exposedHeaders, strictPreflight: false };
}
