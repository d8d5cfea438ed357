import { randomUUID } from 'node:crypto';
import { stockAggregate, type StockEvent } from '#domain';
import { codecOf, makePosition, type EventStore, type Position, type RecordedEvent } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { HoldIds } from '#ids';
import type { Redis } from '#platform';
import { parkedStreams, projectionMigrations, requestAction, type Sink } from '#projections';
import { balanceOf, freshDatabase, freshRedis, type FreshDatabase } from '#dev/testing';
import { feed, feedKey, feedMigrations, FeedSink, publicEvents, refillFeed, type FeedSinkOptions } from './index.ts';

type Tell = FeedSinkOptions['tell'];
type Servers = Pick<FeedSinkOptions, 'redis' | 'pool'>;

const codec = codecOf<StockEvent>(stockAggregate);
const tell = publicEvents({ holdIds: new HoldIds('b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu'), stockLowAt: 5 });
const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: null, at: Date.UTC(2026, 0, 31) };

const streams = ['stock-item:lamp:1', 'stock-item:desk:1', 'stock-slot:5'] as const;
const [lamp, desk] = streams;
const eventsPerStream = 8;
const pageEventsMax = 5;
const entriesKept = 1000;
/** Nothing that happens to a feed moves its checkpoint more often. */
const triesMax = 5;

class Killed extends Error {
  override readonly name = 'Killed';
}

