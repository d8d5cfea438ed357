import type { Health, Pool, Redis } from '#platform';
import { assertLive } from '#projections';
import { readModels } from '#read-models';

/**
 * Once all read models have been there it can serve as long as PostgreSQL or Redis can answer something. Answers how to
 * ask whether they are there.
 */
export function watchReadiness(health: Health, pool: Pool, redis: Redis): () => Promise<void> {
  const projections = readModels.map(({ projection }) => projection);
  const postgres = (): Promise<void> => assertLive(pool, projections);
  const live = async (): Promise<void> => void (await redis.ping());
  health.add({ name: 'read-models', essential: false, check: postgres });
  health.add({ name: 'redis', essential: false, check: live });
  health.add({ name: 'availability', essential: true, check: () => Promise.any([postgres(), live()]) });
  return postgres;
}
