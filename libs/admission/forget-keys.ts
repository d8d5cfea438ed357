import type { Redis } from '#platform';
import { keyPlaces } from './keys.ts';

const askedAtOnce = 1000;

/** What somebody was answered is theirs, and goes when they go. What is answered from here on is not kept: its key is gone. */
export async function forgetKeysOf(redis: Redis, userId: string): Promise<void> {
  const pages = redis.scanStream({ match: keyPlaces(userId, '*'), count: askedAtOnce });
  for await (const places of pages as AsyncIterable<string[]>) if (places.length > 0) await redis.unlink(...places);
}
