import type { Redis } from '#platform';
import { keyPlaces } from './key-claim.ts';

const askedAtOnce = 1000;

/**
 * Deletes the stored answers of an erased user. Answers of running requests are not stored, because their keys are
 * gone.
 */
export async function forgetKeysOf(redis: Redis, userId: string): Promise<void> {
  const pages = redis.scanStream({ match: keyPlaces(userId, '*'), count: askedAtOnce });
  for await (const places of pages as AsyncIterable<string[]>) if (places.length > 0) await redis.unlink(...places);
}
