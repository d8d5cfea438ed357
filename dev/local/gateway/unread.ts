import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { rejectMalformed, rejectUnread } from './reject.ts';

/** Answers requests that the parser rejects, but never in place of a pending answer to an earlier request. */
export function rejectWhatIsUnread(server: Server): void {
  const latest = new WeakMap<Duplex, { request: IncomingMessage; response: ServerResponse }>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    latest.set(request.socket, { request, response });
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const { request, response } = latest.get(socket) ?? {};
    if (!socket.writable) socket.destroy();
    else if (request === undefined || response === undefined || response.writableFinished) rejectUnread(error, socket);
    else if (!request.complete && !response.headersSent) rejectMalformed(request, response);
    else socket.destroy();
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    rejectUnread(new Error('CONNECT is not supported'), socket);
  });
}
