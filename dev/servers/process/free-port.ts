import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { errorCode } from './error-code.ts';

// Below the ephemeral ports, which the system assigns to outgoing connections and to port 0.
const lowest = 10_000;
const beyond = 32_000;

const given = new Set<number>();

/**
 * A port that is currently free, for a server that is about to start. It cannot be reserved, so it is drawn at random
 * from many, and never twice in one process, which makes collisions unlikely.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, beyond);
    if (given.has(port) || (await portTaken(port))) continue;
    given.add(port);
    return port;
  }
}

export async function portTaken(port: number, host = '127.0.0.1'): Promise<boolean> {
  try {
    await listenOnce(port, host);
    return false;
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') return true;
    throw error;
  }
}

async function listenOnce(port: number, host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
