import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { types } from 'node:util';
import { mayReceive } from './addresses.ts';
import { hostOf, type ReceiverRules } from './receiver-url.ts';
import { resolveHost, type ResolveHost } from './resolve-host.ts';

/** What came of a request: the receiver's status, or why there is none. */
export type Response =
  | { readonly status: number; readonly retryAfter: string | undefined }
  | { readonly status: null; readonly error: string };

export interface ConnectionOptions extends ReceiverRules {
  readonly requestsMax: number;
  readonly timeoutMs: number;
  readonly resolve?: ResolveHost;
}

/** Read only so that the connection can be used again; a receiver that sends more loses it. */
const bodyBytesMax = 65_536;
const errorLengthMax = 200;
const idleMsMax = 30_000;

/** Sends requests to one endpoint, on connections of its own, and only to addresses that a webhook may be sent to. */
export class Connection {
  readonly #url: URL;
  readonly #options: ConnectionOptions;
  readonly #agent: HttpAgent;
  #resolving: Promise<readonly string[]> | undefined;

  constructor(url: string, options: ConnectionOptions) {
    this.#url = new URL(url);
    this.#options = options;
    const agentOptions = { keepAlive: true, maxSockets: options.requestsMax, timeout: idleMsMax };
    this.#agent = this.#url.protocol === 'https:' ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  }

  /** Posts the body. Redirects are not followed. Never throws. */
  async post(
    body: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Response | 'interrupted'> {
    const timeout = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      return await this.#post(body, headers, AbortSignal.any([signal, timeout]));
    } catch (error) {
      if (signal.aborted) return 'interrupted';
      const said = timeout.aborted ? `no answer within ${this.#options.timeoutMs} ms` : messageOf(error);
      return { status: null, error: said.slice(0, errorLengthMax) };
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  async #post(body: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
    try {
      return await this.#exchange(body, headers, signal);
    } catch (error) {
      // The receiver closed an idle connection at the moment it was used: nobody has read the request.
      if (error instanceof ClosedWhileIdle) return this.#post(body, headers, signal);
      throw error;
    }
  }

  #exchange(body: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
    const host = hostOf(this.#url);
    // Node does not look up what is an address already.
    if (isIP(host) !== 0 && !mayReceive(host, this.#options.allowsPrivate)) throw new ForbiddenAddress(host);
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const send = this.#url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(this.#url, {
      method: 'POST',
      agent: this.#agent,
      signal,
      lookup: this.#lookup,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    const fail = (error: NodeJS.ErrnoException): void =>
      reject(request.reusedSocket && error.code === 'ECONNRESET' ? new ClosedWhileIdle() : error);
    request.on('error', fail);
    request.once('response', (response) => {
      request.off('error', fail).on('error', () => undefined);
      const { statusCode: status = 0, headers: answered } = response;
      discard(response, () => resolve({ status, retryAfter: answered['retry-after'] }));
    });
    request.end(body);
    return promise;
  }

  /** Checks the very addresses that the socket connects to, so that a name cannot resolve to another one in between. */
  readonly #lookup: LookupFunction = async (host, options, answer) => {
    try {
      const addresses = await this.#addressesOf(host);
      const found = addresses.map((address) => ({ address, family: isIP(address) }));
      const [first] = found;
      if (options.all === true || first === undefined) answer(null, found);
      else answer(null, first.address, first.family);
    } catch (error) {
      answer(error as Error, []);
    }
  };

  async #addressesOf(host: string): Promise<readonly string[]> {
    const { allowsPrivate, resolve = resolveHost } = this.#options;
    // Requests that begin at the same time share the answer.
    this.#resolving ??= resolve(host).finally(() => (this.#resolving = undefined));
    const addresses = await this.#resolving;
    const forbidden = addresses.find((address) => !mayReceive(address, allowsPrivate));
    if (forbidden !== undefined) throw new ForbiddenAddress(forbidden);
    return addresses;
  }
}

class ClosedWhileIdle extends Error {
  override readonly name = 'ClosedWhileIdle';
}

class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';

  constructor(address: string) {
    super(`webhooks are not sent to the address ${address}`);
  }
}

/** Reads the body to its end, or to the bound; the status counts, however the body ends. */
function discard(response: IncomingMessage, done: () => void): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) response.destroy();
  });
  response.once('error', () => undefined);
  response.once('close', done);
}

function messageOf(error: unknown): string {
  // Node's error for a host with several addresses has no message.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return types.isNativeError(first) ? first.message : String(first);
}
