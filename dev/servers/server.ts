import type { Child, Exit } from './process/child.ts';
import { freePort, portTaken } from './process/free-port.ts';

/** A server that runs as long as this process. */
export interface Server {
  url: string;
  port: number;
  pid: number;
  exited: Promise<Exit>;
  lastLines(): string;
  stop(): Promise<void>;
  kill(): void;
}

const attemptsMax = 3;

/** Starts on the given port or throws; if no port was given and the chosen one was taken meanwhile, tries another. */
export async function onPort(
  name: string,
  port: number | undefined,
  start: (port: number) => Promise<Child>,
): Promise<{ child: Child; port: number }> {
  if (port !== undefined) {
    if (await portTaken(port)) throw new Error(`${name} cannot start: port ${port} on 127.0.0.1 is taken.`);
    return { child: await start(port), port };
  }
  for (let attempt = 1; ; attempt++) {
    const free = await freePort();
    try {
      return { child: await start(free), port: free };
    } catch (error) {
      if (attempt === attemptsMax || !String(error).includes('Address already in use')) throw error;
    }
  }
}

export function serverOf(child: Child, url: string, port: number): Server {
  return {
    url,
    port,
    pid: child.pid,
    exited: child.exited,
    lastLines: () => child.lastLines(),
    stop: () => child.stop(),
    kill: () => child.kill(),
  };
}
