import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Silenced {
  readonly url: string;
  readonly silence: () => void;
  /** Delivers what was held back; the connections continue. */
  readonly resume: () => void;
  readonly close: () => void;
}

/** A proxy to a server that can go silent: existing connections then pass no data but stay open. */
export async function silenced(serverUrl: string): Promise<Silenced> {
  const url = new URL(serverUrl);
  const pairs: (readonly [Socket, Socket])[] = [];
  const server = createServer((socket) => {
    const upstream = connect(Number(url.port), url.hostname);
    pairs.push([socket, upstream]);
    socket.on('error', () => upstream.destroy()).pipe(upstream);
    upstream.on('error', () => socket.destroy()).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: through.href,
    silence: () => {
      for (const socket of pairs.flat()) socket.unpipe().pause();
    },
    resume: () => {
      for (const [socket, upstream] of pairs) {
        socket.pipe(upstream);
        upstream.pipe(socket);
      }
    },
    close: () => {
      for (const socket of pairs.flat()) socket.destroy();
      server.close();
    },
  };
}
