import { transaction, type Pool, type Redis } from '#platform';
import { unparkAll } from '#projections';
import { feed, feedKey, feedStateKey } from './feed.ts';

/**
 * Empties the feed, so that the projector writes it again from the first event. What is known outside of Redis is forgotten
 * first, since it is only needed without Redis; the writer cannot change it meanwhile, because it is the writer no more.
 */
export async function refillFeed(pool: Pool, redis: Redis): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query('update feeds set writer = gen_random_uuid(), starts_after = null where feed = $1', [feed.name]);
    await client.query('delete from feed_late_streams where feed = $1', [feed.name]);
    await unparkAll(client, feed);
  });
  await redis.unlink(feedKey, feedStateKey);
}
