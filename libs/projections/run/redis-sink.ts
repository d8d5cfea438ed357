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

// Returns 0 if the mark is not the one that the writer left: Redis was flushed or rolled back, or there is another
// writer. A value starts with its revision in digits of fixed width, because Redis compares text; the newer one is
// kept. A deleted row has only the revision.
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

/** The rows of a projection as JSON in a Redis hash, by key. Always a copy of the table. */
export class RedisSink implements Sink {
  readonly name: string;
  readonly projection: Projection;
  readonly parked = 0;
  readonly #redis: Redis;
  readonly #generations: Generations;
  /** The mark of the previous write. Each write checks it, so that nothing is written after a rollback of Redis. */
  #mark = '';

  constructor(redis: Redis, pool: Pool, projection: Projection) {
    this.name = redisWorkOf(projection);
    this.projection = projection;
    this.#redis = redis;
    this.#generations = new Generations(pool, projection);
  }

  /**
   * Copies the table if rows are missing or incomplete, or the table was rebuilt or repaired since. The copy is never
   * built from events alone: until there is a table, there is nothing to do.
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

  /** Detects a flush, a failover or a repaired table even if nothing is written. */
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
   * Each step checks the previous one, so that the last one proves all of them. Rows may be newer than the checkpoint
   * that was read before them, but never older; the events in between are applied again, which is harmless.
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

function sourceOfTable({ number, repairs }: Generation): string {
  return sourceOf({ generation: number, repairs });
}
