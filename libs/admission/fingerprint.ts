import { hash } from 'node:crypto';
import { snakeCase } from '#platform';

export const fingerprintLength = 22;

/** By which fingerprints cannot be guessed: a request may have a password in it, and a hash of that tried out elsewhere. */
export function fingerprintKey(secret: string): string {
  return hash('sha256', `fingerprints\n${secret}`, 'base64url');
}

/** What a request asks for: the same for a retry, however its JSON is written, and another for anything else. */
export function fingerprintOf(key: string, method: string, path: string, body: unknown): string {
  const asked = `${key}\n${method}\n${path}\n${JSON.stringify(canonical(body ?? {}))}`;
  return hash('sha256', asked, 'base64url').slice(0, fingerprintLength);
}

/** Fields in one order, and by one of the two spellings that are understood. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, content]) => [snakeCase(name), canonical(content)] as const);
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
