import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';
import { isSecureUrl } from '#platform';

/** The keys of an issuer, as it published them. */
export interface PublishedKeys {
  /** Of the keys, for comparison. */
  readonly text: string;
  readonly ids: ReadonlySet<string>;
  readonly find: JWTVerifyGetKey;
}

/** Both requests together; less than the time limit of a request. */
const timeoutMs = 3000;
const bytesMax = 262_144;
const keysMax = 100;

/** Asks the issuer where its keys are, and reads them. */
export async function readPublishedKeys(issuer: string): Promise<PublishedKeys> {
  const signal = AbortSignal.timeout(timeoutMs);
  const about = await read(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, signal);
  const { issuer: named, jwks_uri: url } = recordOf(about);
  if (named !== issuer) throw new Error(`${issuer} calls itself ${String(named).slice(0, 200)}`);
  if (typeof url !== 'string' || !isSecureUrl(url) || (issuer.startsWith('https:') && !url.startsWith('https:'))) {
    throw new Error(`${issuer} has its keys at ${String(url).slice(0, 200)}, which is no https URL`);
  }
  const text = await read(url, signal);
  const { keys } = recordOf(text);
  if (!Array.isArray(keys) || keys.length > keysMax) throw new Error(`${url} is no list of at most ${keysMax} keys`);
  const ids = keys.map((key: { kid?: unknown } | null) => key?.kid).filter((id) => typeof id === 'string');
  return { text, ids: new Set(ids), find: createLocalJWKSet({ keys }) };
}

async function read(url: string, signal: AbortSignal): Promise<string> {
  const answer = await fetch(url, { redirect: 'error', signal, headers: { accept: 'application/json' } });
  if (answer.status !== 200) {
    await answer.body?.cancel();
    throw new Error(`${url} answered ${answer.status}`);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new Error(`${url} answered with more than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function recordOf(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error('the issuer answered with JSON that is no object');
  return value as Record<string, unknown>;
}
