import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

type Reply = Scripted | 'reset' | 'silent' | ((response: ServerResponse, received: Received) => void);

export interface ScriptedServer {
  readonly url: string;
  readonly received: readonly Received[];
  /** Connections that were made to it. */
  readonly connections: number;
  close(): Promise<void>;
}

/** A server that answers each request with what `answer` says of it. */
export async function scriptedServer(answer: (received: Received, at: number) => Reply): Promise<ScriptedServer> {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
      received.push(one);
      reply(response, one, answer(one, received.length - 1));
    });
  });
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    get connections() {
      return connections;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function reply(response: ServerResponse, received: Received, what: Reply): void {
  if (what === 'silent') return;
  if (what === 'reset') return void response.socket?.destroy();
  if (typeof what === 'function') return what(response, received);
  const { status = 200, headers = {}, body = {} } = what;
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function rejection(status: number, code: string, more: Scripted & { data?: unknown } = {}): Scripted {
  const { data = null, headers = {} } = more;
  return { status, headers, body: { statusCode: status, statusMessage: code, code, data, requestId: 'r-1' } };
}

export const session = (name: string, expiresIn = 3600) => ({
  token: `${name}-token`,
  refreshToken: `${name}-refresh`,
  expiresIn,
});
