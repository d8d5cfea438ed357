import type { Position, RecordedEvent } from '#event-store';
import type { Pool, Redis } from '#platform';
import { Generations } from './generations.ts';
import type { Projection } from './projection.ts';
import { encodeRow, keyOf, redisKeys } from './redis-rows.ts';
import { rowsOf } from './rows.ts';
import { CheckpointMoved, type Sink } from './sink.ts';
import { tablePages } from './table-pages.ts';
import { viewOf } from './tables.ts';

// Answers 0 when the checkpoint is not where the writer left it: Redis was flushed, or a replica that lags took over.
// A row's value begins with its revision in digits of fixed width: Redis compares text, and the newer one stays.
const writePage = `
  if (redis.call('GET', KEYS[2]) or '') ~= ARGV[1] then return 0 end
  for i = 3, #ARGV, 2 do
    local present = redis.call('HGET', KEYS[1], ARGV[i])
    if not present or string.sub(present, 1, 16) < string.sub(ARGV[i + 1], 1, 16) then
      redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
    end
  end
  redis.call('SET', KEYS[2], ARGV[2])
  return 1
`;

/** A projection's rows as JSON in a Redis hash, by their key. Always the copy of a table, never the only one. */
export class RedisSink implements Sink {
  readonly name: string;
  readonly #redis: Redis;
  readonly #pool: Pool;
  readonly #projection: Projection;
  #checkpoint: Position | undefined;

  constructor(redis: Redis, pool: Pool, projection: Projection) {
    this.name = `${viewOf(projection)} in Redis`;
    this.#redis = redis;
    this.#pool = pool;
    this.#projection = projection;
  }

  /** A checkpoint that is gone means that the rows are gone: they are filled in again from the table. */
  async open(): Promise<Position | undefined> {
    const present = await this.#redis.get(redisKeys(this.#projection).checkpoint);
    this.#checkpoint = present === null ? await this.#refill() : (present as Position);
    return this.#checkpoint;
  }

  async apply(events: readonly RecordedEvent[], from: Position | undefined, to: Position): Promise<void> {
    const { rows } = rowsOf(this.#projection, events);
    const entries = rows.flatMap((row) => [keyOf(this.#projection, row), encodeRow(row)]);
    await this.#eval(from, to, entries);
  }

  /** What is behind Redis's back (a flush, a fail-over) is noticed here even when nothing is written. */
  async tend(): Promise<void> {
    const present = await this.#redis.get(redisKeys(this.#projection).checkpoint);
    if ((present ?? undefined) !== this.#checkpoint) throw new CheckpointMoved(`${this.name} was flushed`);
  }

  async #refill(): Promise<Position | undefined> {
    const checkpoint = (await new Generations(this.#pool, this.#projection).find('live'))?.checkpoint;
    if (checkpoint === undefined) return undefined;
    // Rows may be newer than the checkpoint read before them, never older: what is between is written again, harmlessly.
    for await (const rows of tablePages(this.#pool, this.#projection)) {
      const entries = rows.flatMap((row) => [keyOf(this.#projection, row), encodeRow(row)]);
      await this.#redis.hset(redisKeys(this.#projection).rows, ...entries);
    }
    await this.#redis.set(redisKeys(this.#projection).checkpoint, checkpoint);
    return checkpoint;
  }

  async #eval(from: Position | undefined, to: Position, entries: readonly string[]): Promise<void> {
    const { rows, checkpoint } = redisKeys(this.#projection);
    const written = await this.#redis.eval(writePage, 2, rows, checkpoint, from ?? '', to, ...entries);
    if (written !== 1) throw new CheckpointMoved(`${this.name} was no longer at ${from ?? 'its start'}`);
    this.#checkpoint = to;
  }
}
