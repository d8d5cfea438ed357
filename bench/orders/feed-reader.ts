import { Redis } from 'ioredis';
import { feedKey } from '#feeds';
import { Sightings } from '../projections/sightings.ts';

const blockMs = 100;
const entriesMax = 1000;

/** Follows the feed, and tells when a purchase is in it. */
export class FeedReader {
  readonly #redis: Redis;
  readonly #purchases = new Sightings();
  #closing = false;
  #reading: Promise<void> = Promise.resolve();

  private constructor(redis: Redis) {
    this.#redis = redis;
  }

  static async open(url: string): Promise<FeedReader> {
    const redis = new Redis(url);
    await redis.ping();
    const reader = new FeedReader(redis);
    reader.#reading = reader.#follow();
    return reader;
  }

  /** Resolves once the purchase is read; with false if it is not in time. */
  purchase(id: string, timeoutMs: number): Promise<boolean> {
    return this.#purchases.of(id, timeoutMs);
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#reading;
    await this.#redis.quit();
  }

  async #follow(): Promise<void> {
    let last = '0';
    while (!this.#closing) {
      const read = await this.#redis.xread('COUNT', entriesMax, 'BLOCK', blockMs, 'STREAMS', feedKey, last);
      for (const [id, fields] of read?.[0]?.[1] ?? []) {
        last = id;
        this.#purchases.saw(fields[fields.indexOf('subject') + 1] ?? '');
      }
    }
  }
}
