import { randomUUID } from 'node:crypto';
import { createCodec, type EventStore, type RecordedEvent } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { createLogger, type Redis } from '#platform';
import { freshDatabase, freshRedis, type FreshDatabase } from '#testing';
import {
  CheckpointWatch,
  decodeRow,
  defineProjection,
  PostgresSink,
  projectionMigrations,
  redisKeys,
  RedisSink,
  Runner,
  viewOf,
  type Sink,
} from './index.ts';

interface Counted {
  readonly type: 'Counted';
  readonly count: number;
}

const codec = createCodec<Counted>({ Counted: [] });

const counters = defineProjection<Counted>({
  name: 'counters',
  schema: 1,
  table: { key: { stream: 'text collate "C"' }, columns: { count: 'bigint' } },
  codec,
  on: { Counted: ({ count, recorded }) => ({ stream: recorded.stream, count }) },
});

const log = createLogger('test', { logLevel: 'silent', logFormat: 'json' });

describe('a projection', () => {
  let database: FreshDatabase;
  let store: EventStore;
  let redis: Redis;
  let watch: CheckpointWatch;
  const running: Runner[] = [];

  beforeEach(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...projectionMigrations]);
    store = await PostgresEventStore.connect(database.url);
    ({ redis } = await freshRedis());
    watch = new CheckpointWatch(database.url, database.pool);
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((runner) => runner.stop()));
    await watch.close();
    redis.disconnect();
    await store.close();
    await database.drop();
  });

  /** Appends one event for each count, to a stream of that name. */
  async function count(stream: string, ...counts: readonly number[]): Promise<RecordedEvent> {
    const before = await store.readStream(stream, { limit: 10_000 });
    const events = counts.map((value) => {
      const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: null, at: 0 };
      return codec.encode(randomUUID(), { type: 'Counted', count: value }, metadata);
    });
    await store.append(stream, before.at(-1)?.revision ?? 'none', events);
    const [last] = await store.readStream(stream, { direction: 'backwards', limit: 1 });
    return last as RecordedEvent;
  }

  function run(sink: Sink, pageEventsMax = 1000): Runner {
    const runner = new Runner({ store, sink, pageEventsMax, log });
    runner.start();
    running.push(runner);
    return runner;
  }

  async function rows(): Promise<unknown[]> {
    const { rows: found } = await database.pool.query(
      `select stream, count, revision from ${viewOf(counters)} order by 1`,
    );
    return found;
  }

  it('leaves the last row of each key, in the table and in Redis, with its checkpoint', async () => {
    await count('a', 1, 2, 3);
    const last = await count('b', 7);
    const table = await PostgresSink.open(database.pool, counters);
    const live = new RedisSink(redis, counters);
    run(table, 2);
    run(live, 3);
    expect(await watch.reached(counters, last.position, 5000)).toBe(true);
    expect(await rows()).toEqual([
      { stream: 'a', count: '3', revision: '2' },
      { stream: 'b', count: '7', revision: '0' },
    ]);
    expect(await table.checkpoint()).toBe(last.position);
    const [value] = await untilIs(last.position, () => redis.get(redisKeys(counters).checkpoint)).then(() =>
      redis.hmget(redisKeys(counters).rows, 'a'),
    );
    expect(decodeRow(value ?? '')).toEqual({ stream: 'a', count: 3, revision: 2 });
  });

  it('follows what is appended while it runs', async () => {
    run(await PostgresSink.open(database.pool, counters));
    for (let n = 1; n <= 5; n++) {
      const { position } = await count('a', n);
      expect(await watch.reached(counters, position, 5000)).toBe(true);
      expect(await rows()).toEqual([{ stream: 'a', count: String(n), revision: String(n - 1) }]);
    }
  });

  it('goes on where it stopped, and a replay changes nothing', async () => {
    const first = await count('a', 1, 2);
    const sink = await PostgresSink.open(database.pool, counters);
    const runner = run(sink);
    await watch.reached(counters, first.position, 5000);
    await runner.stop();
    const { events } = await store.readAll(undefined, 1);
    await sink.apply(events, first.position, first.position);
    expect(await rows()).toEqual([{ stream: 'a', count: '2', revision: '1' }]);
  });

  it('is never carried forward by two workers at once', async () => {
    const { position } = await count('a', 1);
    const sink = await PostgresSink.open(database.pool, counters);
    const { events } = await store.readAll(undefined, 10);
    const outcomes = await Promise.allSettled([1, 2].map(() => sink.apply(events, undefined, position)));
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('of two workers comes to the same rows as of one', async () => {
    const sinks = [await PostgresSink.open(database.pool, counters), await PostgresSink.open(database.pool, counters)];
    for (const sink of sinks) run(sink, 3);
    let last = await count('a', 0);
    for (let n = 1; n < 30; n++) last = await count(`s${n % 5}`, n);
    expect(await watch.reached(counters, last.position, 5000)).toBe(true);
    expect(await rows()).toHaveLength(6);
  });

  it('says that it fails, and goes on once it can', async () => {
    let broken = true;
    const sink = await PostgresSink.open(database.pool, counters);
    const failed = Promise.withResolvers<void>();
    const shaky: Sink = {
      name: 'shaky',
      checkpoint: () => sink.checkpoint(),
      apply: (...page) => {
        if (!broken) return sink.apply(...page);
        failed.resolve();
        return Promise.reject(new Error('the disk is full'));
      },
    };
    const { position } = await count('a', 1);
    const runner = run(shaky);
    await failed.promise;
    await untilIs(true, () => Promise.resolve(runner.failing));
    broken = false;
    expect(await watch.reached(counters, position, 10_000)).toBe(true);
    await untilIs(false, () => Promise.resolve(runner.failing));
  });

  it('that is not there in time is said to be so', async () => {
    const { position } = await count('a', 1);
    await PostgresSink.open(database.pool, counters);
    expect(await watch.reached(counters, position, 50)).toBe(false);
  });

  async function untilIs<T>(wanted: T, look: () => Promise<T | null>): Promise<void> {
    while ((await look()) !== wanted) await new Promise((resolve) => setImmediate(resolve));
  }
});
