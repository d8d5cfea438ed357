import { hash } from 'node:crypto';
import { snakeCase } from '#platform';

export const fingerprintLength = 22;

/** Keyed, because a request may contain a password, which could be recovered from a plain hash by trial. */
export function fingerprintKey(secret: string): string {
  return hash('sha256', `fingerprints\n${secret}`, 'base64url');
}

/**
 * Identifies the content of a request: equal for a retry, however its JSON is formatted, and different for any other
 * request.
 */
export function fingerprintOf(key: string, method: string, path: string, body: unknown): string {
  const asked = `${key}\n${method}\n${path}\n${JSON.stringify(canonical(body ?? {}))}`;
  return hash('sha256', asked, 'base64url').slice(0, fingerprintLength);
}

/** Fields whose names are texts of the client, and no fields of ours. */
const named: ReadonlySet<string> = new Set(['metadata', 'specifications']);

/** Sorts fields and uses one of the two accepted spellings. */
function canonical(value: unknown, spelling: (name: string) => string = snakeCase): unknown {
  if (Array.isArray(value)) return value.map((entry) => canonical(entry));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, content]) => {
    return [spelling(name), canonical(content, named.has(name) ? asGiven : snakeCase)] as const;
  });
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function asGiven(name: string): string {
  return name;
}
