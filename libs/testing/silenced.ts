import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Silenced {
  readonly url: string;
  readonly silence: () => void;
  readonly close: () => void;
}

/** Passes everything on to a database, until it falls silent: nothing passes then on the connections there are, and none is closed. */
export async function silenced(databaseUrl: string): Promise<Silenced> {
  const url = new URL(databaseUrl);
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const upstream = connect(Number(url.port), url.hostname);
    sockets.push(socket, upstream);
    socket.on('error', () => upstream.destroy()).pipe(upstream);
    upstream.on('error', () => socket.destroy()).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: through.href,
    silence: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
