import { consistencyHeader } from '../consistency-token.ts';
import { replayedHeader } from '../errors/replay.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What a browser would keep from the page that asked. */
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

/** What pages of these origins may do; `*` stands for all. */
export function corsFor(origins: readonly string[]) {
  // Strict, it answers an OPTIONS that is no preflight in a shape of its own.
  return { origin: origins.includes('*') ? true : [...origins], methods, exposedHeaders, strictPreflight: false };
}
