import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { isRunning, processesWith, workingDirectoryOf } from '../process/process-table.ts';
import { run } from '../process/run.ts';
import { redisBinary } from './binary.ts';
import { freePort } from '../process/free-port.ts';
import type { Server } from '../server.ts';
import { startRedis, type RedisOptions } from './start-redis.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-redis-'));
const dataDir = join(folder, 'data');
const logFile = join(folder, 'redis.log');
const started: Server[] = [];
// The first start may have to fetch Redis.
const patienceMs = 120_000;

async function start(options: Partial<RedisOptions> = {}): Promise<Server> {
  const redis = await startRedis({ dataDir, logFile, ...options });
  started.push(redis);
  return redis;
}

afterEach(async () => {
  for (const redis of started.splice(0)) await redis.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask<T>(url: string, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', () => {});
  try {
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

describe('a Redis of our own', () => {
  it(
    'keeps its data over a stop',
    async () => {
      const first = await start();
      await ask(first.url, (redis) => redis.set('kept', '7'));
      await first.stop();
      const second = await start();
      expect(await ask(second.url, (redis) => redis.get('kept'))).toBe('7');
    },
    patienceMs,
  );

  it('starts again after it was killed', async () => {
    const first = await start();
    process.kill(first.pid, 'SIGKILL');
    const second = await start();
    expect(await ask(second.url, (redis) => redis.ping())).toBe('PONG');
  });

  it('stops the orphan that still works with its data', async () => {
    await (await start()).stop();
    const { command, env } = await redisBinary(() => {});
    const script = 'setsid "$0" redis.conf >redis.out 2>&1 & until grep -qs Ready redis.out; do sleep 0.02; done';
    await run('/bin/sh', ['-c', script, command], { cwd: dataDir, env });
    const orphans = () => processesWith((pid) => workingDirectoryOf(pid) === dataDir && isRunning(pid));
    const orphan = orphans()[0];
    const redis = await start();
    expect(orphan).toBeDefined();
    expect(orphans()).toEqual([redis.pid]);
  });

  it('never drops a key to make room', async () => {
    const redis = await start();
    const policy = await ask(redis.url, (client) => client.config('GET', 'maxmemory-policy'));
    expect(policy).toEqual(['maxmemory-policy', 'noeviction']);
  });

  it('wants a password', async () => {
    const redis = await start();
    await expect(ask(`redis://127.0.0.1:${redis.port}`, (client) => client.get('kept'))).rejects.toThrow('NOAUTH');
  });

  it('says that a port is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    await expect(start({ port })).rejects.toThrow(`Redis cannot start: port ${port} on 127.0.0.1 is taken.`);
    other.close();
  });
});
