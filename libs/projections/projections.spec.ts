import { randomUUID } from 'node:crypto';
import { codecOf, type EventStore, type Position, type RecordedEvent } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { createLogger, createMetrics, Leases, type Redis } from '#platform';
import { freshDatabase, freshRedis, plainEvents, until, type FreshDatabase } from '#dev/testing';
import {
  ChangeWatch,
  CheckpointWatch,
  decodeRow,
  defineProjection,
  everyEventOf,
  NotYet,
  parkedStreams,
  PostgresSink,
  projectionMetrics,
  projectionMigrations,
  PublishedHead,
  rebuild,
  redisFields,
  redisKey,
  RedisSink,
  reportProjections,
  SharedReader,
  StallWatch,
  Standings,
  SupervisedWorker,
  syncRedis,
  verify,
  viewOf,
  requestAction,
  Worker,
  type ProjectionReport,
  type ChangeNotice,
  type Sink,
  type Watched,
} from './index.ts';

interface Counted {
  readonly type: 'Counted';
  readonly count: number;
}

const counting = plainEvents<Counted>('count', 'Counted');
const codec = codecOf(counting);
let poisonous: number | undefined;

const counters = defineProjection({
  name: 'counters',
  schema: 1,
  followed: true,
  table: {
    key: { stream: 'text collate "C"' },
    columns: { count: 'bigint' },
    indexes: ['(count)'],
    indexesAfterReplay: ['(count, stream)', '(stream, count)'],
  },
  from: [
    everyEventOf(counting, ({ count, recorded }) => {
      if (count === poisonous) throw new Error(`cannot count to ${count}`);
      return { stream: recorded.stream, count };
    }),
  ],
});

const log = createLogger('test', { logLevel: 'silent', logFormat: 'json' });
const tooLargeForPostgres = 2 ** 70;

