import { randomUUID } from 'node:crypto';
import { DatabaseError } from 'pg';
import { codecOf, StoreUnavailable, type EventStore, type Position } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { createLogger, transaction, type Redis } from '#platform';
import { freshDatabase, freshRedis, plainEvents, until, type FreshDatabase } from '#dev/testing';
import {
  defineProjection,
  everyEventOf,
  Generations,
  PerformRuns,
  PostgresSink,
  ProjectionRuns,
  progressOf,
  projectionMigrations,
  verify,
  type ProjectionRun,
} from '../index.ts';

interface Counted {
  readonly type: 'Counted';
  readonly count: number;
}

const counting = plainEvents<Counted>('count', 'Counted');
const codec = codecOf(counting);
const poisonous = 13;
const log = createLogger('test', { logLevel: 'silent', logFormat: 'json' });
const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: null, at: 0 };

function databaseError(code: string, message: string): DatabaseError {
  return Object.assign(new DatabaseError(message, 0, 'error'), { code });
}

function countersOf(schema: number, isPoisoned: () => boolean) {
  return defineProjection({
    name: 'counters',
    schema,
    table: { key: { stream: 'text collate "C"' }, columns: { count: 'bigint' }, indexesAfterReplay: ['(count)'] },
    from: [
      everyEventOf(counting, ({ count, recorded }) => {
        if (count === poisonous && isPoisoned()) throw new Error(`cannot count to ${count}`);
        return { stream: recorded.stream, count };
      }),
    ],
  });
}

