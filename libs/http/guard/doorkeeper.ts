import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Admission, Admitted, Ask } from './admission.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { KeyClaim } from './key-claim.ts';
import type { ErrorCode } from '../errors/codes.ts';
import { problem } from '../errors/problem.ts';
import { Replay } from '../errors/replay.ts';
import type { Caller } from '#people';
import { setRateHeaders, rateLimited } from './rate-headers.ts';

export interface Admittable extends FastifyRequest {
  /** Noted before the key is claimed, so that everything after it counts towards the time limit. */
  startedAt?: number;
  /** The deadline for the answer. */
  deadline?: number;
  claim?: KeyClaim;
  /** Pending while something may still be recorded for the request. */
  doubt?: Promise<void>;
}

export interface DoorkeeperOptions {
  /** If missing, Idempotency-Keys are ignored. */
  readonly fingerprintKey?: string;
  /** Time limit of a request. */
  readonly timeoutMs: number;
}

/** The checks that a request skips. */
interface Treatment {
  readonly isKeyed?: boolean;
  readonly isPaced?: boolean;
}

const keyShape = /^[\x20-\x7e]{1,255}$/;
const keptBytesMax = 65_536;
const keptHeaders = ['location', 'consistency-token'];

/** Admits or rejects requests: maps the checks of session, rate limit and Idempotency-Key to HTTP. */
export class Doorkeeper {
  readonly #admission: Admission;
  readonly #fingerprintKey: string | undefined;
  readonly #timeoutMs: number;

  constructor(admission: Admission, { fingerprintKey, timeoutMs }: DoorkeeperOptions) {
    this.#admission = admission;
    this.#fingerprintKey = fingerprintKey;
    this.#timeoutMs = timeoutMs;
  }

  async admit(request: Admittable, reply: FastifyReply, caller: Caller, treatment: Treatment = {}): Promise<void> {
    request.startedAt = Date.now();
    request.deadline = request.startedAt + this.#timeoutMs;
    const { isKeyed = true, isPaced = true } = treatment;
    const key = isKeyed ? this.#keyOf(request) : undefined;
    const admitted = await this.#inTime(this.#admission.admit({ caller, key, isPaced }));
    if ('rate' in admitted) setRateHeaders(reply, admitted.rate);
    switch (admitted.outcome) {
      case 'go-on':
        if (admitted.claim !== undefined) request.claim = admitted.claim;
        return;
      case 'answered': {
        const { status, headers, body } = admitted.answer;
        throw new Replay(status, headers, body);
      }
      case 'too-fast':
        throw rateLimited(admitted);
      case 'session-ended':
        throw problem('TOKEN_INVALID');
      case 'key-reused':
        throw problem('KEY_REUSED');
      case 'key-running':
        throw problem('KEY_IN_FLIGHT');
    }
  }

  /** Admission must finish before the time limit of the request; nothing has been recorded for it by then. */
  async #inTime(admitting: Promise<Admitted>): Promise<Admitted> {
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => resolve(undefined), this.#timeoutMs);
    const admitted = await Promise.race([admitting, late]).finally(() => clearTimeout(timer));
    if (admitted !== undefined) return admitted;
    admitting.then(forgetClaim, () => undefined);
    const cause = new Error(`admission of the request was not decided within ${this.#timeoutMs} ms`);
    throw problem('OVERLOADED', null, { cause });
  }

  /**
   * Stores every answer to a request with a key, wherever it is produced; must be called before routes are registered.
   */
  keepAnswers(fastify: FastifyInstance): void {
    fastify.addHook('onSend', (request: Admittable, reply, payload, done) => {
      settle(request, reply, typeof payload === 'string' ? payload : '');
      done();
    });
  }

  #keyOf(request: FastifyRequest): Ask['key'] {
    const text = this.#fingerprintKey === undefined ? undefined : idempotencyKeyOf(request);
    if (text === undefined || this.#fingerprintKey === undefined) return undefined;
    const { method, url, body } = request;
    return { text, fingerprint: fingerprintOf(this.#fingerprintKey, method, url, body) };
  }
}

function forgetClaim(admitted: Admitted): void {
  if (admitted.outcome === 'go-on') admitted.claim?.free();
}

/** Deadline of a request, in milliseconds since 1970. */
export function deadlineOf({ deadline }: Admittable): number {
  if (deadline === undefined) throw new Error('the request has no deadline: no guard has admitted it');
  return deadline;
}

/** To be called before the answer, when something of the request may still be recorded after it. */
export function keepKeyUntil(request: Admittable, settled: Promise<void>): void {
  request.doubt = settled;
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

function settle({ claim, doubt }: Admittable, reply: FastifyReply, body: string): void {
  if (claim === undefined) return;
  const code = reply.statusCode < 400 ? undefined : codeIn(body);
  if (code !== undefined && surelyNothing.has(code)) claim.free();
  else if (reply.statusCode >= 500 || body.length > keptBytesMax) claim.unsettled(doubt);
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
