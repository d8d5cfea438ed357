import type { IncomingMessage } from 'node:http';

// RFC 9110, 7.6.1: these are about one connection. `expect` is answered by our own server.
const hopByHop = ['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'];
const alsoHopByHop = ['te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'];
const ours = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'];

/** A message's headers as name, value, name, value …, without those that end here; repeated ones stay apart. */
export function endToEndHeaders(message: IncomingMessage, without: readonly string[] = []): string[] {
  const named = (message.headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const dropped = new Set([...hopByHop, ...alsoHopByHop, ...named, ...without]);
  const kept: string[] = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const [name = '', value = ''] = message.rawHeaders.slice(index, index + 2);
    if (!dropped.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}

/** What an upstream is sent: the client's headers, and who the client was. */
export function forwardedHeaders(request: IncomingMessage): string[] {
  const client = request.socket.remoteAddress ?? '';
  const before = request.headers['x-forwarded-for'];
  const headers = endToEndHeaders(request, ours);
  headers.push('x-forwarded-for', before === undefined ? client : `${String(before)}, ${client}`);
  headers.push('x-forwarded-proto', 'http', 'x-forwarded-host', request.headers.host ?? '');
  // Left to itself, Node would frame no body on GET and DELETE, and an empty one on POST.
  if (request.headers['transfer-encoding'] !== undefined) headers.push('transfer-encoding', 'chunked');
  else if (request.headers['content-length'] === undefined && mayHaveBody(request)) headers.push('content-length', '0');
  return headers;
}

function mayHaveBody({ method }: IncomingMessage): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH';
}
