import { storeOf, type Position, type RecordedEvent } from '#event-store';
import type { Pool, Redis } from '#platform';
import { Generations, type Generation } from './generations.ts';
import type { Projection, Row } from './projection.ts';
import { encodeRow, keyOf, redisKeys, redisWorkOf } from './redis-rows.ts';
import { rowsOf } from './rows.ts';
import { CheckpointMoved, NotYet, type Sink } from './sink.ts';
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

// As above, but a row of the table's takes the place of one of the same revision: it may have been mended.
const copyRows = `
  for i = 1, #ARGV, 2 do
    local present = redis.call('HGET', KEYS[1], ARGV[i])
    if not present or string.sub(present, 1, 16) <= string.sub(ARGV[i + 1], 1, 16) then
      redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
    end
  end
`;

/** A projection's rows as JSON in a Redis hash, by their key. Always the copy of a table, never the only one. */
export class RedisSink implements Sink {
  readonly name: string;
  readonly projection: Projection;
  readonly parked = 0;
  readonly #redis: Redis;
  readonly #generations: Generations;
  #checkpoint: Position | undefined;

  constructor(redis: Redis, pool: Pool, projection: Projection) {
    this.name = redisWorkOf(projection);
    this.projection = projection;
    this.#redis = redis;
    this.#generations = new Generations(pool, projection);
  }

  /**
   * Rows that are gone, or were copied before the table was rebuilt or mended, are copied from the table. It is never
   * made of the events alone: until there is a table, there is nothing to do.
   */
  async open(): Promise<Position | undefined> {
    const live = await this.#generations.find('live');
    if (live === undefined) throw new NotYet(`${viewOf(this.projection)} is not live yet`);
    const { checkpoint, source } = await this.#present();
    const isCopy = checkpoint !== undefined && source === sourceOf(live);
    this.#checkpoint = isCopy ? checkpoint : await this.#copy(live, checkpoint);
    return this.#checkpoint;
  }

  async apply(events: readonly RecordedEvent[], from: Position | undefined, to: Position): Promise<boolean> {
    const { rows } = rowsOf(this.projection, events);
    const keys = redisKeys(this.projection);
    const written = await this.#redis.eval(
      writePage,
      2,
      keys.rows,
      keys.checkpoint,
      from ?? '',
      to,
      ...this.#entries(rows),
    );
    if (written !== 1) throw new CheckpointMoved(`${this.name} was no longer at ${from ?? 'its start'}`);
    this.#checkpoint = to;
    return rows.length > 0;
  }

  /** What happens behind Redis's back (a flush, a fail-over, a mended table) is noticed here even if nothing is written. */
  async tend(): Promise<void> {
    const [{ checkpoint, source }, live] = await Promise.all([this.#present(), this.#generations.find('live')]);
    if (checkpoint !== this.#checkpoint) throw new CheckpointMoved(`${this.name} was flushed`);
    if (live !== undefined && source !== sourceOf(live)) throw new CheckpointMoved(`the table was mended`);
  }

  async #present(): Promise<{ checkpoint: Position | undefined; source: string | null | undefined }> {
    const keys = redisKeys(this.projection);
    const [checkpoint, source] = await this.#redis.mget(keys.checkpoint, keys.source);
    return { checkpoint: (checkpoint ?? undefined) as Position | undefined, source };
  }

  async #copy(live: Generation, present: Position | undefined): Promise<Position | undefined> {
    const keys = redisKeys(this.projection);
    const { checkpoint } = live;
    const isOfAnotherStore =
      present !== undefined && checkpoint !== undefined && storeOf(present) !== storeOf(checkpoint);
    // Revisions of another store's rows say nothing about this one's.
    if (isOfAnotherStore) await this.#redis.del(keys.rows);
    // Rows may be newer than the checkpoint read before them, never older: what is between is written again, harmlessly.
    for await (const rows of tablePages(this.#generations.pool, this.projection)) {
      await this.#redis.eval(copyRows, 1, keys.rows, ...this.#entries(rows));
    }
    if (checkpoint === undefined) await this.#redis.del(keys.checkpoint);
    else await this.#redis.set(keys.checkpoint, checkpoint);
    await this.#redis.set(keys.source, sourceOf(live));
    return checkpoint;
  }

  #entries(rows: readonly Row[]): string[] {
    return rows.flatMap((row) => [keyOf(this.projection, row), encodeRow(row)]);
  }
}

/** Which state of the table a copy was made from, as far as events do not bring it forward. */
function sourceOf({ number, mends }: Generation): string {
  return `${number}.${mends}`;
}
