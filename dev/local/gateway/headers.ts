import type { IncomingMessage } from 'node:http';

// RFC 9110, 7.6.1: these are about one connection. How a body is framed on the next one is decided there.
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
  // Answered by our own server.
  'expect',
]);
const ours = new Set(['host', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-holdfast-operations']);

/** What a service tells through the gateway of health and metrics: its status alone, or all. */
export type Operations = 'status' | 'details';

/** The names that a Connection header gives, which end with the connection, too. */
export function connectionOptions(header = ''): string[] {
  return header.split(',').map((name) => name.trim().toLowerCase());
}

/** What an upstream is sent, as name, value, name, value …: the client's headers, and who the client was. */
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

/** An answer's headers without those that end here. */
export function endToEndHeaders(headers: Record<string, string | string[] | undefined>) {
  const named = new Set(connectionOptions(String(headers['connection'] ?? '')));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.has(name)));
}
