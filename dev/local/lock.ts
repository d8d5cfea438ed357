import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const answerTimeoutMs = 1_000;

export type Release = () => Promise<void>;
export interface Held {
  /** The description given by the holder. */
  by: string;
}

/**
 * A lock on a directory, held by a listening socket, which the kernel closes with its process. Others that find it
 * taken get a description of the holder.
 */
export async function tryLock(directory: string, describe: () => string): Promise<Release | Held> {
  mkdirSync(directory, { recursive: true });
  const path = socketOf(realpathSync(directory));
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(describe());
  });
  if (!(await listens(server, path))) {
    const by = await askHolder(path);
    if (by !== undefined || process.platform === 'linux') return { by: by ?? 'another process that does not respond' };
    rmSync(path, { force: true });
    if (!(await listens(server, path))) return { by: 'another process' };
  }
  server.unref();
  return async () => new Promise((resolve) => void server.close(() => resolve()));
}

// Linux has abstract sockets without a file; elsewhere the file of a dead holder must be removed.
function socketOf(state: string): string {
  const name = `holdfast-${createHash('sha256').update(state).digest('hex').slice(0, 16)}`;
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

async function listens(server: ReturnType<typeof createServer>, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(path, () => resolve(true));
  });
}

async function askHolder(path: string): Promise<string | undefined> {
  const socket = connect(path);
  socket.setTimeout(answerTimeoutMs, () => socket.destroy());
  return text(socket).catch(() => undefined);
}
