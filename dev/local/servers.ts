import { join } from 'node:path';
import { describeExit, startPostgres, startRedis, type Server } from '#dev/servers';
import type { Context } from './context.ts';
import { say, step } from './terminal.ts';

export interface Servers {
  database: string;
  redis: string;
  pids: Record<string, number>;
}

/** PostgreSQL and Redis: those of DATABASE_URL and REDIS_URL if set, else our own. */
export async function startServers(context: Context): Promise<Servers> {
  const { options, signal, closing } = context;
  const files = (data: string, log: string) => ({
    dataDir: join(options.state, data),
    logFile: join(options.state, 'logs', `${log}.log`),
    signal,
  });
  const postgres = start('PostgreSQL', process.env['DATABASE_URL'], async (report) =>
    startPostgres({ ...files('postgres', 'postgres'), report }),
  );
  const redis = start('Redis', process.env['REDIS_URL'], async (report) =>
    startRedis({ ...files('redis-data', 'redis'), report }),
  );
  const pids: Record<string, number> = {};
  for (const [name, starting] of Object.entries({ postgres, redis })) {
    const server = await starting.then(
      (started) => started.server,
      () => undefined,
    );
    if (server === undefined) continue;
    pids[name] = server.pid;
    closing.add(server);
    void server.exited.then((exit) => context.fail(`${name} ended (${describeExit(exit)}):\n${server.lastLines()}`));
  }
  return { database: (await postgres).url, redis: (await redis).url, pids };
}

async function start(
  name: string,
  given: string | undefined,
  starting: (report: (line: string) => void) => Promise<Server>,
): Promise<{ url: string; server?: Server }> {
  if (given !== undefined) {
    say(`  ✓ ${name}: using yours at ${URL.canParse(given) ? new URL(given).host : 'an address that is not a URL'}`);
    return { url: given };
  }
  const server = await step(name, starting);
  return { url: server.url, server };
}
