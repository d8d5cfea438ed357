import { randomUUID } from 'node:crypto';
import { codecOf, makePosition, type Position, type RecordedEvent } from '#event-store';
import type { PostgresEventStore } from '#event-store/postgres';
import type { PublicEvent } from '#feeds';
import { migrate, transaction, type Pool, type PoolClient } from '#platform';
import { projectionMigrations, requestAction } from '#projections';
import { plainEvents, storeOnFreshDatabase, until, type StoreOnFreshDatabase } from '#dev/testing';
import { webhookMigrations } from './migrations.ts';
import { settleQueues } from './queues.ts';
import { webhooksFeed, WebhookSink } from './webhook-sink.ts';
import { writeDeliveries } from './write-deliveries.ts';
import { Webhooks } from './webhooks.ts';

interface Noted {
  readonly type: 'Noted';
  readonly subject: string;
  readonly told: PublicEvent['type'];
}

const codec = codecOf(plainEvents<Noted>('noted', 'Noted'));
const pageEventsMax = 3;

describe('the deliveries that are made of events', () => {
  let on: StoreOnFreshDatabase;
  let store: PostgresEventStore;
  let pool: Pool;
  let poison: ReadonlySet<string>;

  beforeEach(async () => {
    on = await storeOnFreshDatabase();
    ({ store } = on);
    ({ pool } = on.database);
    await migrate(pool, [...projectionMigrations, ...webhookMigrations]);
    poison = new Set();
  });

  afterEach(() => on.close());

  function sink(): WebhookSink {
    return new WebhookSink(pool, store, tell);
  }

  function tell(recorded: RecordedEvent): readonly PublicEvent[] {
    const { subject, told: type } = codec.decode(recorded);
    if (poison.has(subject)) throw new Error('cannot be told');
    const timestamp = new Date(recorded.metadata.at).toISOString();
    const data = { id: subject } as PublicEvent['data'];
    return [{ id: `evt_${recorded.stream}_${recorded.revision}`, type, version: 1, subject, timestamp, data }];
  }

  async function note(subject: string, told: PublicEvent['type'] = 'stock.changed', at = Date.now()): Promise<void> {
    const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: null, at };
    const event = codec.encode(randomUUID(), { type: 'Noted', subject, told }, metadata);
    const { length } = await store.readStream(`noted-${subject}`, { limit: 1000 });
    await store.append(`noted-${subject}`, length === 0 ? 'none' : length - 1, [event]);
  }

  async function carry(to = sink()): Promise<void> {
    let checkpoint: Position | undefined = await to.open();
    for (;;) {
      const { events, end } = await store.readAll(checkpoint, pageEventsMax);
      if (end === undefined || end === checkpoint) return to.tend();
      await to.apply(events, checkpoint, end);
      checkpoint = end;
    }
  }

  async function webhook(...events: readonly string[]): Promise<string> {
    const made = await new Webhooks(pool).create(randomUUID(), 'c', { url: 'x:', events, description: '' });
    return made?.id ?? '';
  }

  async function deliveries(): Promise<string[]> {
    const { rows } = await pool.query<{ id: string }>('select event_id as id from webhook_deliveries order by number');
    return rows.map(({ id }) => id.replace('evt_noted-', ''));
  }

  it('are one for each webhook that wants the type, in the order of the events, with a queue for each subject', async () => {
    const [all, some] = [await webhook('*'), await webhook('stock.low', 'hold.placed')];
    await webhook('product.created');
    await note('a');
    await note('b', 'stock.low');
    await note('a', 'hold.placed');
    await note('c');
    await carry();
    const { rows } = await pool.query('select webhook_id, subject from webhook_queues order by 1, 2');
    const queued = [all, some]
      .toSorted()
      .flatMap((id) => (id === all ? ['a', 'b', 'c'] : ['a', 'b']).map((subject) => ({ webhook_id: id, subject })));
    expect(rows).toEqual(queued);
    const { rows: made } = await pool.query(
      'select webhook_id as id, subject, type, status from webhook_deliveries where webhook_id = $1 order by number',
      [some],
    );
    expect(made).toMatchObject([
      { subject: 'b', type: 'stock.low', status: 'pending' },
      { subject: 'a', type: 'hold.placed' },
    ]);
    expect(await deliveries()).toHaveLength(6);
  });

  it('are made once, however often a page is written and by how many processes', async () => {
    await webhook('*');
    const [one, other] = [sink(), sink()];
    await one.open();
    const from = await other.open();
    await note('a');
    await note('b');
    const { events, end = makePosition('x', 0n) } = await store.readAll(from, 10);
    const written = await Promise.allSettled([one.apply(events, from, end), other.apply(events, from, end)]);
    expect(written.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await note('c');
    const { events: others } = await store.readAll(end, 10);
    for (const late of [events, others])
      await expect(one.apply(late, from, end)).rejects.toMatchObject({ name: 'CheckpointMoved' });
    expect(await deliveries()).toEqual(['a_0', 'b_0']);
  });

  it.each(['written', 'emptied'])(
    'have their queue when it was %s first, and at the same time by another',
    async (first) => {
      const webhookId = await webhook('*');
      await note('a');
      await carry();
      await pool.query(`update webhook_deliveries set status = 'delivered'`);
      const { rows } = await pool.query<{ checkpoint: Position }>('select checkpoint from projections');
      const from = rows[0]?.checkpoint;
      await note('a');
      const { events, end } = await store.readAll(from, 10);
      const page = { events: events.flatMap(tell), from, to: end };
      const write = async (client: PoolClient): Promise<unknown> => writeDeliveries(client, webhooksFeed, page);
      const empty = async (client: PoolClient): Promise<unknown> => settleQueues(client, [{ webhookId, subject: 'a' }]);
      const [one, other] = first === 'written' ? [write, empty] : [empty, write];
      let waiting: Promise<unknown> = Promise.resolve();
      await transaction(pool, async (client) => {
        await one(client);
        waiting = transaction(pool, other);
        await until(async () => (await pool.query('select from pg_locks where not granted')).rowCount);
      });
      await waiting;
      expect((await pool.query('select subject from webhook_queues')).rows).toEqual([{ subject: 'a' }]);
    },
  );

  it('are of events from the creation of the webhook on; an installation without one begins at the head', async () => {
    await note('before');
    await carry();
    const hour = 3_600_000;
    await note('older', 'stock.changed', Date.now() - hour);
    await webhook('*');
    await note('after');
    await carry();
    expect(await deliveries()).toEqual(['after_0']);
  });

  it('go on for other streams when an event cannot be told, and for its own when it can', async () => {
    await webhook('*');
    await carry();
    poison = new Set(['a']);
    for (const subject of ['a', 'b', 'a', 'b']) await note(subject);
    const parking = sink();
    await carry(parking);
    expect(parking.parked).toBe(1);
    expect(await deliveries()).toEqual(['b_0', 'b_1']);
    expect(await requestAction(pool, webhooksFeed, 'noted-a', 'retry')).toBe(true);
    await carry(parking);
    expect(parking.parked).toBe(1);
    poison = new Set();
    await requestAction(pool, webhooksFeed, 'noted-a', 'retry');
    await carry(parking);
    expect(parking.parked).toBe(0);
    expect(await deliveries()).toEqual(['b_0', 'b_1', 'a_0', 'a_1']);
  });

  it('leave out an event that is skipped', async () => {
    await webhook('*');
    await carry();
    poison = new Set(['a']);
    await note('a');
    await note('a');
    await carry();
    poison = new Set();
    await requestAction(pool, webhooksFeed, 'noted-a', 'skip');
    await carry();
    expect(await deliveries()).toEqual(['a_1']);
  });

  it.each([
    ['went backwards', (position: Position) => makePosition(position.slice(0, position.indexOf('@')), 999n)],
    ['was replaced', () => makePosition('other', 1n)],
  ])('go on from the head of a store that %s', async (_, lostOf) => {
    await webhook('*');
    await note('a');
    await carry();
    const { rows } = await pool.query<{ checkpoint: Position }>('select checkpoint from projections');
    const lost = rows.map(({ checkpoint }) => lostOf(checkpoint))[0];
    await pool.query('update projections set checkpoint = $1', [lost]);
    await carry();
    await note('a');
    await carry();
    expect(await deliveries()).toEqual(['a_0', 'a_1']);
  });
});
