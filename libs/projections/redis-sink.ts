import type { Position, RecordedEvent } from '#event-store';
import type { Redis } from '#platform';
import { rowsOf, type Projection, type ProjectionName } from './projection.ts';
import type { Sink } from './sink.ts';

const revisionDigits = 16;

/** Where a projection lives in Redis: one hash tag, so that one script may write all of it in a cluster too. */
export function redisKeys({ name, schema }: ProjectionName) {
  const tag = `holdfast:{${name}_v${schema}}`;
  return { rows: `${tag}:rows`, checkpoint: `${tag}:checkpoint` };
}

// A row's value begins with its revision in digits of fixed width: Redis compares text, and the newer one stays.
const writePage = `
  for i = 2, #ARGV, 2 do
    local present = redis.call('HGET', KEYS[1], ARGV[i])
    if not present or string.sub(present, 1, ${revisionDigits}) < string.sub(ARGV[i + 1], 1, ${revisionDigits}) then
      redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
    end
  end
  local checkpoint = redis.call('GET', KEYS[2])
  if not checkpoint or checkpoint < ARGV[1] then redis.call('SET', KEYS[2], ARGV[1]) end
`;

/** A projection's rows as JSON in a Redis hash, by their key. Always the copy of a table, never the only one. */
export class RedisSink implements Sink {
  readonly name: string;
  readonly #redis: Redis;
  readonly #projection: Projection;

  constructor(redis: Redis, projection: Projection) {
    this.#redis = redis;
    this.#projection = projection;
    this.name = `${projection.name} in Redis`;
  }

  async checkpoint(): Promise<Position | undefined> {
    return ((await this.#redis.get(redisKeys(this.#projection).checkpoint)) ?? undefined) as Position | undefined;
  }

  async apply(events: readonly RecordedEvent[], _from: Position | undefined, to: Position): Promise<void> {
    const { rows, checkpoint } = redisKeys(this.#projection);
    const entries = rowsOf(this.#projection, events).flatMap((row) => [
      Object.keys(this.#projection.table.key)
        .map((key) => String(row[key]))
        .join(':'),
      String(row['revision']).padStart(revisionDigits, '0') + JSON.stringify(row),
    ]);
    await this.#redis.eval(writePage, 2, rows, checkpoint, to, ...entries);
  }
}

/** The row that a value of the hash holds. */
export function decodeRow<R>(value: string): R {
  return JSON.parse(value.slice(revisionDigits)) as R;
}
