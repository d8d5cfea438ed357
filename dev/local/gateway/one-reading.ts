import type { IncomingMessage } from 'node:http';
import { connectionOptions } from './headers.ts';

/** Without them nobody can tell where a request ends, and whose it is. */
const neverPerConnection = new Set(['content-length', 'transfer-encoding', 'host']);
const absoluteForm = /^https?:\/\/([^/?#]+)([^]*)$/i;

/** What a request is for, when there is only one way to read it. */
export interface Reading {
  readonly path: string;
  readonly host: string | undefined;
  readonly hasBody: boolean;
}

/**
 * Undefined for a request that another program could read otherwise: where its body ends, or which host it is for. The
 * parser refuses most of these itself; what this depends on is said here all the same.
 */
export function oneReadingOf(request: IncomingMessage): Reading | undefined {
  const { connection, host: hostHeader } = request.headers;
  const target = targetOf(request.url ?? '', hostHeader);
  if (target === undefined || connectionOptions(connection).some((name) => neverPerConnection.has(name)))
    return undefined;
  const counts = countsOf(request, ['content-length', 'transfer-encoding', 'host']);
  const [lengths = 0, encodings = 0, hosts = 0] = counts;
  const isOld = request.httpVersion !== '1.1';
  if (hosts > 1 || (hosts === 0 && !isOld)) return undefined;
  if (lengths + encodings > 1) return undefined;
  if (encodings === 1 && (isOld || request.headers['transfer-encoding']?.toLowerCase() !== 'chunked')) return undefined;
  return { ...target, hasBody: encodings === 1 || Number(request.headers['content-length'] ?? 0) > 0 };
}

/** RFC 9112, 3.2.2: where the target names a host, that is the host. */
function targetOf(url: string, hostHeader: string | undefined) {
  if (url.startsWith('/')) return { path: url, host: hostHeader };
  const [, host, path = ''] = absoluteForm.exec(url) ?? [];
  return host === undefined ? undefined : { path: path.startsWith('/') ? path : `/${path}`, host };
}

function countsOf({ rawHeaders }: IncomingMessage, names: readonly string[]): number[] {
  const given = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  return names.map((name) => given.filter((each) => each === name).length);
}
