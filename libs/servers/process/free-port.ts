import { createServer } from 'node:net';
import { errorCode } from './error-code.ts';

/** A port that nothing listened on a moment ago. */
export async function freePort(): Promise<number> {
  return listenOnce(0);
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
