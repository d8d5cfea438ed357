export type Upstream = 'command-api' | 'query-api';

// Requirement 001 uses GET for these two, although they change a session.
const getsThatWrite = /^(?:\/api(?:\/v1)?)?\/(?:login|refresh)\/?$/;
const productsImport = /^(?:\/api(?:\/v1)?)?\/products\/bulk\/?$/;
// In nginx's configuration it is explained what these are good for.
const stocks: readonly (readonly [kind: string, path: RegExp])[] = [
  ['item', /^(?:\/api(?:\/v1)?)?\/items\/([^/]+)\//],
  ['item', /^(?:\/api(?:\/v1)?)?\/(?:stock|products)\/([^/]+)/],
  ['slot', /^(?:\/api(?:\/v1)?)?\/slots\/([^/]+)/],
  ['item', /^(?:\/api(?:\/v1)?)?\/holds\/hold_[0-9A-Z]{26}_i\d+_([^/]+)_[0-9A-Z]{16}(?:\/|$)/],
  ['slot', /^(?:\/api(?:\/v1)?)?\/holds\/hold_[0-9A-Z]{26}_s(\d+)_[0-9A-Z]{16}(?:\/|$)/],
];
const commandDocs = /^\/docs\/command-api/;

/** The one rule of the gateway: reads go to query-api, everything else to command-api. */
export function upstreamOf(method: string, path: string): Upstream {
  if (method === 'GET' && getsThatWrite.test(path)) return 'command-api';
  if (method !== 'GET' && method !== 'HEAD') return 'command-api';
  return commandDocs.test(path) ? 'command-api' : 'query-api';
}

/** The limit of the service for this body, if it is not that of all others. */
export function bodyBytesMaxOf(method: string, path: string): number | undefined {
  return method === 'POST' && productsImport.test(path) ? 4 * 1024 * 1024 : undefined;
}

/** The stock of a write, if it is in the path. */
export function stockOf(path: string): string | undefined {
  if (productsImport.test(path)) return undefined;
  for (const [kind, pattern] of stocks) {
    const [, name] = pattern.exec(path) ?? [];
    if (name !== undefined) return `${kind} ${name}`;
  }
  return undefined;
}
