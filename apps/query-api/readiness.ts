import type { Health, Pool, Redis } from '#platform';
import { assertLive } from '#projections';
import { readModels } from '#read-models';

/** Ready once all read models have been there; from then on as long as PostgreSQL or Redis can answer something. */
export function watchReadiness(health: Health, pool: Pool, redis: Redis): void {
  const projections = readModels.map(({ projection }) => projection);
  let built = false;
  const postgres = async (): Promise<void> => {
    await assertLive(pool, projections);
    built = true;
  };
  const live = async (): Promise<void> => void (await redis.ping());
  health.add({ name: 'read-models', essential: false, check: postgres });
  health.add({ name: 'redis', essential: false, check: live });
  health.add({
    name: 'availability',
    essential: true,
    check: () => (built ? Promise.any([postgres(), live()]) : postgres()),
  });
}