describe('a projection', () => {
  let database: FreshDatabase;
  let store: EventStore;
  let redis: Redis;
  let watch: CheckpointWatch;
  const running: Worker[] = [];
  const watching: StallWatch[] = [];
  const owners: string[] = [];

  beforeEach(async () => {
    poisonous = undefined;
    database = await freshDatabase([...eventStoreMigrations, ...projectionMigrations]);
    store = await PostgresEventStore.connect(database.url);
    ({ redis } = await freshRedis());
    watch = new CheckpointWatch(database.url, database.pool);
  });

  afterEach(async () => {
    await Promise.all(watching.splice(0).map((stalls) => stalls.stop()));
    await Promise.all(running.splice(0).map((worker) => worker.stop()));
    await watch.close();
    redis.disconnect();
    await store.close();
    await database.drop();
  });

  /** Appends one event for each count, to a stream of that name. */
  async function count(stream: string, ...counts: readonly number[]): Promise<RecordedEvent> {
    const [before] = await store.readStream(stream, { direction: 'backwards', limit: 1 });
    const events = counts.map((value) => {
      const metadata = {
        $correlationId: 'count-c',
        $causationId: 'count-c',
        commandId: 'count-c',
        userId: null,
        at: 0,
      };
      return codec.encode(randomUUID(), { type: 'Counted', count: value }, metadata);
    });
    await store.append(stream, before?.revision ?? 'none', events);
    const [last] = await store.readStream(stream, { direction: 'backwards', limit: 1 });
    return last as RecordedEvent;
  }

  function inTable(): Sink {
    return new PostgresSink(database.pool, store, counters);
  }

  function inRedis(): Sink {
    return new RedisSink(redis, database.pool, counters);
  }

  function work(sink: Sink = inTable(), eventsMax = 1000, leaseMs = 1000): Worker {
    const owner = randomUUID();
    owners.push(owner);
    const worker = new Worker({
      reader: new SharedReader(store, { eventsMax, bytesMax: 1_000_000 }),
      sink,
      standings: new Standings(database.pool),
      leases: new Leases(database.pool, owner, leaseMs),
      metrics: projectionMetrics(createMetrics('test')),
      log,
    });
    worker.start();
    running.push(worker);
    return worker;
  }

  /** What the table's worker, or its copy's, says of itself. */
  async function said(where: 'PostgreSQL' | 'Redis' = 'PostgreSQL'): Promise<Partial<ProjectionReport>> {
    const reports = await reportProjections(database.pool, [counters.name]);
    return reports.find(({ store: is, state }) => is === where && state === 'live') ?? {};
  }

  /** As if restored from a backup: the last so many events are gone. */
  async function loseLast(events: number): Promise<void> {
    await database.pool.query(`grant delete on events to current_user; alter table events disable trigger append_only;
      delete from events where position > (select max(position) from events) - ${events}`);
  }

  async function rows(): Promise<unknown[]> {
    const text = `select stream, count::float as count, revision::int as revision from ${viewOf(counters)} order by 1`;
    return (await database.pool.query(text)).rows;
  }

  async function expectReached({ position }: { position: Position }): Promise<void> {
    expect(await watch.reached(counters, position, 10_000)).toBe(true);
  }

  async function untilIs<T>(wanted: T, look: () => Promise<T | null>): Promise<void> {
    await until(look, (seen) => seen === wanted);
  }

  function redisCheckpoint(): Promise<string | null> {
    return redis.hget(redisKey(counters), redisFields.mark);
  }

  async function inRedisNow(stream: string): Promise<unknown> {
    const value = await redis.hget(redisKey(counters), stream);
    return value === null ? null : decodeRow(value);
  }

  it('leaves the last row of each key, in the table and in Redis, with its checkpoint', async () => {
    await count('count-a', 1, 2, 3);
    const last = await count('count-b', 7);
    work(inTable(), 2);
    work(inRedis(), 3);
    await expectReached(last);
    expect(await rows()).toEqual([
      { stream: 'count-a', count: 3, revision: 2 },
      { stream: 'count-b', count: 7, revision: 0 },
    ]);
    await untilIs(last.position, redisCheckpoint as () => Promise<Position | null>);
    expect(await inRedisNow('count-a')).toMatchObject({ stream: 'count-a', count: 3, revision: 2 });
  });

  it('follows what is appended while it runs', async () => {
    work();
    for (let n = 1; n <= 5; n++) {
      await expectReached(await count('count-a', n));
      expect(await rows()).toEqual([{ stream: 'count-a', count: n, revision: n - 1 }]);
    }
  });

  it('tells those who follow it which rows have changed, and when any rows may have', async () => {
    const heard: ChangeNotice[] = [];
    let interruptions = 0;
    const changes = new ChangeWatch(database.url, {
      hear: (notice) => heard.push(notice),
      hearAgain: () => (interruptions += 1),
    });
    const anything = { view: viewOf(counters), position: undefined, keys: undefined };
    try {
      await changes.open();
      expect(interruptions).toBe(1);
      work();
      await expectReached(await count('count-a', 1));
      await until(() => heard.some(({ keys }) => keys === undefined));
      heard.length = 0;
      const last = await count('count-b', 1, 2);
      // Both events may be in one page or in two.
      await until(() => heard.some(({ position }) => position === last.position));
      expect(heard.at(-1)).toEqual({ ...anything, position: last.position, keys: [['count-b']] });
      heard.length = 0;
      poisonous = 3;
      await count('count-a', 3);
      await untilIs(1, async () => (await parkedStreams(database.pool, counters)).length);
      poisonous = undefined;
      await requestAction(database.pool, counters, 'count-a', 'retry');
      await until(() => heard.length > 0);
      expect(heard).toEqual([anything]);
      const { signal } = new AbortController();
      await rebuild({ pool: database.pool, store, projection: counters, signal, onProgress: () => undefined });
      await until(() => heard.length > 1);
      expect(heard.slice(1)).toEqual([anything]);
    } finally {
      await changes.close();
    }
    expect(changes.isOpen).toBe(false);
  });

  it('is shown to queries only once it has caught up', async () => {
    await count('count-a', ...Array.from({ length: 50 }, (_, n) => n));
    const sink = inTable();
    const from = await sink.open();
    const { events, end } = await store.readAll(from, 10);
    await sink.apply(events, from, end as Position);
    await expect(rows()).rejects.toThrow('does not exist');
    work();
    await expectReached(await count('count-a', 50));
    expect(await rows()).toEqual([{ stream: 'count-a', count: 50, revision: 50 }]);
  });

  it('is never carried forward by two workers at once', async () => {
    const { position } = await count('count-a', 1);
    const sinks = [inTable(), inTable()];
    for (const sink of sinks) await sink.open();
    const { events } = await store.readAll(undefined, 10);
    const outcomes = await Promise.allSettled(sinks.map((sink) => sink.apply(events, undefined, position)));
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('is taken over by another worker when the one that has it goes away', async () => {
    const first = inTable();
    const { promise: stuck, resolve: isStuck } = Promise.withResolvers<void>();
    const dead: Sink = {
      name: first.name,
      projection: counters,
      parked: 0,
      open: () => first.open(),
      tend: () => Promise.resolve(),
      apply: () => {
        isStuck();
        return new Promise(() => undefined);
      },
    };
    const leases = new Leases(database.pool, 'the dead', 500);
    expect(await leases.take(dead.name)).toBe(true);
    void first.open().then(() => dead.apply([], undefined, '' as Position));
    await stuck;
    work(inTable(), 1000, 500);
    await expectReached(await count('count-a', 1));
  });

  it('says that it fails, and goes on once it can', async () => {
    let broken = true;
    const sink = inTable();
    const shaky: Sink = {
      name: 'shaky',
      projection: counters,
      parked: 0,
      open: () => sink.open(),
      tend: (...state) => sink.tend(...state),
      apply: (...page) => (broken ? Promise.reject(new Error('the disk is full')) : sink.apply(...page)),
    };
    const last = await count('count-a', 1);
    const worker = work(shaky);
    await untilIs(true, () => Promise.resolve(worker.failing));
    broken = false;
    await expectReached(last);
    await untilIs(false, () => Promise.resolve(worker.failing));
  });

  it('that is not there in time is said to be so', async () => {
    const { position } = await count('count-a', 1);
    expect(await watch.reached(counters, position, 50)).toBe(false);
  });

  describe('that meets an event it cannot take', () => {
    async function park(...counts: readonly number[]): Promise<void> {
      work();
      await expectReached(await count('count-good', 10));
      poisonous = 2;
      await count('count-bad', ...counts);
      await expectReached(await count('count-good', 20));
    }

    it('parks its stream there, and lets every other go on', async () => {
      await park(1, 2, 3);
      expect(await rows()).toEqual([
        { stream: 'count-bad', count: 1, revision: 0 },
        { stream: 'count-good', count: 20, revision: 1 },
      ]);
      expect(await parkedStreams(database.pool, counters)).toMatchObject([
        {
          stream: 'count-bad',
          revision: 1,
          error: 'Counted at revision 1 of count-bad: cannot count to 2',
          attempts: 1,
        },
      ]);
      const [seen, ...unseen] = await store.readStream('count-bad', { limit: 10 });
      const isParked = (event: RecordedEvent | undefined) =>
        event !== undefined && watch.isParked(counters, event.stream, event.position);
      expect([seen, ...unseen].map(isParked)).toEqual([false, true, true]);
      expect((await store.readStream('count-good', { limit: 10 })).some(isParked)).toBe(false);
    });

    it('does the same when it is PostgreSQL that does not take it', async () => {
      await park(1, tooLargeForPostgres);
      expect(await rows()).toEqual([
        { stream: 'count-bad', count: 1, revision: 0 },
        { stream: 'count-good', count: 20, revision: 1 },
      ]);
      expect(await parkedStreams(database.pool, counters)).toMatchObject([{ stream: 'count-bad', revision: 1 }]);
    });

    it('brings the same rows as if nothing had happened, once it is mended and tried again', async () => {
      await park(1, 2, 3);
      await expectReached(await count('count-bad', 4));
      poisonous = undefined;
      expect(await requestAction(database.pool, counters, 'count-bad', 'retry')).toBe(true);
      await untilIs(0, async () => (await parkedStreams(database.pool, counters)).length);
      expect((await verify({ pool: database.pool, store, projection: counters })).differences).toEqual([]);
      await expectReached(await count('count-bad', 5));
      expect(await rows()).toMatchObject([{ stream: 'count-bad', count: 5, revision: 4 }, { stream: 'count-good' }]);
    });

    it('keeps it parked when it is tried again too early, and counts', async () => {
      await park(1, 2, 3);
      await requestAction(database.pool, counters, 'count-bad', 'retry');
      await untilIs(2, async () => (await parkedStreams(database.pool, counters))[0]?.attempts ?? 0);
      expect(await rows()).toMatchObject([{ stream: 'count-bad', count: 1 }, { stream: 'count-good' }]);
    });

    it('goes on behind it when it is skipped', async () => {
      await park(1, 2, 3);
      await requestAction(database.pool, counters, 'count-bad', 'skip');
      await untilIs(0, async () => (await parkedStreams(database.pool, counters)).length);
      expect(await rows()).toMatchObject([{ stream: 'count-bad', count: 3, revision: 2 }, { stream: 'count-good' }]);
    });
  });

  describe('that is rebuilt', () => {
    const options = { signal: new AbortController().signal, onProgress: () => undefined };
    const due = 'a rebuild is due: holdfast projections rebuild counters (';

    it('has a new generation with the same rows, and goes on from there', async () => {
      work();
      await expectReached(await count('count-a', 1, 2));
      await database.pool.query(`update ${viewOf(counters)} set count = 99`);
      expect(await rows()).toMatchObject([{ count: 99 }]);
      expect(await rebuild({ pool: database.pool, store, projection: counters, ...options })).toBe(2);
      expect(await rows()).toEqual([{ stream: 'count-a', count: 2, revision: 1 }]);
      await expectReached(await count('count-a', 3));
      expect(await rows()).toEqual([{ stream: 'count-a', count: 3, revision: 2 }]);
    });

    it('while it is written to never shows a step back', async () => {
      work();
      const enough = new AbortController();
      await expectReached(await count('count-a', 0));
      const writing = (async () => {
        for (let n = 1; !enough.signal.aborted; n++) await count('count-a', n);
      })();
      const seen: number[] = [];
      const reading = (async () => {
        while (!enough.signal.aborted) seen.push(((await rows()) as { revision: number }[])[0]?.revision ?? -1);
      })();
      for (let n = 0; n < 5; n++) await rebuild({ pool: database.pool, store, projection: counters, ...options });
      enough.abort();
      await Promise.all([writing, reading]);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      expect(seen.length).toBeGreaterThan(5);
    });

    it('can be cancelled, and goes on where it was', async () => {
      work();
      await expectReached(await count('count-a', ...Array.from({ length: 6000 }, (_, n) => n)));
      const cancel = new AbortController();
      const cancelled = rebuild({
        pool: database.pool,
        store,
        projection: counters,
        signal: cancel.signal,
        onProgress: () => cancel.abort(),
      });
      await expect(cancelled).rejects.toThrow('aborted');
      const progress: number[] = [];
      const onProgress = ({ events }: { events: number }): void => void progress.push(events);
      await rebuild({ pool: database.pool, store, projection: counters, signal: options.signal, onProgress });
      expect(progress).toEqual([1000]);
      expect(await rows()).toEqual([{ stream: 'count-a', count: 5999, revision: 5999 }]);
    });

    it('has all its indexes when it is shown, also where their creation was cancelled half-way', async () => {
      work();
      await expectReached(await count('count-a', 1));
      expect(await indexes(1)).toEqual(expect.arrayContaining(['counters_v1_g1_after_replay_2']));
      const other = await database.pool.connect();
      await other.query(`select pg_advisory_lock(704602, hashtext('counters_v1_g2'))`);
      const cancel = new AbortController();
      const { onProgress } = options;
      const cancelled = rebuild({
        pool: database.pool,
        store,
        projection: counters,
        signal: cancel.signal,
        onProgress,
      });
      const ended = cancelled.then(() => 'ended', String);
      await untilIs(1, async () => {
        const waiting = `select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted`;
        return (await database.pool.query<{ count: number }>(waiting)).rows[0]?.count ?? 0;
      });
      cancel.abort();
      expect(await ended).toContain('aborted');
      other.release(true);
      await database.pool.query('create index counters_v1_g2_after_replay_1 on counters_v1_g2 (count, stream)');
      expect(await rebuild({ pool: database.pool, store, projection: counters, ...options })).toBe(2);
      const created = ['counters_v1_g2_after_replay_1', 'counters_v1_g2_after_replay_2'];
      expect(await indexes(2)).toEqual(expect.arrayContaining(created));
      expect(await rows()).toEqual([{ stream: 'count-a', count: 1, revision: 0 }]);
    });

    async function indexes(generation: number): Promise<string[]> {
      const text = 'select indexname from pg_indexes where tablename = $1';
      const found = await database.pool.query<{ indexname: string }>(text, [`counters_v1_g${generation}`]);
      return found.rows.map(({ indexname }) => indexname);
    }

    it('lets go of another event store’s checkpoints, and is served from this one', async () => {
      const first = work();
      await expectReached(await count('count-a', 1, 2));
      await first.stop();
      await database.pool.query(`update projections set checkpoint = 'elsewhere@' || split_part(checkpoint, '@', 2)`);
      const [stuck, copy] = [work(), work(inRedis())];
      for (const [worker, where] of [
        [stuck, 'PostgreSQL'],
        [copy, 'Redis'],
      ] as const) {
        await untilIs(true, () => Promise.resolve(worker.failing));
        await untilIs(true, async () => (await said(where)).error?.startsWith(due) ?? false);
      }
      await rebuild({ pool: database.pool, store, projection: counters, ...options });
      for (const worker of [stuck, copy]) await untilIs(false, () => Promise.resolve(worker.failing));
      expect(await rows()).toEqual([{ stream: 'count-a', count: 2, revision: 1 }]);
      expect(await inRedisNow('count-a')).toMatchObject({ count: 2 });
      await untilIs(null, async () => (await said()).error ?? null);
    });

    it('lets go of what the store lost, the rebuild that was under way too', async () => {
      const worker = work();
      await expectReached(await count('count-a', 1, 2));
      const cancel = new AbortController();
      const cancelled = { signal: cancel.signal, onProgress: () => cancel.abort() };
      await expect(rebuild({ pool: database.pool, store, projection: counters, ...cancelled })).rejects.toThrow(
        'aborted',
      );
      await worker.stop();
      await loseLast(1);
      const stuck = work();
      await untilIs(true, async () => (await said()).error?.startsWith(due) ?? false);
      expect((await said()).error).toContain('the event store ends at');
      await expect(verify({ pool: database.pool, store, projection: counters })).rejects.toThrow(
        'the event store ends at',
      );
      await rebuild({ pool: database.pool, store, projection: counters, ...options });
      await untilIs(false, () => Promise.resolve(stuck.failing));
      expect(await rows()).toEqual([{ stream: 'count-a', count: 1, revision: 0 }]);
    });

    it('fails at an event that it cannot take, and leaves what is served as it is', async () => {
      work();
      await expectReached(await count('count-a', 1, 2));
      poisonous = 1;
      const rebuilt = rebuild({ pool: database.pool, store, projection: counters, ...options });
      await expect(rebuilt).rejects.toThrow('cannot count to 1');
      expect(await rows()).toEqual([{ stream: 'count-a', count: 2, revision: 1 }]);
    });
  });

  describe('that is verified', () => {
    it('differs from its events nowhere, unless somebody touched it', async () => {
      work();
      work(inRedis());
      await count('count-a', 1, 2);
      const last = await count('count-b', 3);
      await expectReached(last);
      await untilIs(last.position, redisCheckpoint as () => Promise<Position | null>);
      const check = () => verify({ pool: database.pool, store, projection: counters, redis });
      expect(await check()).toEqual({ checkpoint: last.position, rows: 2, differences: [] });

      await database.pool.query(`update ${viewOf(counters)} set count = 99 where stream = 'count-a'`);
      await database.pool.query(`insert into ${viewOf(counters)} values ('count-c', 1, 0, '')`);
      await redis.hdel(redisKey(counters), 'count-b');
      expect((await check()).differences).toMatchObject([
        { where: 'PostgreSQL', key: 'count-a', expected: { count: 2 }, found: { count: 99 } },
        { where: 'PostgreSQL', key: 'count-c', expected: null, found: { count: 1 } },
        { where: 'Redis', key: 'count-b', expected: { count: 3 }, found: null },
      ]);
    });
  });

  describe('whose copy in Redis is verified', () => {
    const check = (waitMs = 10_000) => verify({ pool: database.pool, store, projection: counters, redis, waitMs });

    function valueOf(row: { readonly revision: number; readonly [column: string]: unknown }): string {
      return String(row.revision).padStart(16, '0') + JSON.stringify(row);
    }

    it('is said to lag when it does, which is no difference', async () => {
      work();
      const first = await count('count-a', 1);
      await expectReached(first);
      await inRedis().open();
      const second = await count('count-a', 2);
      await expectReached(second);
      expect(await check(0)).toMatchObject({ differences: [], lagsAt: first.position });
      work(inRedis());
      expect(await check()).toEqual({ checkpoint: second.position, rows: 1, differences: [] });
    });

    it('differs where a row is newer than its events, or has none', async () => {
      work();
      const last = await count('count-a', 1);
      await expectReached(last);
      await inRedis().open();
      const { position } = last;
      const [newer, extra] = [
        { stream: 'count-a', count: 1, revision: 7, position },
        { stream: 'count-x', count: 1, revision: 0, position },
      ];
      await redis.hset(redisKey(counters), 'count-a', valueOf(newer), 'count-x', valueOf(extra));
      expect((await check()).differences).toEqual([
        { where: 'Redis', key: 'count-a', expected: { ...newer, revision: 0 }, found: newer },
        { where: 'Redis', key: 'count-x', expected: null, found: extra },
      ]);
    });

    it('differs nowhere while it is written to', async () => {
      work();
      work(inRedis());
      await expectReached(await count('count-a', 0));
      const checked = new AbortController();
      const writing = (async () => {
        for (let n = 1; !checked.signal.aborted; n++) await count(`count-${n % 7}`, n);
      })();
      const found = [];
      for (let n = 0; n < 5; n++) found.push(await check());
      checked.abort();
      await writing;
      for (const { differences, lagsAt } of found) expect({ differences, lagsAt }).toEqual({ differences: [] });
    });
  });

  describe('that says how it stands', () => {
    /** Hangs at its first page, until it is let go. */
    function hanging(): Sink & { readonly hangs: Promise<void>; readonly letGo: () => void } {
      const sink = inTable();
      const [atWork, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      return {
        name: sink.name,
        projection: counters,
        parked: 0,
        open: () => sink.open(),
        tend: (caughtUp) => sink.tend(caughtUp),
        apply: async (...page) => {
          atWork.resolve();
          await gate.promise;
          return sink.apply(...page);
        },
        hangs: atWork.promise,
        letGo: gate.resolve,
      };
    }

    async function live(): Promise<void> {
      const first = work();
      await expectReached(await count('count-a', 1));
      await first.stop();
    }

    function watchStalls(worker: Watched, owner: string, stalledAfterMs = 200): StallWatch {
      const leases = new Leases(database.pool, owner, 1000);
      const standings = new Standings(database.pool);
      const metrics = projectionMetrics(createMetrics('test'));
      const publishedHead = new PublishedHead(database.pool);
      const options = { store, publishedHead, leases, standings, metrics, log, stalledAfterMs };
      const stalls = new StallWatch([worker], options);
      stalls.start();
      watching.push(stalls);
      return stalls;
    }

    it('counts the events that it has not covered, and tells the age of the oldest', async () => {
      await live();
      await count('count-a', 2, 3, 4);
      const sink = hanging();
      work(sink);
      await sink.hangs;
      expect(await said()).toMatchObject({ lagEvents: 3, lagIsExact: true, error: null });
      expect((await said()).lagSeconds).toBeGreaterThan(1);
      sink.letGo();
      await untilIs(0, async () => (await said()).lagEvents ?? null);
      expect(await said()).toMatchObject({ lagSeconds: 0 });
    });

    it('is seen to stand still while events are appended though nothing throws, and to go on', async () => {
      await live();
      await count('count-a', 2);
      const sink = hanging();
      const worker = work(sink, 1000, 60_000);
      const stalls = watchStalls(worker, owners.at(-1) ?? '');
      await untilIs(true, () => Promise.resolve(stalls.isStalled(worker)));
      expect(worker.failing).toBe(false);
      await untilIs(true, async () => (await said()).error?.includes('stalled') ?? false);
      sink.letGo();
      await untilIs(false, () => Promise.resolve(stalls.isStalled(worker)));
      await untilIs(null, async () => (await said()).error ?? null);
    });

    it('is restarted with a sink of its own when it hangs, and what hung does no harm when it wakes', async () => {
      await live();
      const stuck = await count('count-a', 2);
      const hung = hanging();
      let tries = 0;
      const apply: Sink['apply'] = (...page) => {
        if ((tries += 1) === 1) throw new TypeError('the first page fails');
        return hung.apply(...page).catch(() => true);
      };
      const sinks: Sink[] = [{ ...hung, apply }];
      const owner = randomUUID();
      const metrics = projectionMetrics(createMetrics('test'));
      const workers: Worker[] = [];
      const make = (): Worker => {
        const made = new Worker({
          reader: new SharedReader(store, { eventsMax: 1000, bytesMax: 1_000_000 }),
          sink: sinks.shift() ?? inTable(),
          standings: new Standings(database.pool),
          leases: new Leases(database.pool, owner, 60_000),
          metrics,
          log,
        });
        workers.push(made);
        running.push(made);
        return made;
      };
      const gauges = async () => ({
        failing: (await metrics.failing.get()).values,
        lagging: (await metrics.lagEvents.get()).values.map(({ value }) => value),
      });
      const worker = new SupervisedWorker(make);
      worker.start();
      const stalls = watchStalls(worker, owner);
      await hung.hangs;
      await expectReached(stuck);
      await untilIs(false, () => Promise.resolve(stalls.isStalled(worker)));
      await untilIs(null, async () => (await said()).error ?? null);
      const before = await gauges();
      hung.letGo();
      await workers[0]?.stop();
      const right = { failing: [], lagging: [0] };
      expect([before, await gauges()]).toEqual([right, right]);
      await expectReached(await count('count-a', 3));
      expect(await rows()).toMatchObject([{ stream: 'count-a', count: 3 }]);
      await worker.stop();
    });

    it('goes on while it copies page after page, though it has no checkpoint before it has them all', async () => {
      await live();
      let steps = 0;
      const copying = {
        name: 'copying',
        get place() {
          return { checkpoint: undefined, steps: (steps += 1) };
        },
      };
      const hung = { name: 'hung', place: { checkpoint: undefined, steps: 7 } };
      const [ofCopying, ofHung] = [copying, hung].map((worker) => watchStalls(worker, 'another process', 20));
      await untilIs(true, () => Promise.resolve(ofHung?.isStalled(hung) ?? false));
      expect(ofCopying?.isStalled(copying)).toBe(false);
    });

    it('publishes the head of the event store for processes without access to it', async () => {
      const { position } = await count('count-a', 1);
      watchStalls({ name: 'any', place: undefined }, 'this process');
      const published = async (): Promise<Position | null> => {
        const found = await database.pool.query<{ head: Position | null }>('select head from event_store_head');
        return found.rows[0]?.head ?? null;
      };
      await untilIs(position, published);
      expect(await published()).toBe(position);
    });

    it('stands still only where there is something to do, and nobody else has its lease', async () => {
      await live();
      const idle = work();
      await expectReached(await count('count-a', 2));
      const ofIdle = watchStalls(idle, owners.at(-1) ?? '', 20);
      const hung = { name: idle.name, place: { checkpoint: undefined } };
      const ofHung = watchStalls(hung, 'another process', 20);
      const unleased = { ...hung, name: 'unleased' };
      const ofUnleased = watchStalls(unleased, 'another process', 20);
      await untilIs(true, () => Promise.resolve(ofUnleased.isStalled(unleased)));
      expect([ofIdle.isStalled(idle), ofHung.isStalled(hung)]).toEqual([false, false]);
    });
  });

  describe('in Redis', () => {
    it('has what was mended in the table, and what a rebuild changed', async () => {
      work();
      work(inRedis());
      await expectReached(await count('count-good', 10));
      poisonous = 2;
      await count('count-bad', 1, 2);
      await expectReached(await count('count-good', 20));
      // The copy has passed the poison too.
      await untilIs(20, async () => ((await inRedisNow('count-good')) as { count: number } | null)?.count ?? 0);
      poisonous = undefined;
      await requestAction(database.pool, counters, 'count-bad', 'retry');
      await untilIs(2, async () => ((await inRedisNow('count-bad')) as { count: number } | null)?.count ?? 0);
      expect((await verify({ pool: database.pool, store, projection: counters, redis })).differences).toEqual([]);
      await redis.hset(
        redisKey(counters),
        'count-bad',
        `${'1'.padStart(16, '0')}{"stream":"bad","count":7,"revision":1}`,
      );
      const options = { signal: new AbortController().signal, onProgress: () => undefined };
      await rebuild({ pool: database.pool, store, projection: counters, ...options });
      await untilIs(2, async () => ((await inRedisNow('count-bad')) as { count: number } | null)?.count ?? 0);
    });

    it('is filled in again by itself after a flush', async () => {
      work();
      work(inRedis());
      const before = await count('count-a', 1);
      await expectReached(before);
      await untilIs(before.position, redisCheckpoint as () => Promise<Position | null>);
      await redis.flushdb();
      const after = await count('count-b', 2);
      await untilIs(after.position, redisCheckpoint as () => Promise<Position | null>);
      expect(await inRedisNow('count-a')).toMatchObject({ count: 1, revision: 0 });
      expect(await inRedisNow('count-b')).toMatchObject({ count: 2, revision: 0 });
    });

    it('is filled in again after a flush even if nothing is written', async () => {
      work();
      work(inRedis());
      const last = await count('count-a', 1);
      await expectReached(last);
      await untilIs(last.position, redisCheckpoint as () => Promise<Position | null>);
      await redis.flushdb();
      await untilIs(last.position, redisCheckpoint as () => Promise<Position | null>);
      expect(await inRedisNow('count-a')).toMatchObject({ count: 1 });
    });

    it('keeps the lease for as long as it is being filled, and is left when the projector stops', async () => {
      const leases: number[] = [];
      const kept = Promise.withResolvers<void>();
      const open: Sink['open'] = async (mayGoOn) => {
        for (let goesOn = true; goesOn; goesOn = (await mayGoOn?.()) ?? false) {
          const { rows: found } = await database.pool.query<{ until: Date }>('select until from projection_leases');
          leases.push(Number(found[0]?.until));
          if (leases.at(-1) !== leases[0]) kept.resolve();
        }
        throw new NotYet('it was left');
      };
      const worker = work(Object.assign(inRedis(), { open }), 1, 60_000);
      await kept.promise;
      await worker.stop();
      expect(leases).toEqual(leases.toSorted((a, b) => a - b));
    });

    it('is made equal to the table by a sync, which says what was not', async () => {
      work();
      work(inRedis());
      const last = await count('count-a', 1);
      await expectReached(last);
      await untilIs(last.position, redisCheckpoint as () => Promise<Position | null>);
      expect(await syncRedis(database.pool, redis, counters)).toEqual([]);
      await redis.hset(
        redisKey(counters),
        'count-a',
        `${'0'.repeat(16)}${JSON.stringify({ stream: 'count-a', count: 7, revision: 0 })}`,
      );
      expect(await syncRedis(database.pool, redis, counters)).toMatchObject([
        { key: 'count-a', was: { count: 7 }, is: { count: 1 } },
      ]);
      expect(await syncRedis(database.pool, redis, counters)).toEqual([]);
    });
  });
});
