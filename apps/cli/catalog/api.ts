import { setTimeout as sleep } from 'node:timers/promises';
import { CommandFailed } from '../output.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface ApiOptions {
  readonly url: string;
  /** A token, or what to sign in with; none for what is public. */
  readonly access: string | Credentials | undefined;
  /** How long a request is repeated while the server is unavailable. */
  readonly retryMs: number;
}

interface Asking {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly key?: string;
  /** Whether the answer asks for a repeat with the same key. */
  readonly isUnfinished?: (body: unknown) => boolean;
}

interface Session {
  readonly token: string;
  readonly refreshToken: string;
  readonly refreshAt: number;
}

interface Tokens {
  readonly token: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
}

const requestTimeoutMs = 90_000;
const pauseMsMax = 5000;
const retryAfterSecondsMax = 60;
/** A session is refreshed before its token ends. */
const refreshAtShare = 0.7;

/** The API of an installation, which may be unavailable for a while. */
export class Api {
  readonly #options: ApiOptions;
  #session: Session | undefined;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** The body of a good answer. A request is repeated with the same key until it is answered. */
  async ask(asking: Asking): Promise<unknown> {
    return this.#repeated(asking, async () => this.#token());
  }

  async #token(): Promise<string | undefined> {
    const { access } = this.#options;
    if (access === undefined || typeof access === 'string') return access;
    this.#session ??= await this.#signIn('/auth/login', access);
    if (Date.now() >= this.#session.refreshAt)
      this.#session = await this.#signIn('/auth/refresh', { refreshToken: this.#session.refreshToken });
    return this.#session.token;
  }

  async #signIn(path: string, body: object): Promise<Session> {
    const tokens = await this.#repeated({ method: 'POST', path, body: JSON.stringify(body) }, async () => undefined);
    const { token, refreshToken, expiresIn } = tokens as Tokens;
    return { token, refreshToken, refreshAt: Date.now() + expiresIn * 1000 * refreshAtShare };
  }

  async #repeated(asking: Asking, tokenOf: () => Promise<string | undefined>): Promise<unknown> {
    let until: number | undefined;
    for (let tries = 1; ; tries++) {
      const answer = await this.#once(asking, await tokenOf());
      if ('body' in answer) return answer.body;
      until ??= Date.now() + this.#options.retryMs;
      const pauseMs = answer.retryAfterMs ?? Math.min(100 * 2 ** tries, pauseMsMax);
      if (Date.now() + pauseMs > until) throw new CommandFailed(answer.trouble);
      await sleep(pauseMs);
    }
  }

  async #once(
    { method, path, body, key, isUnfinished }: Asking,
    token: string | undefined,
  ): Promise<{ readonly body: unknown } | { readonly trouble: string; readonly retryAfterMs?: number }> {
    const url = `${this.#options.url}/api/v1${path}`;
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    try {
      const signal = AbortSignal.timeout(requestTimeoutMs);
      const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }), signal });
      const text = await answer.text();
      if (answer.ok) {
        const parsed: unknown = JSON.parse(text);
        return isUnfinished?.(parsed) === true ? { trouble: 'the server did not finish a request' } : { body: parsed };
      }
      const trouble = `${this.#options.url} answered ${answer.status}: ${messageIn(text)}`;
      const seconds = Number(answer.headers.get('retry-after') ?? NaN);
      if (answer.status < 500 && Number.isNaN(seconds)) throw new CommandFailed(trouble);
      return Number.isNaN(seconds)
        ? { trouble }
        : { trouble, retryAfterMs: Math.min(seconds, retryAfterSecondsMax) * 1000 };
    } catch (error) {
      if (error instanceof CommandFailed) throw error;
      return { trouble: `${this.#options.url} cannot be reached: ${reasonOf(error)}` };
    }
  }
}

function messageIn(text: string): string {
  try {
    const { statusMessage, code, data } = JSON.parse(text) as { statusMessage?: string; code?: string; data?: unknown };
    return `${statusMessage ?? code ?? text}${data == null ? '' : ` ${JSON.stringify(data)}`}`;
  } catch {
    return text.slice(0, 200);
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}
