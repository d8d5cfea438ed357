import type { Facts as FactsOfAnswers } from './generated/routes.ts';

/** Errors without an answer of the API. */
interface OwnFacts {
  /** The connection failed or was lost: unless it was repeated with its key, it is unknown whether the request was executed. */
  CONNECTION_FAILED: null;
  /** No answer came within `timeoutMs`. */
  TIMED_OUT: null;
  /** What answered is not the API, or it answered in a way that this version cannot read. */
  ANSWER_UNREADABLE: null;
  /** The session has ended: log in again. */
  SESSION_ENDED: null;
}

export type Facts = Omit<FactsOfAnswers, keyof OwnFacts> & OwnFacts;
export type ErrorCode = keyof Facts;

interface Problem<Code> {
  readonly code: Code;
  /** 0 without an answer. */
  readonly status: number;
  readonly message: string;
  readonly data: Code extends ErrorCode ? Facts[Code] : unknown;
  /** Names the request in the logs of the server. */
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

const transientStatuses = [429, 502, 503, 504];
const transientCodes: readonly ErrorCode[] = ['CONNECTION_FAILED', 'TIMED_OUT', 'KEY_IN_FLIGHT'];
/** Nothing was done, so that a request without a key can be repeated. */
const notExecuted: readonly ErrorCode[] = [
  'RATE_LIMITED',
  'TOO_MANY_ATTEMPTS',
  'OVERLOADED',
  'STOPPING',
  'UNAVAILABLE',
];

class ErrorOfCode<Code extends ErrorCode> extends Error {
  override readonly name = 'HoldfastError';
  readonly code: Code;
  readonly status: number;
  readonly data: Facts[Code];
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor({ code, status, message, data, requestId, retryAfterMs, cause }: Problem<Code>) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = status;
    this.data = data as Facts[Code];
    this.requestId = requestId;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request, with the same key, may have another answer later. The client has repeated it already. */
  get isRetryable(): boolean {
    return transientStatuses.includes(this.status) || transientCodes.includes(this.code);
  }

  /** Whether it is certain that nothing was done, although a retry may succeed. */
  get isSafeWithoutKey(): boolean {
    return notExecuted.includes(this.code);
  }
}

/** One of all errors: comparing `code` tells the type of `data`. */
export type HoldfastError<Code extends ErrorCode = ErrorCode> = Code extends ErrorCode ? ErrorOfCode<Code> : never;

/** What every method rejects with, except when a signal of the caller ends it. */
export const HoldfastError = ErrorOfCode as unknown as {
  readonly prototype: HoldfastError;
  new <Code extends ErrorCode>(problem: Problem<Code>): HoldfastError<Code>;
};

const messages: Record<keyof OwnFacts, string> = {
  CONNECTION_FAILED: 'The connection failed',
  TIMED_OUT: 'No answer came in time',
  ANSWER_UNREADABLE: 'The answer is not one of the API',
  SESSION_ENDED: 'The session has ended; log in again',
};

export function ownError(code: keyof OwnFacts, status = 0, cause?: unknown): HoldfastError {
  return new HoldfastError({ code, status, message: messages[code], data: null, cause });
}

interface Envelope {
  readonly code: ErrorCode;
  readonly statusMessage: string;
  readonly data: never;
  readonly requestId?: string;
}

export function errorOf(response: Response, text: string): HoldfastError {
  const envelope = parsed(text) as Partial<Envelope> | null | undefined;
  const retryAfterMs = retryAfterOf(response.headers.get('retry-after'));
  const { status } = response;
  if (typeof envelope?.code !== 'string')
    return new HoldfastError({
      code: 'ANSWER_UNREADABLE',
      status,
      message: `${messages.ANSWER_UNREADABLE} (status ${status})`,
      data: null,
      retryAfterMs,
    });
  const { code, statusMessage = code, data, requestId } = envelope;
  return new HoldfastError({ code, status, message: statusMessage, data, requestId, retryAfterMs });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Seconds, or a date. */
function retryAfterOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(ms, 0) : undefined;
}
