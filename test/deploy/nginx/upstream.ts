import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (request: Seen, response: ServerResponse, socket: Socket) => void;

/** Stands in for a service: says its name, and remembers what it was asked. */
export class Upstream {
  readonly seen: Seen[] = [];
  connections = 0;
  /** How often it was sent what is not HTTP. */
  unreadable = 0;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #name: string;
  readonly #answer: Answer;

  private constructor(name: string, answer: Answer | undefined) {
    this.#name = name;
    this.#answer = answer ?? ((_, response) => response.end());
    this.#server.on('connection', () => (this.connections += 1));
    this.#server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket) => {
      if (code.startsWith('HPE_')) this.unreadable += 1;
      socket.destroy();
    });
  }

  static async start(name: string, answer?: Answer): Promise<Upstream> {
    const upstream = new Upstream(name, answer);
    upstream.#server.listen(0, '127.0.0.1');
    await once(upstream.#server, 'listening');
    return upstream;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers, socket } = request;
    const body = await text(request).catch(() => undefined);
    // It broke off before it was whole.
    if (body === undefined) return;
    const seen = { method, url, headers, body };
    this.seen.push(seen);
    response.setHeader('x-served-by', this.#name);
    this.#answer(seen, response, socket);
  }
}

/** Takes the request, and is gone before it has answered: whether it acted on it, nobody knows. */
export const breakOff: Answer = (_request, _response, socket) => socket.destroy();

/** Takes the request, and says nothing. */
export const fallSilent: Answer = () => {};
