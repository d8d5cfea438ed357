import { randomUUID } from 'node:crypto';
import { codecOf, type EventStore, type NewEvent } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import type { Redis } from '#platform';
import { freshDatabase, freshRedis, plainEvents, type FreshDatabase } from '#dev/testing';
import {
  decodeRow,
  defineProjection,
  eventsOf,
  PostgresSink,
  projectionMigrations,
  redisKey,
  RedisSink,
  verify,
  viewOf,
  type Sink,
} from '../index.ts';

type BasketEvent =
  | { readonly type: 'BasketFilled'; readonly fruits: readonly string[] }
  | { readonly type: 'BasketEmptied'; readonly fruits: readonly string[] }
  | { readonly type: 'BasketWeighed' };

const basketEvents = plainEvents<BasketEvent>('basket', 'BasketFilled', 'BasketEmptied', 'BasketWeighed');
const codec = codecOf(basketEvents);

const fruitsProjection = defineProjection({
  name: 'fruits',
  schema: 1,
  table: { key: { basket: 'text collate "C"', fruit: 'text collate "C"' }, columns: {} },
  from: [
    eventsOf(basketEvents, {
      BasketFilled: ({ fruits, recorded }) => fruits.map((fruit) => ({ basket: recorded.stream, fruit })),
      BasketEmptied: ({ fruits, recorded }) =>
        fruits.map((fruit) => ({ basket: recorded.stream, fruit, deleted: true as const })),
      BasketWeighed: 'ignored',
    }),
  ],
});

describe('what an event leaves behind', () => {
  let database: FreshDatabase;
  let store: EventStore;
  let redis: Redis;
  let table: Sink;
  let copy: Sink;

  beforeEach(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...projectionMigrations]);
    store = await PostgresEventStore.connect(database.url);
    ({ redis } = await freshRedis());
    table = new PostgresSink(database.pool, store, fruitsProjection);
    copy = new RedisSink(redis, database.pool, fruitsProjection);
    await table.open();
    await expect(table.tend(true)).rejects.toThrow('is live now');
  });

  afterEach(async () => {
    redis.disconnect();
    await store.close();
    await database.drop();
  });

  async function happened(stream: string, ...events: readonly BasketEvent[]): Promise<void> {
    const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: null, at: 0 };
    const encoded: NewEvent[] = events.map((event) => codec.encode(randomUUID(), event, metadata));
    const [last] = await store.readStream(stream, { direction: 'backwards', limit: 1 });
    await store.append(stream, last?.revision ?? 'none', encoded);
  }

  /** Carries the table and its copy to the end, and answers the rows of both. */
  async function rows(): Promise<readonly string[]> {
    for (const sink of [table, copy]) {
      const from = await sink.open();
      const { events, end } = await store.readAll(from, 100);
      if (end !== undefined && end !== from) await sink.apply(events, from, end);
    }
    const found = await database.pool.query<{ basket: string; fruit: string; revision: number; position: string }>(
      `select basket, fruit, revision, position from ${viewOf(fruitsProjection)} order by 1, 2`,
    );
    const inRedis = Object.entries(await redis.hgetall(redisKey(fruitsProjection)))
      .filter(([field]) => !field.startsWith('\0'))
      .map(([, value]) => decodeRow<{ basket: string; fruit: string; position: string }>(value));
    expect(inRedis.map(({ fruit }) => fruit).toSorted()).toEqual(found.rows.map(({ fruit }) => fruit).toSorted());
    return found.rows.map(({ basket, fruit, revision }) => `${basket} ${fruit} ${revision}`);
  }

  async function differences(): Promise<number> {
    return (await verify({ pool: database.pool, store, projection: fruitsProjection, redis })).differences.length;
  }

  it('may be any number of rows, or none', async () => {
    await happened('basket-1', { type: 'BasketFilled', fruits: ['apple', 'pear'] }, { type: 'BasketWeighed' });
    await happened('basket-2', { type: 'BasketFilled', fruits: [] });
    expect(await rows()).toEqual(['basket-1 apple 0', 'basket-1 pear 0']);
    expect(await differences()).toBe(0);
  });

  it('may be that rows are gone, in the page that brought them or in a later one', async () => {
    await happened('basket-1', { type: 'BasketFilled', fruits: ['apple', 'pear'] });
    await happened('basket-1', { type: 'BasketEmptied', fruits: ['pear'] });
    expect(await rows()).toEqual(['basket-1 apple 0']);
    await happened('basket-1', { type: 'BasketEmptied', fruits: ['apple', 'plum'] });
    expect(await rows()).toEqual([]);
    await happened('basket-1', { type: 'BasketFilled', fruits: ['apple'] });
    expect(await rows()).toEqual(['basket-1 apple 3']);
    expect(await differences()).toBe(0);
  });

  it('is of the events of its own categories alone', async () => {
    await happened('other-1', { type: 'BasketFilled', fruits: ['apple'] });
    expect(await rows()).toEqual([]);
  });

  it('names the event that wrote each row by its position', async () => {
    await happened('basket-1', { type: 'BasketFilled', fruits: ['apple'] });
    await rows();
    const [event] = await store.readStream('basket-1', { limit: 1 });
    const { rows: found } = await database.pool.query(`select position from ${viewOf(fruitsProjection)}`);
    expect(found).toEqual([{ position: event?.position }]);
  });
});