describe('the feed', () => {
  let database: FreshDatabase;
  let store: EventStore;
  let redis: Redis;

  beforeEach(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...projectionMigrations, ...feedMigrations]);
    store = await PostgresEventStore.connect(database.url);
    ({ redis } = await freshRedis());
    for (const stream of streams) await provide(stream, 'none', 1);
    for (let revision = 0; revision < eventsPerStream - 1; revision += 1) {
      for (const stream of streams) await provide(stream, revision, 1);
    }
  });

  afterEach(async () => {
    redis.disconnect();
    await store.close();
    await database.drop();
  });

  async function provide(stream: string, expected: number | 'none', howMany: number): Promise<void> {
    const first = expected === 'none' ? 0 : expected + 1;
    const events = Array.from({ length: howMany }, (_, index) => {
      const balance = balanceOf({ total: first + index + 1, taken: first + index });
      const event = {
        type: 'UnitsPurchased',
        purchaseId: randomUUID(),
        customerId: 'ann',
        quantity: 1,
        balance,
      } as const;
      return codec.encode(randomUUID(), event, metadata);
    });
    await store.append(stream, expected, events);
  }

  function sink(options: Partial<FeedSinkOptions> = {}): FeedSink {
    return new FeedSink({ redis, pool: database.pool, store, tell, entriesMax: entriesKept, ...options });
  }

  /** To the end of the events and once over what is there, as a worker does. */
  async function carry(carried: Sink, eventsMax = pageEventsMax): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        let checkpoint: Position | undefined = await carried.open();
        for (;;) {
          const { events, end } = await store.readAll(checkpoint, eventsMax);
          if (end === undefined || end === checkpoint) break;
          await carried.apply(events, checkpoint, end);
          checkpoint = end;
        }
        await carried.tend(true);
        return;
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'CheckpointMoved' || tries === triesMax) throw error;
      }
    }
  }

  /** Servers with something happening before and after each call to them, or to Redis alone. */
  function disturbed(
    disturb: (moment: number) => Promise<void>,
    which: 'both' | 'Redis' = 'both',
  ): { servers: Servers; moments: () => number } {
    let moments = 0;
    const between = async (): Promise<void> => disturb((moments += 1));
    const shaken = <T extends object>(server: T, isShaken: (name: string | symbol) => boolean): T =>
      new Proxy(server, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== 'function') return value;
          if (!isShaken(name)) return value.bind(target) as unknown;
          return async (...args: unknown[]) => {
            await between();
            const answer: unknown = await Reflect.apply(value, target, args);
            await between();
            return answer;
          };
        },
      });
    // A connection is not taken away from a transaction, which would never give it back.
    const pool = shaken(database.pool, (name) => which === 'both' && name === 'query');
    return { servers: { redis: shaken(redis, () => true), pool }, moments: () => moments };
  }

  /** With something happening at each moment in turn, each time with a feed that starts anew. */
  async function atEachMoment(
    disturb: () => Promise<void>,
    carryWith: (servers: Servers) => Promise<void>,
    check: () => Promise<void>,
    prepare: () => Promise<void> = async () => {},
  ): Promise<void> {
    await prepare();
    const calm = disturbed(async () => {});
    await carryWith(calm.servers);
    expect(calm.moments()).toBeGreaterThan(4);
    for (let moment = 1; moment <= calm.moments(); moment += 1) {
      await refillFeed(database.pool, redis);
      await prepare();
      const { servers: shaken } = disturbed(async (now) => {
        if (now === moment) await disturb();
      });
      await carryWith(shaken).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
      });
      await check();
    }
  }

  type Dump = readonly (readonly [key: string, value: Buffer | null])[];

  async function snapshot(): Promise<Dump> {
    const keys = await redis.keys('*');
    return Promise.all(keys.map(async (key) => [key, await redis.dumpBuffer(key)] as const));
  }

  async function rollBack(to: Dump): Promise<void> {
    await redis.flushdb();
    for (const [key, value] of to) if (value !== null) await redis.restore(key, 0, value);
  }

  /** With Redis going back from each moment to each earlier one. */
  async function afterEachStepBack(
    carryWith: (servers: Servers) => Promise<void>,
    check: () => Promise<void>,
    prepare: () => Promise<void> = async () => {},
  ): Promise<void> {
    await prepare();
    const calm = disturbed(async () => {}, 'Redis');
    await carryWith(calm.servers);
    // Each call has a moment before it and one after it, which is the same for Redis as that before the next.
    for (let earlier = 1; earlier < calm.moments(); earlier += 2) {
      for (let moment = earlier + 1; moment <= calm.moments(); moment += 2) {
        await refillFeed(database.pool, redis);
        await prepare();
        let kept: Dump = [];
        const { servers: shaken } = disturbed(async (now) => {
          if (now === earlier) kept = await snapshot();
          if (now === moment) await rollBack(kept);
        }, 'Redis');
        await carryWith(shaken);
        await check();
      }
    }
  }

  async function kill(): Promise<void> {
    throw new Killed('killed');
  }

  interface Entry {
    readonly id: string;
    readonly fields: Readonly<Record<string, string>>;
  }

  async function entries(): Promise<readonly Entry[]> {
    return (await redis.xrange(feedKey, '-', '+')).map(([id, fields]) => {
      const pairs = fields.flatMap((name, index) => (index % 2 === 0 ? [[name, fields[index + 1] ?? '']] : []));
      return { id, fields: Object.fromEntries(pairs) as Record<string, string> };
    });
  }

  async function allEvents(): Promise<readonly RecordedEvent[]> {
    return (await store.readAll(undefined, 10_000)).events;
  }

  async function wanted(of: (recorded: RecordedEvent) => boolean = () => true): Promise<readonly string[]> {
    return (await allEvents())
      .filter(of)
      .flatMap(tell)
      .map(({ id }) => id);
  }

  async function told(): Promise<readonly string[]> {
    return (await entries()).map(({ fields }) => fields['id'] ?? '');
  }

  /** After whoever has the lease next has looked. */
  async function expectToBeWhole(): Promise<void> {
    await carry(sink());
    expect(await told()).toEqual(await wanted());
  }

  it('has each public event once, in order, with the number of its stored event in its id', async () => {
    await carry(sink());
    const [first] = await allEvents();
    const [made, changed] = first === undefined ? [] : tell(first);
    const place = { timestamp: '2026-01-31T00:00:00.000Z', position: first?.position, version: '1' };
    expect((await entries()).slice(0, 2)).toEqual([
      {
        id: '1-0',
        fields: {
          ...place,
          id: made?.id,
          type: 'purchase.made',
          subject: made?.subject,
          data: JSON.stringify(made?.data),
        },
      },
      {
        id: '1-1',
        fields: {
          ...place,
          id: changed?.id,
          type: 'stock.changed',
          subject: 'lamp',
          data: JSON.stringify(changed?.data),
        },
      },
    ]);
    expect(await told()).toEqual(await wanted());
    const ids = new Set((await entries()).map(({ id }) => id));
    await refillFeed(database.pool, redis);
    await carry(sink(), 1000);
    expect(new Set((await entries()).map(({ id }) => id))).toEqual(ids);
  });

  it('is whole whenever its writer is killed', async () => {
    await atEachMoment(kill, (shaken) => carry(sink({ ...shaken })), expectToBeWhole);
  });

  it('is whole after a flush at any moment', async () => {
    await atEachMoment(
      async () => void (await redis.flushdb()),
      (shaken) => carry(sink({ ...shaken })),
      expectToBeWhole,
    );
  });

  it('is whole when another writes it too, from any moment on', async () => {
    await atEachMoment(
      () => carry(sink()),
      (shaken) => carry(sink({ ...shaken })),
      expectToBeWhole,
    );
  });

  it('is whole after Redis has gone back from any moment to any earlier one', async () => {
    await afterEachStepBack((shaken) => carry(sink({ ...shaken })), expectToBeWhole);
  });

  it('notices a flush, and another writer, though there is nothing to write', async () => {
    const idle = sink();
    await carry(idle);
    await redis.flushdb();
    await expect(idle.tend()).rejects.toMatchObject({ name: 'CheckpointMoved' });
    await carry(idle);
    await carry(sink());
    await expect(idle.tend()).rejects.toMatchObject({ name: 'CheckpointMoved' });
  });

  it('takes nothing from a writer once another has opened it', async () => {
    const [first, second] = [sink(), sink()];
    const start = await first.open();
    expect(await second.open()).toBe(start);
    const { events, end } = await store.readAll(start, 5);
    if (end === undefined) throw new Error('there are events');
    await expect(first.apply(events, start, end)).rejects.toMatchObject({ name: 'CheckpointMoved' });
    await second.apply(events, start, end);
    await expectToBeWhole();
  });

  it('is not opened by a writer that another has overtaken', async () => {
    const overtaking = sink();
    // After the first call, which is to PostgreSQL.
    const { servers } = disturbed(async (now) => void (now === 2 && (await overtaking.open())));
    await expect(sink(servers).open()).rejects.toMatchObject({ name: 'CheckpointMoved' });
  });

  it('takes a page once', async () => {
    const once = sink();
    const start = await once.open();
    const { events, end } = await store.readAll(start, 5);
    if (end === undefined) throw new Error('there are events');
    expect(await once.apply(events, start, end)).toBe(true);
    await expect(once.apply(events, start, end)).rejects.toMatchObject({ name: 'CheckpointMoved' });
    await expectToBeWhole();
  });

  it('is written in parts if a page is long, and is whole whenever its writer is killed between them', async () => {
    await provide('stock-item:chair:1', 'none', 700);
    await atEachMoment(
      kill,
      (shaken) => carry(sink({ ...shaken, entriesMax: 10_000 }), 1000),
      async () => {
        await carry(sink({ entriesMax: 10_000 }), 1000);
        expect(await told()).toEqual(await wanted());
      },
    );
  });

  it('keeps the group of a worker that was there before it', async () => {
    await redis.xgroup('CREATE', feedKey, 'mailer', '0', 'MKSTREAM');
    await carry(sink());
    expect(await redis.xinfo('GROUPS', feedKey)).toHaveLength(1);
    await expectToBeWhole();
  });

  it('is written anew if it has lost its checkpoint alone', async () => {
    await carry(sink());
    await redis.unlink('{holdfast:feed}:state');
    await expectToBeWhole();
  });

  describe('with a bound', () => {
    const entriesMax = 100;

    beforeEach(() => provide('stock-item:chair:1', 'none', 1000));

    it('has at least that many of the last entries, and not many more', async () => {
      await carry(sink({ entriesMax }), 50);
      const length = await redis.xlen(feedKey);
      expect(length).toBeGreaterThanOrEqual(entriesMax);
      expect(length).toBeLessThan(entriesMax * 3);
      expect(await told()).toEqual((await wanted()).slice(-length));
    });

    it('has at least that many again after a flush, without all that was before', async () => {
      const bounded = sink({ entriesMax });
      await carry(bounded, 50);
      const before = await entries();
      await redis.flushdb();
      const start = await sink({ entriesMax }).open();
      expect(start).toBeDefined();
      const { events } = await store.readAll(start, 10_000);
      expect(events.length).toBeLessThan(entriesMax * 2);
      await carry(sink({ entriesMax }), 50);
      expect((await entries()).slice(-entriesMax)).toEqual(before.slice(-entriesMax));
    });

    it('gives a worker that knows its last entry what is after it, once, also after a flush', async () => {
      await carry(sink({ entriesMax }), 50);
      const [, , , , last] = (await entries()).toReversed();
      await redis.flushdb();
      await redis.xgroup('CREATE', feedKey, 'mailer', last?.id ?? '', 'MKSTREAM');
      await carry(sink({ entriesMax }), 50);
      const answer = await redis.xreadgroup('GROUP', 'mailer', 'one', 'COUNT', 100, 'STREAMS', feedKey, '>');
      const [[, read]] = answer as [[string, [string, string[]][]]];
      expect(read.map(([id]) => id)).toEqual((await entries()).slice(-4).map(({ id }) => id));
    });
  });

  describe('with an event that it cannot read', () => {
    const failing = ({ stream, revision }: RecordedEvent) => stream === lamp && revision === 3;
    const tellAllBut: Tell = (recorded) => {
      if (failing(recorded)) throw new Error('not in this release');
      return tell(recorded);
    };
    const isBefore = ({ stream, revision }: RecordedEvent) => stream !== lamp || revision < 3;
    const isWaiting = (recorded: RecordedEvent) => !isBefore(recorded);
    let lamps: number;
    let desks: number;

    beforeEach(() => {
      lamps = eventsPerStream;
      desks = eventsPerStream;
    });

    async function addLamp(): Promise<void> {
      await provide(lamp, lamps - 1, 1);
      lamps += 1;
    }

    async function addDesk(): Promise<void> {
      await provide(desk, desks - 1, 1);
      desks += 1;
    }

    async function parked(): Promise<readonly string[]> {
      return (await parkedStreams(database.pool, feed)).map(({ stream, revision }) => `${stream} ${revision}`);
    }

    /** The stream is parked, and has gone on since. */
    async function park(): Promise<void> {
      await carry(sink({ tell: tellAllBut }));
      await addLamp();
      await carry(sink({ tell: tellAllBut }));
    }

    it('parks its stream, and goes on with the others', async () => {
      await carry(sink({ tell: tellAllBut }));
      expect(await parked()).toEqual([`${lamp} 3`]);
      expect(await told()).toEqual(await wanted(isBefore));
      const later = sink();
      await carry(later);
      expect(later.parked).toBe(1);
      expect(await told()).toEqual(await wanted(isBefore));
    });

    const disturbances = {
      'its writer is killed': kill,
      'Redis is flushed': async () => void (await redis.flushdb()),
      'another writes it too': () => carry(sink({ tell: tellAllBut })),
    };

    it.each(Object.entries(disturbances))('has parked it, and lost nothing, whenever %s', async (_, disturb) => {
      await atEachMoment(
        disturb,
        (shaken) => carry(sink({ ...shaken, tell: tellAllBut })),
        async () => {
          await carry(sink({ tell: tellAllBut }));
          expect(await told()).toEqual(await wanted(isBefore));
          expect(await parked()).toEqual([`${lamp} 3`]);
        },
      );
    });

    describe.each(['retry', 'skip'] as const)('after a %s', (action) => {
      async function prepare(): Promise<void> {
        await park();
        await requestAction(database.pool, feed, lamp, action);
        // The next page moves the checkpoint, before the place of what waits is decided.
        await addLamp();
        await addDesk();
      }

      const isTold = (recorded: RecordedEvent) => action === 'retry' || !failing(recorded);

      async function expectRestInOrder(): Promise<void> {
        const carried = sink({ tell: action === 'retry' ? tell : tellAllBut });
        await carry(carried);
        expect(await parked()).toEqual([]);
        // What comes after the retry is where it was recorded.
        const late = (recorded: RecordedEvent) => isWaiting(recorded) && isTold(recorded);
        expect(await told()).toEqual([...(await wanted(isBefore)), ...(await wanted(late))]);
      }

      const carryOn = (shaken: Partial<Servers> = {}) =>
        carry(sink({ ...shaken, tell: action === 'retry' ? tell : tellAllBut }));

      it.each(Object.entries({ ...disturbances, 'another writes it too': () => expectRestInOrder() }))(
        'tells the rest in order, once, whenever %s',
        async (_, disturb) => {
          await atEachMoment(disturb, carryOn, expectRestInOrder, prepare);
          const before = await told();
          await addLamp();
          await carryOn();
          expect(await told()).toEqual([...before, ...(await wanted()).slice(-2)]);
        },
      );

      it('tells the rest in order, once, after Redis has gone back from any moment to any earlier one', async () => {
        await afterEachStepBack(carryOn, expectRestInOrder, prepare);
      });

      it('tells the rest, once, after Redis has gone back while there was nothing to write', async () => {
        await park();
        const idle = sink({ tell: action === 'retry' ? tell : tellAllBut });
        await idle.open();
        const kept = await snapshot();
        await requestAction(database.pool, feed, lamp, action);
        await idle.tend();
        await rollBack(kept);
        await idle.tend();
        const after = await told();
        await expectRestInOrder();
        expect(await told()).toEqual(after);
      });

      it('has it at the same place with the same ids when it is written again', async () => {
        await prepare();
        await carryOn();
        await addLamp();
        await carryOn();
        const before = await entries();
        for (const eventsMax of [1, 7, 1000]) {
          await redis.flushdb();
          await carry(sink({ tell: action === 'retry' ? tell : tellAllBut }), eventsMax);
          expect(await entries()).toEqual(before);
        }
      });
    });

    it('parks its stream again if a retry finds it as it was', async () => {
      await park();
      await requestAction(database.pool, feed, lamp, 'retry');
      await carry(sink({ tell: tellAllBut }));
      const [again] = await parkedStreams(database.pool, feed);
      expect(again).toMatchObject({ stream: lamp, revision: 3, attempts: 2, action: null });
      expect(await told()).toEqual(await wanted(isBefore));
    });

    it('parks its stream at a later event that a retry finds, and has all in order after another', async () => {
      const laterToo: Tell = (recorded) => {
        if (recorded.stream === lamp && recorded.revision === 5) throw new Error('nor this');
        return tell(recorded);
      };
      const whole = async () => [...(await wanted(isBefore)), ...(await wanted(isWaiting))];
      await atEachMoment(
        kill,
        (shaken) => carry(sink({ ...shaken, tell: laterToo })),
        async () => {
          await carry(sink({ tell: laterToo }));
          expect(await parked()).toEqual([`${lamp} 5`]);
          await requestAction(database.pool, feed, lamp, 'retry');
          await carry(sink());
          expect(await told()).toEqual(await whole());
          const before = await entries();
          await redis.flushdb();
          await carry(sink());
          expect(await entries()).toEqual(before);
        },
        async () => {
          await park();
          await requestAction(database.pool, feed, lamp, 'retry');
        },
      );
    });

    it('tells a long rest whole, once, whenever its writer is killed', async () => {
      const many = 450;
      await provide(lamp, lamps - 1, many);
      await carry(sink({ tell: tellAllBut }), 1000);
      await atEachMoment(
        kill,
        (shaken) => carry(sink({ ...shaken, entriesMax: 10_000 }), 1000),
        async () => {
          await carry(sink({ entriesMax: 10_000 }), 1000);
          expect(await told()).toEqual([...(await wanted(isBefore)), ...(await wanted(isWaiting))]);
        },
        async () => {
          await carry(sink({ tell: tellAllBut, entriesMax: 10_000 }), 1000);
          await requestAction(database.pool, feed, lamp, 'retry');
        },
      );
    });

    it('does not read again what it has told', async () => {
      await park();
      await requestAction(database.pool, feed, lamp, 'retry');
      let reads = 0;
      const counting = sink({
        store: {
          readStream: (stream, request) => {
            reads += 1;
            return store.readStream(stream, request);
          },
        },
      });
      await carry(counting);
      expect(reads).toBeGreaterThan(0);
      const before = reads;
      await counting.tend();
      expect(reads).toBe(before);
    });

    it('waits for nothing once it was emptied', async () => {
      await park();
      await refillFeed(database.pool, redis);
      expect(await parked()).toEqual([]);
      await expectToBeWhole();
    });

    it('is written again without what is parked', async () => {
      await park();
      await redis.flushdb();
      await carry(sink());
      expect(await told()).toEqual(await wanted(isBefore));
    });

    it('forgets where a stream was told late when that is no longer in it', async () => {
      const entriesMax = 100;
      await park();
      await requestAction(database.pool, feed, lamp, 'retry');
      await carry(sink({ entriesMax }));
      await provide('stock-item:chair:1', 'none', 1000);
      await carry(sink({ entriesMax }), 50);
      expect((await database.pool.query('select from feed_late_streams')).rowCount).toBe(0);
    });

    it('stops if too many streams would be parked', async () => {
      for (let n = 0; n < 101; n += 1) await provide(`stock-slot:${100 + n}`, 'none', 1);
      const nothing: Tell = ({ stream }) => {
        throw new Error(`not ${stream}`);
      };
      await expect(carry(sink({ tell: nothing }), 1000)).rejects.toThrow('more than 100 streams would be parked');
      expect(await told()).toEqual([]);
    });
  });

  it('of another store says so, until it is emptied', async () => {
    const elsewhere = makePosition('another', 7n);
    const foreign = sink();
    await foreign.open();
    await redis.hset('{holdfast:feed}:state', 'position', elsewhere);
    await expect(carry(sink())).rejects.toMatchObject({ name: 'ForeignPosition' });
    await redis.flushdb();
    await database.pool.query('update feeds set starts_after = $1', [elsewhere]);
    await expect(carry(sink())).rejects.toMatchObject({ name: 'ForeignPosition' });
    await refillFeed(database.pool, redis);
    await expectToBeWhole();
  });
});
