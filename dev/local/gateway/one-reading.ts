import type { IncomingMessage } from 'node:http';
import { connectionOptions } from './headers.ts';

/** Framing and routing headers; without them, the end and the target of a request are undefined. */
const neverPerConnection = new Set(['content-length', 'transfer-encoding', 'host']);
const absoluteForm = /^https?:\/\/([^/?#]+)([^]*)$/i;

/** The target of an unambiguous request. */
export interface Reading {
  readonly path: string;
  readonly host: string | undefined;
  readonly hasBody: boolean;
}

/**
 * Undefined for a request that another program could interpret differently: the end of its body, or its host. The
 * parser rejects most of these itself; they are checked here explicitly.
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

/** RFC 9112, 3.2.2: a host in the target takes precedence. */
function targetOf(url: string, hostHeader: string | undefined) {
  if (url.startsWith('/')) return { path: url, host: hostHeader };
  const [, host, path = ''] = absoluteForm.exec(url) ?? [];
  return host === undefined ? undefined : { path: path.startsWith('/') ? path : `/${path}`, host };
}

function countsOf({ rawHeaders }: IncomingMessage, names: readonly string[]): number[] {
  const given = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  return names.map((name) => given.filter((each) => each === name).length);
}
