import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../errors/codes.ts';
import { problem } from '../errors/problem.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { GuardedRequest } from './guarded-request.ts';
import type { CheckedRequest } from './request-checks.ts';

const keyShape = /^[\x20-\x7e]{1,255}$/;
const keptBytesMax = 65_536;
const keptHeaders = ['location', 'consistency-token', 'content-language'];

/** The Idempotency-Keys of requests: what identifies a request, and the answers that are stored for its retries. */
export class IdempotencyKeys {
  readonly #fingerprintKey: string;

  constructor(fingerprintKey: string) {
    this.#fingerprintKey = fingerprintKey;
  }

  /** Undefined if the request has no key. */
  keyOf(request: FastifyRequest): CheckedRequest['key'] {
    const text = idempotencyKeyOf(request);
    if (text === undefined) return undefined;
    const { method, url, body } = request;
    return { text, fingerprint: fingerprintOf(this.#fingerprintKey, method, url, body) };
  }

  /**
   * Stores every answer to a request with a key, wherever it is produced; must be called before routes are registered.
   */
  keepAnswers(fastify: FastifyInstance): void {
    fastify.addHook('onSend', (request: GuardedRequest, reply, payload, done) => {
      settle(request, reply, typeof payload === 'string' ? payload : '');
      done();
    });
  }
}

/**
 * To be called before the answer, when something of the request may still be recorded after it, or was not recorded and
 * may be by a retry: whatever its status, the answer is not stored. Of several calls, all must settle.
 */
export function keepKeyUntil(request: GuardedRequest, settled: Promise<void>): void {
  request.doubt = request.doubt === undefined ? settled : bothOf(request.doubt, settled);
}

/** Waits for both also when the first fails: the key must not be free before the second has settled. */
function bothOf(one: Promise<void>, other: Promise<void>): Promise<void> {
  const both = Promise.allSettled([one, other])
    .then(() => Promise.all([one, other]))
    .then(() => undefined);
  // Not every request has a key, and so somebody who waits.
  both.catch(() => undefined);
  return both;
}

/** Undefined if there is none. */
export function idempotencyKeyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !keyShape.test(key)) throw problem('IDEMPOTENCY_KEY_INVALID');
  return key;
}

// These do not depend on the content of the request: a retry may get a different answer.
const surelyNothing = new Set<ErrorCode>([
  'VALIDATION_FAILED',
  'FORBIDDEN',
  'IDEMPOTENCY_KEY_MISSING',
  'TOO_MANY_ATTEMPTS',
  'OVERLOADED',
  'UNAVAILABLE',
  'STOPPING',
]);

function settle({ claim, doubt }: GuardedRequest, reply: FastifyReply, body: string): void {
  if (claim === undefined) return;
  const code = reply.statusCode < 400 ? undefined : codeIn(body);
  if (doubt !== undefined) claim.unsettled(doubt);
  else if (code !== undefined && surelyNothing.has(code)) claim.free();
  else if (reply.statusCode >= 500 || body.length > keptBytesMax) claim.unsettled();
  else claim.answered({ status: reply.statusCode, headers: headersOf(reply), body });
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const kept = keptHeaders.map((name) => [name, reply.getHeader(name)] as const);
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function codeIn(body: string): ErrorCode | undefined {
  try {
    return (JSON.parse(body) as { code?: ErrorCode }).code;
  } catch {
    return undefined;
  }
}
