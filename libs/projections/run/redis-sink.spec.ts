import { randomUUID } from 'node:crypto';
import { codecOf, type EventStore, type Position } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import type { Redis } from '#platform';
import { freshDatabase, freshRedis, plainEvents, type FreshDatabase } from '#dev/testing';
import {
  decodeRow,
  defineProjection,
  everyEventOf,
  PostgresSink,
  projectionMigrations,
  redisKey,
  RedisSink,
  verify,
  type Sink,
} from '../index.ts';

interface Noted {
  readonly type: 'Noted';
  readonly note: number;
}

const noting = plainEvents<Noted>('noted', 'Noted');
const codec = codecOf(noting);

const notes = defineProjection({
  name: 'notes',
  schema: 1,
  table: { key: { note: 'bigint' }, columns: { said_by: 'text' } },
  from: [everyEventOf(noting, ({ note, recorded }) => ({ note, said_by: recorded.stream }))],
});

/** Two pages of the table, and two of events behind it. */
const rowsCopied = 1500;
const rowsFollowed = 20;
const pageEventsMax = 10;

describe('a projection in Redis', () => {
  let database: FreshDatabase;
  let store: EventStore;
  let redis: Redis;

  beforeAll(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...projectionMigrations]);
    store = await PostgresEventStore.connect(database.url);
    ({ redis } = await freshRedis());
    await note(0, rowsCopied);
    await carry(new PostgresSink(database.pool, store, notes), 1000);
    await note(rowsCopied, rowsFollowed);
  });

  beforeEach(() => redis.flushdb());

  afterAll(async () => {
    redis.disconnect();
    await store.close();
    await database.drop();
  });

  async function note(first: number, howMany: number): Promise<void> {
    const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: null, at: 0 };
    const events = Array.from({ length: howMany }, (_, index) =>
      codec.encode(randomUUID(), { type: 'Noted', note: first + index }, metadata),
    );
    await store.append(`noted-${first}`, 'none', events);
  }

  /** To the end of the events and once over what is there, as a worker does. */
  async function carry(sink: Sink, eventsMax = pageEventsMax): Promise<void> {
    for (;;) {
      try {
        let checkpoint: Position | undefined = await sink.open();
        for (;;) {
          const { events, end } = await store.readAll(checkpoint, eventsMax);
          if (end === undefined || end === checkpoint) break;
          await sink.apply(events, checkpoint, end);
          checkpoint = end;
        }
        await sink.tend(true);
        return;
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'CheckpointMoved') throw error;
      }
    }
  }

  /** With something else happening after each of its calls to Redis; answers how many there were. */
  async function carryDisturbed(disturb: (call: number) => Promise<void>): Promise<number> {
    let calls = 0;
    const disturbed = new Proxy(redis, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          const answer: unknown = await Reflect.apply(value, target, args);
          calls += 1;
          await disturb(calls);
          return answer;
        };
      },
    });
    await carry(new RedisSink(disturbed, database.pool, notes));
    return calls;
  }

  async function snapshot(): Promise<readonly [string, Buffer | null][]> {
    const keys = await redis.keys('*');
    return Promise.all(keys.map(async (key): Promise<[string, Buffer | null]> => [key, await redis.dumpBuffer(key)]));
  }

  async function rollBack(to: readonly [string, Buffer | null][]): Promise<void> {
    await redis.flushdb();
    for (const [key, value] of to) if (value !== null) await redis.restore(key, 0, value);
  }

  /** After whoever has the lease next has looked. */
  async function expectToBeWhole(): Promise<void> {
    await carry(inRedis());
    const wanted = Array.from({ length: rowsCopied + rowsFollowed }, (_, index) => index);
    const values = await redis.hmget(redisKey(notes), ...wanted.map(String));
    expect(values.map((value) => value && decodeRow<{ note: number }>(value).note)).toEqual(wanted);
    const { differences } = await verify({ pool: database.pool, store, projection: notes, redis });
    expect(differences).toEqual([]);
  }

  function inRedis(): Sink {
    return new RedisSink(redis, database.pool, notes);
  }

  it('is whole after a flush at any moment', async () => {
    const calls = await carryDisturbed(async () => {});
    for (let moment = 1; moment <= calls; moment += 1) {
      await redis.flushdb();
      await carryDisturbed(async (call) => void (call === moment && (await redis.flushdb())));
      await expectToBeWhole();
    }
  });

  it('is whole after Redis has gone back from any moment to any earlier one', async () => {
    const calls = await carryDisturbed(async () => {});
    for (let earlier = 1; earlier < calls; earlier += 1) {
      for (let moment = earlier + 1; moment <= calls; moment += 1) {
        await redis.flushdb();
        let kept: Awaited<ReturnType<typeof snapshot>> = [];
        await carryDisturbed(async (call) => {
          if (call === earlier) kept = await snapshot();
          if (call === moment) await rollBack(kept);
        });
        await expectToBeWhole();
      }
    }
  });

  it('is whole when another fills it too, from any moment on', async () => {
    const calls = await carryDisturbed(async () => {});
    for (let moment = 1; moment <= calls; moment += 1) {
      await redis.flushdb();
      await carryDisturbed(async (call) => void (call === moment && (await carry(inRedis()))));
      await expectToBeWhole();
    }
  });

  it('is whole without what is not in the table', async () => {
    await redis.hset(redisKey(notes), '9999', `${'9'.repeat(16)}{"note":9999,"said_by":"a lost store"}`);
    await carry(inRedis());
    expect(await redis.hexists(redisKey(notes), '9999')).toBe(0);
    await expectToBeWhole();
  });

  it('is left to others, in the middle of being filled, by whoever may not go on', async () => {
    await expect(inRedis().open(async () => false)).rejects.toThrow('the lease for copying');
    await expectToBeWhole();
  });
});
