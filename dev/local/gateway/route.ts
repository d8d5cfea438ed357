export type Upstream = 'command-api' | 'query-api';

// Requirement 001 uses GET for these two, although they change a session.
const getsThatWrite = /^(?:\/api(?:\/v1)?)?\/(?:login|refresh)\/?$/;
const productsImport = /^(?:\/api(?:\/v1)?)?\/products\/bulk\/?$/;
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
