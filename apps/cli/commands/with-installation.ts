import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { createPool, createRedis, readConfig, untilConnected, type Pool, type Redis } from '#platform';
import { readModelsOf, type ReadModel } from '#read-models';

export interface Installation {
  readonly pool: Pool;
  readonly redis: Redis;
  readonly store: EventStore;
  /** Those that the projector builds. */
  readonly readModels: readonly ReadModel[];
}

const connectionsMax = 4;
/** A rebuild writes large pages on a server with other load. */
const timeouts = { connectMs: 3000, answerMs: 40_000 };

/** Connects to the servers of the configuration, does the work, and always disconnects. */
export async function withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const pool = createPool({ url: config.databaseUrl, connectionsMax, name: 'holdfast-cli', timeouts });
  const redis = createRedis(config.redisUrl);
  const store = await connectEventStore(config.eventStoreUrl);
  try {
    await untilConnected(redis);
    return await work({ pool, redis, store, readModels: readModelsOf(config) });
  } finally {
    redis.disconnect();
    await Promise.all([store.close(), pool.end()]);
  }
}
