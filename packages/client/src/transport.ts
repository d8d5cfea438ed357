import { errorOf, HoldfastError, ownError } from './errors.ts';
import type { Route } from './generated/routes.ts';
import { pauseMs, sleep, timerMsMax, untilAborted } from './pause.ts';
import type { SeenWrites } from './seen-writes.ts';
import type { Session } from './session.ts';

export interface TransportSettings {
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
  readonly retries: number;
  readonly retryForMs: number;
  readonly timeoutMs: number;
  readonly language: string | undefined;
  readonly onBehalfOf: string | undefined;
}

/** Of one request; what is left out is as the client was made. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** Of a write, instead of one of the client's own: to repeat it in another process, or after a restart. */
  readonly idempotencyKey?: string | undefined;
  /** Of a read, instead of those that the client remembers; null: none. */
  readonly consistencyToken?: string | null | undefined;
  /** Id of the customer that a service acts for. */
  readonly onBehalfOf?: string | undefined;
  /** How often a request is repeated after its first try. */
  readonly retries?: number | undefined;
  /** For each try. */
  readonly timeoutMs?: number | undefined;
  /** For all tries. */
  readonly retryForMs?: number | undefined;
}

export interface Input {
  readonly path?: Readonly<Record<string, string | number>> | undefined;
  readonly query?: object | undefined;
  readonly body?: unknown;
}

export interface Answered {
  readonly headers: Headers;
  readonly body: unknown;
}

interface Request {
  readonly route: Route;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly options: RequestOptions;
  /** Whether its headers are of the caller. */
  readonly isSigned: boolean;
}

/** What of a request may change with each try. */
interface Carried {
  readonly bearer: string | undefined;
  readonly consistency: string | undefined;
}

/** Whom all tries of a request are of. */
export interface Caller {
  subject: string | undefined;
}

/** They are how one gets tokens, so they are sent without. */
const signedOut = /^POST \/auth\/(?:login|refresh|register|signup|password-resets\/\{token\})$/;
/** They take no key, and done twice is not as done once. */
const oneTry = /^POST \/(?:auth\/(?:register|signup|password-resets\/\{token\})|api-keys)$/;

/** Sends requests until they are answered, within bounds. */
export class Transport {
  readonly #settings: TransportSettings;
  readonly #session: Session;
  readonly #seen: SeenWrites;

  constructor(settings: TransportSettings, session: Session, seen: SeenWrites) {
    this.#settings = settings;
    this.#session = session;
    this.#seen = seen;
  }

