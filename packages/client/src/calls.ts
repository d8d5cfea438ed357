import { HoldfastError } from './errors.ts';
import { follow, type FollowOptions } from './follow.ts';
import { bareRoutes, type Route } from './generated/routes.ts';
import { Listing } from './listing.ts';
import type { AnswerOf, FollowMethod, Id, InputOf, ListMethod, Method, RequestArguments, RowOf } from './operations.ts';
import { SeenWrites } from './seen-writes.ts';
import { Session, type Credentials, type Tokens, type TokensAnswer } from './session.ts';
import { subjectOf, Transport, type Input, type RequestOptions } from './transport.ts';

export interface HoldfastOptions {
  /** Where the API is, such as `https://shop.example.com`; without `/api/v1`, or with it. */
  readonly baseUrl: string;
  /** An access token that the application refreshes itself. */
  readonly token?: string | undefined;
  readonly apiKey?: string | undefined;
  /** Logs in when a request needs it, and again when the session has ended. */
  readonly login?: Credentials | undefined;
  /** Of a session that goes on: what `onTokens` was told last. */
  readonly tokens?: Tokens | undefined;
  /** Is told the tokens whenever there are others, to keep them; undefined when the session has ended. */
  readonly onTokens?: ((tokens: Tokens | undefined) => void) | undefined;
  /** Reads what was kept: before a refresh, since another tab may have refreshed the same session. */
  readonly keptTokens?: (() => Tokens | undefined) | undefined;
  /** Of error messages, such as `zh-TW`. */
  readonly language?: string | undefined;
  /** Id of the customer that a service acts for. */
  readonly onBehalfOf?: string | undefined;
  /** How often a request is repeated after its first try; 4 by default. */
  readonly retries?: number | undefined;
  /** For each try; 30,000 by default. */
  readonly timeoutMs?: number | undefined;
  /** For all tries; 60,000 by default. No try begins after it. */
  readonly retryForMs?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/** A lost answer can be asked for again for ten seconds; later, the session would end. */
const refreshOptions = { timeoutMs: 4_000, retryForMs: 5_000 };

/** How the methods of the resources are made of the operations. */
export class Calls {
  readonly #session: Session;
  readonly #seen = new SeenWrites();
  readonly #transport: Transport;

