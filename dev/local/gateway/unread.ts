import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuseMalformed, refuseUnread } from './refuse.ts';

/** Answers requests that the parser rejects, but never in place of a pending answer to an earlier request. */
export function refuseWhatIsUnread(server: Server): void {
  const latest = new WeakMap<Duplex, { request: IncomingMessage; response: ServerResponse }>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    latest.set(request.socket, { request, response });
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const { request, response } = latest.get(socket) ?? {};
    if (!socket.writable) socket.destroy();
    else if (request === undefined || response === undefined || response.writableFinished) refuseUnread(error, socket);
    else if (!request.complete && !response.headersSent) refuseMalformed(request, response);
    else socket.destroy();
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    refuseUnread(new Error('CONNECT is not supported'), socket);
  });
}
