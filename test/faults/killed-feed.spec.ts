import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { commandMetrics, CommandRuntime } from '#commands';
import { itemStock, stockAggregate, stockStream } from '#domain';
import type { Position } from '#event-store';
import { PostgresEventStore } from '#event-store/postgres';
import { feedKey, publicEvents } from '#feeds';
import { HoldIds } from '#ids';
import { createMetrics, createRedis, untilConnected, type Redis } from '#platform';
import { startSystem, until, type RunningSystem, type Service } from '#dev/testing';

const stocks = 20;
const inFlight = 4;
/** Some hundred commands a second are load enough, and leave the processor to the projectors. */
const pauseMs = 10;
const eventsPerPage = 2000;

describe('under load, the feed has each public event once and in order', () => {
  let system: RunningSystem;
  let store: PostgresEventStore;
  let redis: Redis;
  let sales: Promise<unknown>;
  let stopping: AbortController;
  let projector: Service;

  beforeAll(async () => {
    system = await startSystem({
      HOLDFAST_PROJECTION_LEASE_MS: '500',
      HOLDFAST_PROJECTION_PAGE_EVENTS_MAX: '200',
      HOLDFAST_FEED_ENTRIES_MAX: '10000000',
    });
    store = await PostgresEventStore.connect(system.env['EVENTSTORE_URL'] ?? '');
    redis = createRedis(system.env['REDIS_URL'] ?? '');
    await untilConnected(redis);
    ({ projector } = system);
  });

  beforeEach(() => {
    stopping = new AbortController();
    sales = Promise.all(Array.from({ length: inFlight }, (_, client) => sell(client)));
  });

  afterEach(async () => {
    stopping.abort();
    await sales;
  });

  afterAll(async () => {
    redis.disconnect();
    await store.close();
    await system.stop();
  });

  /** Provides and sells, over and over. */
  async function sell(client: number): Promise<void> {
    const runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics(`load ${client}`)) });
    for (let n = 0; !stopping.signal.aborted; n += 1) {
      const context = { commandId: randomUUID(), correlationId: 'load', userId: null, deadline: Date.now() + 10_000 };
      const command =
        n % 3 === 0
          ? ({ type: 'Provide', quantity: 4, provideId: null } as const)
          : ({ type: 'Purchase', purchaseId: context.commandId, customerId: 'ann', quantity: 1 } as const);
      await runtime.execute(stockAggregate, stockStream(itemStock(`lamp${(client + n) % stocks}`)), command, context);
      await pause(pauseMs);
    }
  }

  async function lastEntry(): Promise<readonly number[]> {
    const [last] = await redis.xrevrange(feedKey, '+', '-', 'COUNT', 1);
    return last?.[0].split('-').map(Number) ?? [0, 0];
  }

  /** Until it has gone on from where it was, which after a flush takes until all is there again. */
  async function progress(): Promise<void> {
    const [before = 0] = await lastEntry();
    await until(lastEntry, ([now = 0]) => now > before);
  }

  async function wanted(): Promise<readonly string[]> {
    const tell = publicEvents({ holdIds: new HoldIds(system.env['HOLDFAST_ID_SECRET'] ?? ''), stockLowAt: 5 });
    const ids: string[] = [];
    for (let after: Position | undefined; ;) {
      const { events, end } = await store.readAll(after, eventsPerPage);
      ids.push(...events.flatMap(tell).map(({ id }) => id));
      if (end === undefined || end === after) return ids;
      after = end;
    }
  }

  async function told(): Promise<readonly string[]> {
    return (await redis.xrange(feedKey, '-', '+')).map(([, fields]) => fields[fields.indexOf('id') + 1] ?? '');
  }

  async function expectToBeWhole(): Promise<void> {
    stopping.abort();
    await sales;
    const ids = await wanted();
    await until(
      () => redis.xlen(feedKey),
      (length) => length >= ids.length,
    );
    expect(await told()).toEqual(ids);
    expect(ids.length).toBeGreaterThan(50);
  }

  it('when a projector is killed again and again, and Redis is flushed in between', async () => {
    for (let kills = 0; kills < 6; kills += 1) {
      await progress();
      projector.child.kill();
      await projector.child.exited;
      if (kills % 2 === 1) await redis.flushdb();
      projector = await system.start('projector');
    }
    await progress();
    await expectToBeWhole();
  });

  it('when the projector that writes it is suspended, and goes on after another has taken over', async () => {
    const projectors = [projector, await system.start('projector')];
    for (let n = 0; n < 6; n += 1) {
      await progress();
      const [suspended] = projectors.splice(n % 2, 1);
      if (suspended === undefined) throw new Error('there are two projectors');
      process.kill(suspended.child.pid, 'SIGSTOP');
      await progress();
      process.kill(suspended.child.pid, 'SIGCONT');
      projectors.push(suspended);
    }
    await progress();
    await expectToBeWhole();
  });
});