  constructor(options: HoldfastOptions) {
    const { baseUrl, token, apiKey, login, tokens, onTokens, keptTokens, language, onBehalfOf } = options;
    const { retries = 4, timeoutMs = 30_000, retryForMs = 60_000, fetch: own } = options;
    this.#session = new Session({
      bearer: token ?? apiKey,
      login,
      tokens,
      onTokens,
      keptTokens,
      refresh: (refreshToken) => this.#signIn('POST /auth/refresh', { refreshToken }, refreshOptions),
      logIn: (credentials) => this.#signIn('POST /auth/login', credentials),
    });
    const base = baseUrl.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
    const settings = { baseUrl: `${base}/api/v1`, retries, timeoutMs, retryForMs, language, onBehalfOf };
    // Called by name, so that a fetch that is replaced later is the one that is used.
    const send: typeof fetch = own ?? ((...sent) => fetch(...sent));
    this.#transport = new Transport({ ...settings, fetch: send }, this.#session, this.#seen);
  }

  /** Of the session; set, it goes on with these, and undefined forgets it. */
  get tokens(): Tokens | undefined {
    return this.#session.tokens;
  }

  set tokens(tokens: Tokens | undefined) {
    this.#session.tokens = tokens;
  }

  /** Of the session: the user whom its token says it is for. */
  get userId(): string | undefined {
    return subjectOf(this.#session.tokens?.token);
  }

  /** What the next read is sent with, so that another client or process can see the same writes. */
  get consistencyToken(): string | undefined {
    return this.#seen.header();
  }

  /** The next reads see these writes of another client, too. */
  see(consistencyToken: string): void {
    for (const token of consistencyToken.split(', ')) this.#seen.add(token, undefined);
  }

  /** Any operation of the API, as its document has it. */
  async request<R extends Route>(route: R, ...[input, options]: RequestArguments<R>): Promise<AnswerOf<R>> {
    return (await this.#transport.send(route, input ?? {}, options)).body as AnswerOf<R>;
  }

  protected call<R extends Route>(route: R): Method<R> {
    const call = async (...given: readonly unknown[]) => {
      const { input, options } = readArguments(route, given);
      return (await this.#transport.send(route, input, options as RequestOptions)).body;
    };
    return call as Method<R>;
  }

  /** @param field Of the answer, has the rows; without, the answer is the rows. */
  protected list<R extends Route, Field extends keyof AnswerOf<R>>(
    route: R,
    field: Field,
  ): ListMethod<R, RowOf<AnswerOf<R>[Field]>> {
    return this.#listing(route, (answer) => (answer as Record<Field, readonly unknown[]>)[field]) as never;
  }

  protected rows<R extends Route>(route: R): ListMethod<R, RowOf<AnswerOf<R>>> {
    return this.#listing(route, (answer) => answer as readonly unknown[]) as never;
  }

  protected follow<R extends Route, Row = AnswerOf<R>, State = Row>(route: R): FollowMethod<R, Row, State> {
    const iterable = (...given: readonly unknown[]) => {
      const { input, options = {} } = readArguments(route, given);
      const followed = { transport: this.#transport, session: this.#session, route, input };
      return { [Symbol.asyncIterator]: () => follow({ ...followed, options: options as FollowOptions }) };
    };
    return iterable as never;
  }

  protected logIn(credentials: Credentials, options?: RequestOptions) {
    return this.#started('POST /auth/login', credentials, options);
  }

  protected register(user: InputOf<'POST /auth/register'>, options?: RequestOptions) {
    return this.#started('POST /auth/register', user, options);
  }

  protected signUp(user: InputOf<'POST /auth/signup'>, options?: RequestOptions) {
    return this.#started('POST /auth/signup', user, options);
  }

  /** Ends the session; its tokens are forgotten, whether it was still there or not. */
  protected async logOut(options?: RequestOptions): Promise<void> {
    try {
      await this.#transport.send('POST /auth/logout', {}, options);
    } catch (error) {
      if (!hasEnded(error)) throw error;
    } finally {
      this.#session.clear();
    }
  }

  async #signIn(route: Route, body: unknown, options?: RequestOptions): Promise<TokensAnswer> {
    return (await this.#transport.send(route, { body }, options)).body as TokensAnswer;
  }

  async #started<R extends Route>(route: R, body: unknown, options?: RequestOptions): Promise<AnswerOf<R>> {
    const answer = await this.#signIn(route, body, options);
    this.#session.start(answer);
    return answer;
  }

  #listing(route: Route, rowsOf: (answer: unknown) => readonly unknown[]) {
    return (...given: readonly unknown[]) => {
      const { input, options } = readArguments(route, given);
      return new Listing(async (cursor) => {
        const query = cursor === undefined ? input.query : { ...input.query, page: undefined, cursor };
        const sent = this.#transport.send(route, { ...input, query }, options as RequestOptions);
        const { headers, body: answer } = await sent;
        const next = (answer as { nextCursor?: string | null }).nextCursor ?? headers.get('next-cursor');
        return { answer, rows: rowsOf(answer), next };
      });
    };
  }
}

/** The ids of the path, what the operation takes, and options. */
function readArguments(route: Route, given: readonly unknown[]): { input: Input; options: unknown } {
  const names = [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const path = Object.fromEntries(names.map((name, at) => [name, given[at] as Id]));
  const [first, second] = given.slice(names.length);
  if (bareRoutes.has(route)) return { input: { path }, options: first };
  const isQuery = route.startsWith('GET ') || route === 'POST /order';
  return { input: { path, [isQuery ? 'query' : 'body']: first }, options: second };
}

function hasEnded(error: unknown): boolean {
  return error instanceof HoldfastError && (error.code === 'TOKEN_INVALID' || error.code === 'SESSION_ENDED');
}