  async send(route: Route, input: Input, options: RequestOptions = {}): Promise<Answered> {
    const request = this.#requestOf(route, input, options);
    const { signal, retries = this.#settings.retries, retryForMs = this.#settings.retryForMs } = options;
    const until = Date.now() + retryForMs;
    const sent = this.#seen.now;
    const caller: Caller = { subject: undefined };
    for (let tries = 1; ; tries += 1) {
      try {
        const { response, text } = await this.#signed(request, caller, (carried) => this.#exchange(request, carried));
        this.#remember(request, response, sent);
        return { headers: response.headers, body: bodyOf(response, text) };
      } catch (error) {
        if (!(error instanceof HoldfastError) || !error.isRetryable || tries > retries) throw error;
        if (oneTry.test(route) && !error.isSafeWithoutKey) throw error;
        const pause = pauseMs(tries, error.retryAfterMs);
        if (Date.now() + pause > until) throw error;
        await sleep(pause, signal);
      }
    }
  }

  /** One try: its answer goes on. */
  async open(route: Route, input: Input, { signal, lastEventId, caller }: Opening): Promise<Opened> {
    const request = this.#requestOf(route, input, { signal }, 'text/event-stream');
    return this.#signed(request, caller, async (carried) => {
      const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
      const { response } = await this.#exchange(request, carried, headers);
      return { response, bearer: carried.bearer };
    });
  }

  #requestOf(route: Route, input: Input, options: RequestOptions, accept = 'application/json'): Request {
    const [method = '', path = ''] = route.split(' ');
    const { language, onBehalfOf: ofClient } = this.#settings;
    const { onBehalfOf = ofClient, idempotencyKey = newKey() } = options;
    const isSigned = !signedOut.test(route);
    const headers: Record<string, string> = { accept };
    if (language !== undefined) headers['accept-language'] = language;
    if (input.body !== undefined) headers['content-type'] = 'application/json';
    if (method !== 'GET') headers['idempotency-key'] = idempotencyKey;
    if (onBehalfOf !== undefined && isSigned) headers['on-behalf-of'] = onBehalfOf;
    return {
      route,
      url: this.#settings.baseUrl + pathOf(path, input.path) + queryOf(input.query),
      method,
      headers,
      body: input.body === undefined ? undefined : JSON.stringify(input.body),
      options,
      isSigned,
    };
  }

  /** Once more with other tokens, if those that were sent are not accepted any more. */
  async #signed<Value>(request: Request, caller: Caller, send: (carried: Carried) => Promise<Value>): Promise<Value> {
    const { signal, consistencyToken } = request.options;
    const own = consistencyToken === undefined && request.method === 'GET';
    for (let mayRenew = true, mayForget = own; ;) {
      const bearer = request.isSigned ? await untilAborted(this.#session.bearer(), signal) : undefined;
      // Meanwhile somebody else may have logged in, whose request this is not.
      const subject = subjectOf(bearer);
      if (caller.subject !== undefined && caller.subject !== subject) throw ownError('SESSION_ENDED');
      caller.subject = subject;
      const consistency = own ? this.#seen.header() : (consistencyToken ?? undefined);
      try {
        return await send({ bearer, consistency });
      } catch (error) {
        if (!(error instanceof HoldfastError)) throw error;
        if (error.code === 'TOKEN_INVALID' && request.isSigned && mayRenew) {
          mayRenew = false;
          if (!(await untilAborted(this.#session.renewed(bearer), signal))) throw error;
        } else if (error.code === 'TOKEN_FOREIGN' && consistency !== undefined && mayForget) {
          mayForget = false;
          this.#seen.forget(consistency);
        } else throw error;
      }
    }
  }

  /** Answers that are streams are left to be read. */
  async #exchange(request: Request, { bearer, consistency }: Carried, more: Readonly<Record<string, string>> = {}) {
    const { options, url, method, body } = request;
    const headers: Record<string, string> = {
      ...request.headers,
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(consistency === undefined ? {} : { 'consistency-token': consistency }),
      ...more,
    };
    const { signal, timeoutMs = this.#settings.timeoutMs } = options;
    signal?.throwIfAborted();
    // What cannot be sent at all is a mistake of the caller, and not of the connection.
    // A write that was redirected would come as a read.
    const sent: RequestInit = { method, headers: new Headers(headers), redirect: 'error' };
    if (body !== undefined) sent.body = body;
    const address = new URL(url, (globalThis as { location?: { href: string } }).location?.href).href;
    const controller = new AbortController();
    const abort = () => controller.abort(signal?.reason);
    signal?.addEventListener('abort', abort);
    let isLate = false;
    const timer = setTimeout(
      () => {
        isLate = true;
        controller.abort();
      },
      Math.min(timeoutMs, timerMsMax),
    );
    let isStream = false;
    try {
      const { fetch: send } = this.#settings;
      const response = await send(address, { ...sent, signal: controller.signal });
      isStream = response.ok && headers['accept'] === 'text/event-stream';
      // Read to its end in any case, so that its connection can be used again.
      const text = isStream ? '' : await response.text();
      if (!response.ok) throw errorOf(response, text);
      return { response, text };
    } catch (error) {
      if (error instanceof HoldfastError) throw error;
      signal?.throwIfAborted();
      throw ownError(isLate ? 'TIMED_OUT' : 'CONNECTION_FAILED', 0, error);
    } finally {
      clearTimeout(timer);
      if (!isStream) signal?.removeEventListener('abort', abort);
    }
  }

  #remember({ options }: Request, { headers }: Response, sent: number): void {
    const token = headers.get('consistency-token');
    if (token === null) return;
    // With a key of the caller's it may have been recorded earlier.
    const isNew = options.idempotencyKey === undefined && headers.get('idempotency-replayed') === null;
    this.#seen.add(token, isNew ? sent : undefined);
  }
}

interface Opening {
  readonly signal: AbortSignal;
  readonly lastEventId: string | undefined;
  readonly caller: Caller;
}

export interface Opened {
  readonly response: Response;
  /** What it was opened with. */
  readonly bearer: string | undefined;
}

/** Whose token it is, if it says so. */
export function subjectOf(bearer: string | undefined): string | undefined {
  const payload = bearer?.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/');
  if (payload === undefined) return undefined;
  try {
    return (JSON.parse(atob(payload)) as { sub?: string } | null)?.sub;
  } catch {
    return undefined;
  }
}

function bodyOf(response: Response, text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw ownError('ANSWER_UNREADABLE', response.status, error);
  }
}

function pathOf(path: string, values: Input['path'] = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(values[name] ?? '');
    // A URL with these leads elsewhere.
    if (['', '.', '..'].includes(value)) throw new TypeError(`${path}: ${name} cannot be '${value}'`);
    return encodeURIComponent(value);
  });
}

function queryOf(query: object = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}

/** crypto.randomUUID is only there on pages with HTTPS. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
