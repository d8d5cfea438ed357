import type { IncomingMessage } from 'node:http';

// RFC 9110, 7.6.1: hop-by-hop headers. The next connection has its own framing.
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  // Handled by our own server.
  'expect',
]);
const ours = new Set(['host', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-holdfast-operations']);

/** The header that tells a service what to expose of health and metrics: the status or details. */
export type Operations = 'status' | 'details';

/** The headers named by a Connection header, which are hop-by-hop too. */
export function connectionOptions(header = ''): string[] {
  return header.split(',').map((name) => name.trim().toLowerCase());
}

/** The headers sent to an upstream, as name, value, name, value …: those of the client, and its address. */
export function forwardedHeaders(request: IncomingMessage, host: string | undefined, operations: Operations): string[] {
  const named = new Set(connectionOptions(request.headers.connection));
  const headers: string[] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(index, index + 2);
    const known = name.toLowerCase();
    if (!hopByHop.has(known) && !ours.has(known) && !named.has(known)) headers.push(name, value);
  }
  const client = request.socket.remoteAddress ?? '';
  const before = request.headers['x-forwarded-for'];
  headers.push('x-forwarded-for', before === undefined ? client : `${String(before)}, ${client}`);
  headers.push('x-forwarded-proto', 'http', 'x-forwarded-host', host ?? '', 'x-holdfast-operations', operations);
  return host === undefined ? headers : ['host', host, ...headers];
}

/** The headers of an answer without the hop-by-hop ones. */
export function endToEndHeaders(headers: Record<string, string | string[] | undefined>) {
  const named = new Set(connectionOptions(String(headers['connection'] ?? '')));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.has(name)));
}
