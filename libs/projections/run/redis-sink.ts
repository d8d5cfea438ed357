import { randomUUID } from 'node:crypto';
import type { Position, RecordedEvent } from '#event-store';
import type { Pool, Redis } from '#platform';
import { Generations, type Generation } from './generations.ts';
import type { Projection, Row } from '../define/projection.ts';
import { encodeRevision, encodeRow, keyOf, redisFields, redisKey, redisWorkOf } from '../define/redis-rows.ts';
import { rowsOf } from '../define/rows.ts';
import { CheckpointMoved, NotYet, type Sink } from './sink.ts';
import { tablePages } from '../define/table-pages.ts';
import { viewOf } from '../define/tables.ts';
import { sourceOf, versionOfCopy } from '../define/version.ts';

// Answers 0 when the mark is not the one that the writer left there: Redis was flushed, or went back to an earlier state,
// or another writes. A row's value begins with its revision in digits of fixed width: Redis compares text, and the newer
// one stays. A row that is gone has nothing but the revision.
const advanceScript = `
  if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
  for i = 4, #ARGV, 2 do
    local present = redis.call('HGET', KEYS[1], ARGV[i])
    if not present or string.sub(present, 1, 16) < string.sub(ARGV[i + 1], 1, 16) then
      local isGone = #ARGV[i + 1] == 16
      if isGone then redis.call('HDEL', KEYS[1], ARGV[i]) else redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
    end
  end
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
  return 1
`;

const beginScript = `
  redis.call('UNLINK', KEYS[1])
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4])
`;

/** A projection's rows as JSON in a Redis hash, by their key. Always the copy of a table, never the only one. */
export class RedisSink implements Sink {
  readonly name: string;
  readonly projection: Projection;
  readonly parked = 0;
  readonly #redis: Redis;
  readonly #generations: Generations;
  /** Every write checks the one before it by this: undone behind its back, nothing is built upon it. */
  #mark = '';

  constructor(redis: Redis, pool: Pool, projection: Projection) {
    this.name = redisWorkOf(projection);
    this.projection = projection;
    this.#redis = redis;
    this.#generations = new Generations(pool, projection);
  }

  /**
   * Rows that are gone, or were copied in part, or before the table was rebuilt or mended, are copied from the table. It
   * is never made of the events alone: until there is a table, there is nothing to do.
   */
  async open(mayGoOn: () => Promise<boolean> = () => Promise.resolve(true)): Promise<Position | undefined> {
    const live = await this.#generations.find('live');
    if (live === undefined) throw new NotYet(`${viewOf(this.projection)} is not live yet`);
    const { mark, source } = await this.#present();
    const present = versionOfCopy(mark, source);
    if (present === undefined || source !== sourceOfTable(live)) return this.#copy(live, mayGoOn);
    this.#mark = present.checkpoint ?? '';
    return present.checkpoint;
  }

  async apply(events: readonly RecordedEvent[], from: Position | undefined, to: Position): Promise<boolean> {
    const { rows, deleted } = rowsOf(this.projection, events);
    if (this.#mark !== (from ?? '')) throw new CheckpointMoved(`${this.name} was not at ${from ?? 'its start'}`);
    await this.#advance(to, rows, deleted);
    return rows.length > 0 || deleted.length > 0;
  }

  /** What happens behind Redis's back (a flush, a fail-over, a mended table) is noticed here even if nothing is written. */
  async tend(): Promise<void> {
    const [{ mark, source }, live] = await Promise.all([this.#present(), this.#generations.find('live')]);
    if (mark !== this.#mark) throw new CheckpointMoved(`${this.name} was changed by another writer`);
    if (live !== undefined && source !== sourceOfTable(live)) throw new CheckpointMoved('the table was repaired');
  }

  async #present(): Promise<{ mark: string | null; source: string | null }> {
    const { mark, source } = redisFields;
    const [present = null, from = null] = await this.#redis.hmget(redisKey(this.projection), mark, source);
    return { mark: present, source: from };
  }

  /**
   * Each step checks the one before it, so that the last one stands for all of them. Rows may be newer than the checkpoint
   * read before them, never older: what is between is written again, harmlessly.
   */
  async #copy(live: Generation, mayGoOn: () => Promise<boolean>): Promise<Position | undefined> {
    const { mark, source } = redisFields;
    const copy = `copy ${randomUUID()}`;
    let steps = 0;
    this.#mark = `${copy} ${steps}`;
    await this.#redis.eval(beginScript, 1, redisKey(this.projection), mark, this.#mark, source, sourceOfTable(live));
    for await (const rows of tablePages(this.#generations.pool, this.projection)) {
      if (!(await mayGoOn())) throw new CheckpointMoved(`the lease for copying ${this.name} was lost`);
      steps += 1;
      await this.#advance(`${copy} ${steps}`, rows);
    }
    await this.#advance(live.checkpoint ?? '', []);
    return live.checkpoint;
  }

  async #advance(to: string, rows: readonly Row[], deleted: readonly Row[] = []): Promise<void> {
    const key = redisKey(this.projection);
    const entries = [
      ...rows.flatMap((row) => [keyOf(this.projection, row), encodeRow(row)]),
      ...deleted.flatMap((row) => [keyOf(this.projection, row), encodeRevision(row)]),
    ];
    const written = await this.#redis.eval(advanceScript, 1, key, redisFields.mark, this.#mark, to, ...entries);
    if (written !== 1) throw new CheckpointMoved(`${this.name} was no longer at ${this.#mark || 'its start'}`);
    this.#mark = to;
  }
}

function sourceOfTable({ number, mends }: Generation): string {
  return sourceOf({ generation: number, mends });
}
