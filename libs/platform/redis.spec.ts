import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis, type Server } from '#servers';
import { createRedis, refuseForgetfulRedis, type Redis } from './index.ts';

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

  it('is refused when it may drop keys, with what to do about it', async () => {
    await refuseForgetfulRedis(redis);
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(refuseForgetfulRedis(redis)).rejects.toThrow(
      'Redis has the maxmemory-policy allkeys-lru and may drop keys that must stay: set it to noeviction',
    );
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    await expect(refuseForgetfulRedis(redis)).resolves.toBeUndefined();
  });

  it('is taken on trust while it is away', async () => {
    const away = createRedis('redis://127.0.0.1:1');
    await expect(refuseForgetfulRedis(away)).resolves.toBeUndefined();
    away.disconnect();
  });
});
