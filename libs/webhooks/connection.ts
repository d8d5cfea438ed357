import { lookup, type LookupAddress } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { mayReceive } from './addresses.ts';
import { hostOf, type ReceiverRules } from './receiver-url.ts';

/** What came of a request: the receiver's status, or why there is none. */
export type Response =
  | { readonly status: number; readonly retryAfter: string | undefined }
  | { readonly status: null; readonly error: string };

export interface ConnectionOptions extends ReceiverRules {
  readonly requestsMax: number;
  readonly timeoutMs: number;
  readonly resolve?: typeof lookup;
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

  constructor(url: string, options: ConnectionOptions) {
    this.#url = new URL(url);
    this.#options = options;
    const agentOptions = { keepAlive: true, maxSockets: options.requestsMax, timeout: idleMsMax };
    this.#agent = this.#url.protocol === 'https:' ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  }

  /** Posts the body. Redirects are not followed. Throws only when the signal is aborted. */
  async post(body: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
    const timeout = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      return await this.#post(body, headers, AbortSignal.any([signal, timeout]));
    } catch (error) {
      signal.throwIfAborted();
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
    request.once('error', (error: NodeJS.ErrnoException) =>
      reject(request.reusedSocket && error.code === 'ECONNRESET' ? new ClosedWhileIdle() : error),
    );
    request.once('response', (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      discard(response, () => resolve({ status, retryAfter: answered['retry-after'] }));
    });
    request.end(body);
    return promise;
  }

  /** Checks the very addresses that the socket connects to, so that a name cannot resolve to another one in between. */
  readonly #lookup: LookupFunction = (host, options, answer) => {
    const { allowsPrivate, resolve = lookup } = this.#options;
    resolve(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const forbidden =
        error === null ? addresses.find(({ address }) => !mayReceive(address, allowsPrivate)) : undefined;
      if (error !== null) return answer(error, []);
      if (forbidden !== undefined) return answer(new ForbiddenAddress(forbidden.address), []);
      const [first] = addresses;
      if (options.all === true || first === undefined) return answer(null, addresses);
      return answer(null, first.address, first.family);
    });
  };
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
  return first instanceof Error ? first.message : String(first);
}
