import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fingerprintOf, type Admission, type Ask, type KeyClaim } from '#admission';
import { problem, Replay, type ErrorCode } from '#http';
import type { Caller } from '../tokens.ts';
import { tellRate, tooFast } from './rate-headers.ts';

export interface Admittable extends FastifyRequest {
  /** Before its key was claimed: whatever may take long since then counts against its time. */
  admittedAt?: number;
  claim?: KeyClaim;
  /** Lasts for as long as something of the request may still be recorded. */
  doubt?: Promise<void>;
}

/** What a request is spared. */
export interface Treatment {
  readonly isKeyed?: boolean;
  readonly isPaced?: boolean;
}

const keyShape = /^[\x20-\x7e]{1,255}$/;
const keptBytesMax = 65_536;
const keptHeaders = ['location', 'consistency-token'];

/** Lets requests in, one after the other, or says why not: sessions, paces and idempotency keys in terms of HTTP. */
export class Doorkeeper {
  readonly #admission: Admission;
  readonly #fingerprintKey: string | undefined;

  /** Without a key for fingerprints, Idempotency-Keys mean nothing. */
  constructor(admission: Admission, { fingerprintKey }: { fingerprintKey?: string } = {}) {
    this.#admission = admission;
    this.#fingerprintKey = fingerprintKey;
  }

  async admit(request: Admittable, reply: FastifyReply, caller: Caller, treatment: Treatment = {}): Promise<void> {
    request.admittedAt = Date.now();
    const { isKeyed = true, isPaced = true } = treatment;
    const key = isKeyed ? this.#keyOf(request) : undefined;
    const admitted = await this.#admission.admit({ caller, key, isPaced });
    if ('rate' in admitted) tellRate(reply, admitted.rate);
    switch (admitted.outcome) {
      case 'go-on':
        if (admitted.claim !== undefined) request.claim = admitted.claim;
        return;
      case 'answered': {
        const { status, headers, body } = admitted.answer;
        throw new Replay(status, headers, body);
      }
      case 'too-fast':
        throw tooFast(admitted);
      case 'session-ended':
        throw problem('TOKEN_INVALID');
      case 'key-reused':
        throw problem('KEY_REUSED');
      case 'key-running':
        throw problem('KEY_IN_FLIGHT');
    }
  }

  /** Keeps each answer to a request with a key, whoever makes it; to be called before there are any routes. */
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

/** When a request was let in, which is when its time began. */
export function admittedAt(request: Admittable): number {
  return request.admittedAt ?? Date.now();
}

/** To be called before the answer, when something of the request may still be recorded after it. */
export function keepKeyUntil(request: Admittable, settled: Promise<void>): void {
  request.doubt = settled;
}

/** Undefined when there is none. */
export function idempotencyKeyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !keyShape.test(key)) throw problem('IDEMPOTENCY_KEY_INVALID');
  return key;
}

// These say nothing about what was asked for: the same request may be answered otherwise in a moment.
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
