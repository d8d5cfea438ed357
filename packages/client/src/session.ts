import { HoldfastError, ownError } from './errors.ts';

export interface Tokens {
  readonly token: string;
  readonly refreshToken: string;
  /** When the token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface Credentials {
  readonly email?: string;
  readonly username?: string;
  readonly password: string;
}

export interface TokensAnswer {
  readonly token: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
}

interface SessionSettings {
  /** A token or an API key that is not refreshed. */
  readonly bearer: string | undefined;
  readonly login: Credentials | undefined;
  readonly tokens: Tokens | undefined;
  readonly onTokens: ((tokens: Tokens | undefined) => void) | undefined;
  readonly keptTokens: (() => Tokens | undefined) | undefined;
  readonly refresh: (refreshToken: string) => Promise<TokensAnswer>;
  readonly logIn: (credentials: Credentials) => Promise<TokensAnswer>;
}

const refreshedBeforeMs = 30_000;

/** The tokens of one user: refreshed once for all requests that need it. */
export class Session {
  readonly #settings: SessionSettings;
  #tokens: Tokens | undefined;
  /** From when on they are refreshed before a request is sent. */
  #refreshAt = Number.POSITIVE_INFINITY;
  #ended: HoldfastError | undefined;
  #renewing: Promise<void> | undefined;

  constructor(settings: SessionSettings) {
    this.#settings = settings;
    this.tokens = settings.tokens;
  }

  get tokens(): Tokens | undefined {
    return this.#tokens;
  }

  set tokens(tokens: Tokens | undefined) {
    this.#tokens = tokens;
    this.#ended = undefined;
    this.#refreshAt = tokens === undefined ? Number.POSITIVE_INFINITY : tokens.expiresAt - refreshedBeforeMs;
  }

  /** Takes the tokens of an answer, and tells the application. */
  start({ token, refreshToken, expiresIn }: TokensAnswer): void {
    const lifeMs = expiresIn * 1000;
    this.tokens = { token, refreshToken, expiresAt: Date.now() + lifeMs };
    this.#refreshAt = Date.now() + lifeMs - Math.min(refreshedBeforeMs, lifeMs / 2);
    this.#settings.onTokens?.(this.#tokens);
  }

  clear(): void {
    if (this.#tokens === undefined && this.#ended === undefined) return;
    this.tokens = undefined;
    this.#settings.onTokens?.(undefined);
  }

  /** What a request is sent with. */
  async bearer(): Promise<string | undefined> {
    const { bearer, login } = this.#settings;
    if (bearer !== undefined) return bearer;
    if (this.#ended !== undefined) throw this.#ended;
    if (this.#tokens === undefined && login !== undefined) await this.#renew();
    if (this.#tokens !== undefined && Date.now() >= this.#refreshAt) {
      const { expiresAt } = this.#tokens;
      await this.#renew().catch((error: unknown) => {
        // It is still good for a while, and the next request tries again.
        if (this.#ended !== undefined || Date.now() >= expiresAt) throw error;
      });
    }
    return this.#tokens?.token;
  }

  /** After a request with this token was rejected: whether there is another one. */
  async renewed(rejected: string | undefined): Promise<boolean> {
    if (this.#settings.bearer !== undefined || rejected === undefined) return false;
    if (this.#ended !== undefined) throw this.#ended;
    if (this.#tokens?.token === rejected) await this.#renew();
    return this.#tokens !== undefined;
  }

  #renew(): Promise<void> {
    this.#renewing ??= this.#renewOnce().finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  async #renewOnce(): Promise<void> {
    const { refresh, logIn, login, keptTokens } = this.#settings;
    const before = this.#tokens;
    const kept = before === undefined ? undefined : keptTokens?.();
    if (kept !== undefined && kept.refreshToken !== before?.refreshToken) {
      this.tokens = kept;
      return;
    }
    const startUnlessReplaced = (answer: TokensAnswer) => {
      // Meanwhile the application may have logged out or in.
      if (this.#tokens === before && this.#ended === undefined) this.start(answer);
    };
    if (before !== undefined) {
      try {
        return startUnlessReplaced(await refresh(before.refreshToken));
      } catch (error) {
        if (!isFinal(error)) throw error;
        if (login === undefined) return this.#end(before, error);
      }
    }
    if (login === undefined) return;
    try {
      startUnlessReplaced(await logIn(login));
    } catch (error) {
      if (!isFinal(error)) throw error;
      this.#end(before, error);
    }
  }

  #end(before: Tokens | undefined, cause: HoldfastError): void {
    if (this.#tokens !== before) return;
    this.clear();
    this.#ended = cause.code === 'TOKEN_INVALID' ? ownError('SESSION_ENDED', cause.status, cause) : cause;
    throw this.#ended;
  }
}

/** The server has answered that there is nothing to be had with these. */
function isFinal(error: unknown): error is HoldfastError {
  return error instanceof HoldfastError && error.status >= 400 && error.status < 500 && !error.isRetryable;
}
