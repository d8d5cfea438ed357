import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { errorCode } from './error-code.ts';

// Below those that a system hands out by itself: whoever asks it for any port, or connects to somebody, gets one of these.
const lowest = 10_000;
const beyond = 32_000;

const given = new Set<number>();

/**
 * A port that nothing listened on a moment ago, for a server that starts in a moment. Nobody can keep it free until then;
 * so it is drawn from many, and never twice in one process: two that draw at the same time hardly draw the same.
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
