import { transaction, type Pool, type Redis } from '#platform';
import { unparkAll } from '#projections';
import { feed, feedKey, feedStateKey } from './feed.ts';

/**
 * Empties the feed, so that the projector writes it again from the first event. What is known outside of Redis is forgotten
 * first, since it is only needed without Redis; a new epoch keeps the writer from changing it meanwhile.
 */
export async function refillFeed(pool: Pool, redis: Redis): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query('update feeds set epoch = epoch + 1, starts_after = null where feed = $1', [feed.name]);
    await client.query('delete from feed_late_streams where feed = $1', [feed.name]);
    await unparkAll(client, feed);
  });
  await redis.unlink(feedKey, feedStateKey);
}