describe('the runs of a projection', () => {
  let database: FreshDatabase;
  let store: EventStore;
  let redis: Redis;
  let runs: ProjectionRuns;
  let isPoisoned: boolean;
  /** Called before each page of two events that a run reads. */
  let beforePage: (after: Position | undefined) => Promise<void>;
  const counters = countersOf(1, () => isPoisoned);
  const neverStopped = new AbortController().signal;

  beforeEach(async () => {
    [isPoisoned, beforePage] = [false, async () => undefined];
    database = await freshDatabase([...eventStoreMigrations, ...projectionMigrations]);
    store = await PostgresEventStore.connect(database.url);
    ({ redis } = await freshRedis());
    runs = new ProjectionRuns(database.pool);
    await count('count-a', 1, 2, 3);
    await count('count-b', 4, 5);
    await buildLive();
  });

  afterEach(async () => {
    redis.disconnect();
    await store.close();
    await database.drop();
  });

  async function count(stream: string, ...counts: readonly number[]): Promise<void> {
    const events = counts.map((value) => codec.encode(randomUUID(), { type: 'Counted', count: value }, metadata));
    expect(await store.append(stream, 'none', events)).toMatchObject({ outcome: 'appended' });
  }

  async function buildLive(): Promise<void> {
    const sink = new PostgresSink(database.pool, store, counters);
    const { events, end } = await store.readAll(undefined, 100);
    if (end === undefined) throw new Error('there are no events');
    await sink.apply(events, await sink.open(), end);
    await expect(sink.tend(true)).rejects.toThrow('counters_v1 is live now');
  }

  function performing(leases = { take: async () => true, ttlMs: 60_000 }): PerformRuns {
    const paged: EventStore = Object.assign(Object.create(store) as EventStore, {
      id: store.id,
      head: () => store.head(),
      countAfter: (...args: Parameters<EventStore['countAfter']>) => store.countAfter(...args),
      readAll: async (after: Position | undefined) => {
        await beforePage(after);
        return store.readAll(after, 2);
      },
    });
    const projections = [{ projection: counters, inRedis: false }];
    return new PerformRuns({ pool: database.pool, store: paged, redis, projections, leases, log });
  }

  async function run(): Promise<ProjectionRun> {
    const [latest] = await runs.latest();
    if (latest === undefined) throw new Error('there is no run');
    return latest;
  }

  async function liveGeneration(): Promise<number | undefined> {
    return (await new Generations(database.pool, counters).find('live'))?.number;
  }

  /** Lets pages be read until so many were, then waits for what is done before the next one. */
  function holdAfter(pages: number): { readonly held: Promise<void>; readonly release: () => void } {
    const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let read = 0;
    beforePage = async () => {
      if (read++ < pages) return;
      held.resolve();
      await released.promise;
    };
    return { held: held.promise, release: released.resolve };
  }

  it('rebuild it, and say how many events were replayed and which generation is live', async () => {
    const requested = await runs.request(counters, 'rebuild', 'ann');
    expect(requested).toMatchObject({ state: 'requested', requestedBy: 'ann', startedAt: null, events: 0 });
    expect(progressOf(requested)).toBe(0);
    await performing().round(neverStopped);
    const done = await run();
    expect(done).toMatchObject({ id: requested.id, state: 'done', events: 5, generation: 2, rows: null, error: null });
    expect(done).toMatchObject({ startedAt: expect.any(Date), endedAt: expect.any(Date) });
    expect(progressOf(done)).toBe(1);
    expect(await liveGeneration()).toBe(2);
  });

  it('are answered to whoever requests them again while they are open', async () => {
    const first = await runs.request(counters, 'rebuild', 'ann');
    expect(await runs.request(counters, 'rebuild', 'bob')).toEqual(first);
    expect((await runs.request(counters, 'verify', 'bob')).id).not.toBe(first.id);
    expect(
      (
        await runs.request(
          countersOf(2, () => false),
          'rebuild',
          'bob',
        )
      ).id,
    ).not.toBe(first.id);
    await performing().round(neverStopped);
    expect(await liveGeneration()).toBe(2);
    expect((await runs.request(counters, 'rebuild', 'bob')).id).not.toBe(first.id);
  });

  it('show how far they have come', async () => {
    await runs.request(counters, 'rebuild', 'ann');
    const { held, release } = holdAfter(1);
    const round = performing().round(neverStopped);
    await held;
    release();
    await round;
    await runs.request(counters, 'verify', 'ann');
    const second = holdAfter(1);
    const verifying = performing().round(neverStopped);
    await second.held;
    const seen = await until(run, ({ events }) => events > 0);
    expect(seen).toMatchObject({ kind: 'verify', state: 'running', events: 2 });
    expect(progressOf(seen)).toBeCloseTo(2 / 5);
    second.release();
    await verifying;
    expect(await run()).toMatchObject({ state: 'done', rows: 2, differences: 0, differencesShown: [], error: null });
  });

  it('find the rows that do not match the events, and show the first 20', async () => {
    await database.pool.query(`update counters_v1_g1 set count = 7 where stream = 'count-a'`);
    await database.pool.query(
      `insert into counters_v1_g1 (stream, count, revision, position)
       select 'odd-' || repeat('x', 3000) || n, n, 0, '' from generate_series(1, 25) n`,
    );
    await runs.request(counters, 'verify', 'ann');
    await performing().round(neverStopped);
    const { differencesShown, ...found } = await run();
    expect(found).toMatchObject({ state: 'done', rows: 2, differences: 26 });
    expect(differencesShown).toHaveLength(20);
    expect(Math.max(...differencesShown.map((shown) => JSON.stringify(shown).length))).toBeLessThan(5000);
    const changed = differencesShown.find(({ key }) => key === 'count-a');
    expect(changed).toMatchObject({ where: 'PostgreSQL' });
    expect(JSON.parse(changed?.expected ?? '')).toMatchObject({ stream: 'count-a', count: 3 });
    expect(JSON.parse(changed?.found ?? '')).toMatchObject({ stream: 'count-a', count: 7 });
  });

  it('stop with the process, and go on where they were', async () => {
    await runs.request(counters, 'rebuild', 'ann');
    const { held, release } = holdAfter(2);
    const stopping = new AbortController();
    const round = performing().round(stopping.signal);
    await held;
    stopping.abort();
    release();
    await round;
    const stopped = await run();
    expect(stopped).toMatchObject({ state: 'requested', endedAt: null, error: null });
    expect(stopped.events).toBeGreaterThan(0);
    expect(stopped.events).toBeLessThan(5);
    beforePage = async () => undefined;
    await performing().round(neverStopped);
    expect(await run()).toMatchObject({ id: stopped.id, state: 'done', events: 5, generation: 2 });
  });

  it('stop at once while PostgreSQL compares the rows', async () => {
    await runs.request(counters, 'verify', 'ann');
    await transaction(database.pool, async (client) => {
      await client.query('lock table counters_v1_g1 in access exclusive mode');
      const stopping = new AbortController();
      const round = performing().round(stopping.signal);
      await until(async () => {
        const { rowCount } = await database.pool.query(`select from pg_locks where not granted`);
        return rowCount === 1;
      });
      stopping.abort();
      await round;
      expect(await run()).toMatchObject({ state: 'requested', error: null });
    });
    await performing().round(neverStopped);
    expect(await run()).toMatchObject({ state: 'done', events: 5, differences: 0 });
  });

  it('are finished by another process if that of a run was killed, and not by the killed one', async () => {
    const { id } = await runs.request(counters, 'rebuild', 'ann');
    await runs.take([counters], 'killed');
    await performing().round(neverStopped);
    expect(await run()).toMatchObject({ state: 'done', generation: 2 });
    expect(await runs.report(id, 'killed', { events: 1, position: undefined })).toBe(false);
    expect(await runs.end(id, 'killed', { events: 1, position: undefined }, { state: 'failed' })).toBe(false);
    expect(await run()).toMatchObject({ state: 'done', events: 5 });
  });

  it('are left to the process that has taken them over', async () => {
    await runs.request(counters, 'verify', 'ann');
    const { held, release } = holdAfter(1);
    let [isOurs, asked] = [true, 0];
    const take = async (): Promise<boolean> => {
      if (!isOurs) asked += 1;
      return isOurs;
    };
    const round = performing({ take, ttlMs: 4 }).round(neverStopped);
    await held;
    await runs.take([counters], 'other');
    isOurs = false;
    await until(() => asked > 0);
    release();
    await round;
    expect(await run()).toMatchObject({ state: 'running', events: 0 });
  });

  it('end at once when they are cancelled while they wait', async () => {
    const { id } = await runs.request(counters, 'rebuild', 'ann');
    expect(
      await runs.cancel(
        countersOf(2, () => false),
        id,
      ),
    ).toBeUndefined();
    expect(await runs.cancel(counters, id + 1)).toBeUndefined();
    const cancelled = await runs.cancel(counters, id);
    expect(cancelled).toMatchObject({ id, state: 'cancelled', startedAt: null, endedAt: expect.any(Date) });
    expect(await runs.cancel(counters, id)).toEqual(cancelled);
    await performing().round(neverStopped);
    expect(await run()).toEqual(cancelled);
    expect(await liveGeneration()).toBe(1);
  });

  it('are not taken while they are being cancelled', async () => {
    const { id } = await runs.request(counters, 'rebuild', 'ann');
    const { taking } = await transaction(database.pool, async (client) => {
      await client.query(`update projection_runs set state = 'cancelled', ended_at = now() where id = $1`, [id]);
      const begun = runs.take([counters], 'quick');
      await until(async () => {
        const { rowCount } = await database.pool.query(`select from pg_locks where not granted`);
        return rowCount === 1;
      });
      return { taking: begun };
    });
    expect(await taking).toBeUndefined();
    expect(await run()).toMatchObject({ state: 'cancelled' });
  });

  it('stop when they are cancelled, and the next rebuild continues where that one was', async () => {
    const { id } = await runs.request(counters, 'rebuild', 'ann');
    const { held, release } = holdAfter(2);
    const round = performing({ take: async () => true, ttlMs: 100 }).round(neverStopped);
    await held;
    await until(run, ({ events }) => events > 0);
    const cancelled = await runs.cancel(counters, id);
    expect(cancelled).toMatchObject({ state: 'cancelled', error: null });
    release();
    await round;
    expect(await run()).toEqual(cancelled);
    expect(await liveGeneration()).toBe(1);
    let from: Position | undefined;
    beforePage = async (after) => void (from ??= after);
    const next = await runs.request(counters, 'rebuild', 'bob');
    expect(next.id).not.toBe(id);
    await performing().round(neverStopped);
    expect(await run()).toMatchObject({ id: next.id, state: 'done', generation: 2 });
    expect(from).toBeDefined();
    expect((await verify({ pool: database.pool, store, projection: counters })).differences).toEqual([]);
  });

  it('stop at once when they are cancelled while PostgreSQL compares the rows', async () => {
    const { id } = await runs.request(counters, 'verify', 'ann');
    await transaction(database.pool, async (client) => {
      await client.query('lock table counters_v1_g1 in access exclusive mode');
      const round = performing({ take: async () => true, ttlMs: 100 }).round(neverStopped);
      await until(async () => {
        const { rowCount } = await database.pool.query(`select from pg_locks where not granted`);
        return rowCount === 1;
      });
      await runs.cancel(counters, id);
      await round;
    });
    expect(await run()).toMatchObject({ state: 'cancelled', rows: null, error: null });
  });

  it('are done if they were done before the cancellation was noticed, and cannot be cancelled then', async () => {
    const { id } = await runs.request(counters, 'verify', 'ann');
    await runs.take([counters], 'slow');
    await runs.cancel(counters, id);
    const report = { events: 5, position: undefined };
    expect(await runs.report(id, 'slow', report)).toBe(false);
    expect(await runs.end(id, 'slow', report, { state: 'failed', error: 'lost' })).toBe(false);
    expect(await runs.end(id, 'other', report, { state: 'done' })).toBe(false);
    expect(await runs.end(id, 'slow', report, { state: 'done', rows: 2, differences: 0 })).toBe(true);
    expect(await runs.cancel(counters, id)).toMatchObject({ state: 'done', rows: 2 });
  });

  it('are done if the process was killed after the new generation went live', async () => {
    const { id } = await runs.request(counters, 'rebuild', 'ann');
    await performing().round(neverStopped);
    await database.pool.query(`update projection_runs set state = 'running', ended_at = null where id = $1`, [id]);
    await performing().round(neverStopped);
    expect(await run()).toMatchObject({ state: 'done', generation: 2 });
    expect(await liveGeneration()).toBe(2);
  });

  it('are given up if the process was killed five times during one', async () => {
    await runs.request(counters, 'rebuild', 'ann');
    for (let kills = 0; kills < 5; kills++) await runs.take([counters], 'killed');
    await performing().round(neverStopped);
    expect(await run()).toMatchObject({
      state: 'failed',
      error: 'given up after 5 attempts without progress',
    });
    expect(await liveGeneration()).toBe(1);
  });

  it('are not given up while each process that was killed brought a rebuild further', async () => {
    const { id } = await runs.request(counters, 'rebuild', 'ann');
    for (let kills = 1; kills <= 7; kills++) {
      await runs.take([counters], 'killed');
      const further = { events: kills, position: `${store.id}@${kills}` as Position, isFurther: true };
      expect(await runs.report(id, 'killed', further)).toBe(true);
    }
    await performing().round(neverStopped);
    expect(await run()).toMatchObject({ state: 'done', generation: 2 });
  });

  it('are given up if an error interrupted them five times, and let others go first', async () => {
    await runs.request(counters, 'rebuild', 'ann');
    const { id: second } = await runs.request(counters, 'verify', 'bob');
    beforePage = async () => Promise.reject(databaseError('40P01', 'deadlock detected'));
    await expect(performing().round(neverStopped)).rejects.toThrow('deadlock detected');
    await expect(performing().round(neverStopped)).rejects.toThrow('deadlock detected');
    expect((await run()).id).toBe(second);
    const { rows: waiting } = await database.pool.query('select attempts, error from projection_runs order by id');
    expect(waiting).toEqual([
      { attempts: 1, error: 'deadlock detected' },
      { attempts: 1, error: 'deadlock detected' },
    ]);
    for (let tries = 3; tries <= 8; tries++) {
      await expect(performing().round(neverStopped)).rejects.toThrow('deadlock detected');
    }
    await performing().round(neverStopped);
    const { rows: ended } = await database.pool.query('select state, error from projection_runs order by id');
    const failed = {
      state: 'failed',
      error: 'given up after 5 attempts without progress: deadlock detected',
    };
    expect(ended).toEqual([failed, failed]);
  });

  it('come no further by what was appended since a rebuild had replayed everything', async () => {
    await runs.request(counters, 'rebuild', 'ann');
    beforePage = async (after) => {
      if (after === (await store.head())) throw databaseError('40P01', 'deadlock detected');
    };
    for (let tries = 1; tries <= 4; tries++) {
      await expect(performing().round(neverStopped)).rejects.toThrow('deadlock detected');
      expect(await run()).toMatchObject({ state: 'requested', events: 4 + tries });
      await count(`count-more-${tries}`, tries);
    }
    await performing().round(neverStopped);
    expect(await run()).toMatchObject({ state: 'failed', error: expect.stringContaining('given up after 5 attempts') });
  });

  it.each([
    ['53100', 'the disk of PostgreSQL is full: could not extend file'],
    ['57014', 'PostgreSQL canceled a statement, which may have taken too long: could not extend file'],
  ])('fail at once with an error that comes back, as %s does', async (code, error) => {
    await database.pool.query(
      `create function fail() returns trigger language plpgsql as
       $$begin raise 'could not extend file' using errcode = '${code}'; end$$`,
    );
    let read = 0;
    beforePage = async () => {
      if (read++ > 0) return;
      await database.pool.query('create trigger fail before insert on counters_v1_g2 execute function fail()');
    };
    await runs.request(counters, 'rebuild', 'ann');
    await performing().round(neverStopped);
    expect(await run()).toMatchObject({ state: 'failed', error });
  });

  it('fail with what an operator can act on', async () => {
    await count('count-c', poisonous);
    isPoisoned = true;
    await runs.request(counters, 'rebuild', 'ann');
    await performing().round(neverStopped);
    expect(await run()).toMatchObject({
      state: 'failed',
      error: 'counters cannot apply Counted at revision 0 of count-c: cannot count to 13',
    });
    await database.pool.query(`update projections set checkpoint = 'other@00000000000000000001' where generation = 1`);
    await runs.request(counters, 'verify', 'ann');
    await performing().round(neverStopped);
    expect(await run()).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('a rebuild is due: holdfast projections rebuild counters'),
    });
  });

  it('wait while the event store is unavailable', async () => {
    await runs.request(counters, 'rebuild', 'ann');
    beforePage = async () => Promise.reject(new StoreUnavailable('the store is away'));
    for (let tries = 0; tries < 7; tries++) {
      await expect(performing().round(neverStopped)).rejects.toThrow('the store is away');
      expect(await run()).toMatchObject({ state: 'requested', error: 'the store is away' });
    }
    beforePage = async () => undefined;
    await performing().round(neverStopped);
    expect(await run()).toMatchObject({ state: 'done', error: null, generation: 2 });
    expect((await verify({ pool: database.pool, store, projection: counters })).differences).toEqual([]);
  });

  it('fail after a day if no projector builds their projection any more', async () => {
    const [old, recent] = [countersOf(2, () => false), countersOf(3, () => false)];
    for (const projection of [counters, old, recent]) await runs.request(projection, 'verify', 'ann');
    await database.pool.query(
      `update projection_runs set requested_at = now() - interval '25 hours' where schema in (1, 2)`,
    );
    await performing().round(neverStopped);
    expect(await runs.latest()).toMatchObject([
      { schema: 1, state: 'done', error: null },
      { schema: 2, state: 'failed', error: 'no projector builds this projection any more', endedAt: expect.any(Date) },
      { schema: 3, state: 'requested', error: null, endedAt: null },
    ]);
  });

  it('are kept until a hundred later ones have ended', async () => {
    const { id: first } = await runs.request(counters, 'verify', 'ann');
    await performing().round(neverStopped);
    for (let n = 0; n < 100; n++) {
      const { id } = await runs.request(counters, 'verify', 'ann');
      await runs.take([counters], 'ann');
      expect(await runs.end(id, 'ann', { events: 0, position: undefined }, { state: 'done' })).toBe(true);
    }
    await runs.request(counters, 'verify', 'ann');
    const { rows } = await database.pool.query<{ id: number }>('select id from projection_runs order by id');
    expect(rows).toHaveLength(101);
    expect(rows[0]?.id).toBeGreaterThan(first);
  });
});
