import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, startRedis, type Server } from '#dev/servers';

declare global {
  var testServers: { readonly directory: string; readonly servers: readonly Server[] } | undefined;
}

/** One PostgreSQL and one Redis for the whole test run; each test uses its own database in them. */
export default async function startTestServers(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  const servers = await Promise.all([
    startPostgres({
      dataDir: join(directory, 'postgres'),
      logFile: join(directory, 'postgres.log'),
      durable: false,
    }),
    startRedis({ dataDir: join(directory, 'redis'), logFile: join(directory, 'redis.log'), appendOnly: false }),
  ]);
  globalThis.testServers = { directory, servers };
  const [postgres, redis] = servers;
  process.env['TEST_DATABASE_URL'] = postgres.url;
  process.env['TEST_REDIS_URL'] = redis.url;
}
