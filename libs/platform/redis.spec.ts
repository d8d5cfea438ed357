import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { startRedis, type Server } from '#dev/servers';
import { silenced, until } from '#dev/testing';
import { createLogger, createRedis, rejectForgetfulRedis, untilConnected, type Logger, type Redis } from './index.ts';

/** A logger, and what it writes. */
function written(): { logger: Logger; lines: PassThrough } {
  const lines = new PassThrough({ encoding: 'utf8' });
  return { logger: createLogger('test', { logLevel: 'info', logFormat: 'json' }, lines), lines };
}

describe('a Redis that a service is to rely on', () => {
  let directory: string;
  let server: Server;
  let redis: Redis;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'holdfast-redis-'));
    server = await startRedis({ dataDir: join(directory, 'data'), logFile: join(directory, 'log'), appendOnly: false });
    redis = createRedis(server.url);
  });

  afterAll(async () => {
    redis.disconnect();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function untilItSays(what: string, from = redis): Promise<void> {
    const ping = () => from.ping().catch(({ message }: Error) => message);
    await until(ping, (said) => said === what);
  }

  it('is rejected when it may drop keys, with what to do about it', async () => {
    await rejectForgetfulRedis(redis);
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(rejectForgetfulRedis(redis)).rejects.toThrow(
      'Redis has the maxmemory-policy allkeys-lru and may evict keys that must stay: set it to noeviction',
    );
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    await expect(rejectForgetfulRedis(redis)).resolves.toBeUndefined();
  });

  it('is connected to anew when its connection has fallen silent', async () => {
    const line = await silenced(server.url);
    const behind = createRedis(line.url);
    await untilConnected(behind);
    line.silence();
    await expect(behind.ping()).rejects.toThrow('Command timed out');
    await untilItSays('PONG', behind);
    behind.disconnect();
    line.close();
  });

  it('is waited for no longer than once or twice while it hangs', async () => {
    process.kill(server.pid, 'SIGSTOP');
    try {
      await untilItSays("Stream isn't writeable and enableOfflineQueue options is false");
    } finally {
      process.kill(server.pid, 'SIGCONT');
    }
    await expect(untilItSays('PONG')).resolves.toBeUndefined();
  });

  it('is not told of in the log with the password that it rejects', async () => {
    const { logger, lines } = written();
    const url = new URL(server.url);
    url.password = 'hunter2hunter2';
    const rejected = createRedis(url.href, logger);
    const [line] = (await once(lines, 'data')) as [string];
    rejected.disconnect();
    expect(JSON.parse(line)).toMatchObject({
      msg: 'Redis is unavailable',
      err: { message: expect.stringMatching(/^WRONGPASS/) },
    });
    expect(line).not.toContain('hunter2');
  });

  it('is taken on trust while it is away', async () => {
    const away = createRedis('redis://127.0.0.1:1');
    await expect(rejectForgetfulRedis(away)).resolves.toBeUndefined();
    away.disconnect();
  });
});
