import { freshDatabase, storeOnFreshDatabase, until, type StoreOnFreshDatabase } from '#dev/testing';
import { appended, newEvents, newStream } from '../contract/store-under-test.ts';
import { StoreWentBackwards } from '../errors.ts';
import { PostgresEventStore } from './index.ts';

let under: StoreOnFreshDatabase;
beforeEach(async () => void (under = await storeOnFreshDatabase()));
afterEach(() => under.close());

describe('the table of events', () => {
  it.each([
    'update events set type = $$x$$',
    'delete from events',
    'truncate events',
    'delete from events where false',
  ])('rejects to the role that appends: %s', async (sql) => {
    const { store, database } = under;
    const stream = newStream();
    await appended(store, stream, 'none', newEvents(1));
    await expect(database.pool.query(sql)).rejects.toMatchObject({ code: '42501' });
    expect(await store.readStream(stream, { limit: 2 })).toHaveLength(1);
  });

  it('gives the events of a stream that have one of the ids, in their order', async () => {
    const { store } = under;
    const [stream, other] = [newStream(), newStream()];
    const events = newEvents(3);
    const elsewhere = newEvents(1);
    await appended(store, stream, 'none', events);
    await appended(store, other, 'none', elsewhere);
    const ids = [...events.slice(1), ...elsewhere].map(({ id }) => id).toReversed();
    expect((await store.findEvents(stream, ids)).map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it('is never scanned by an append, though the plan was made when it had next to nothing', async () => {
    const { store, database, another } = under;
    const scans = `select coalesce(sum(seq_scan), 0)::int as scans, coalesce(sum(idx_scan), 0)::int as lookups
                   from pg_stat_user_tables where relname = 'events'`;
    await appended(store, newStream(), 'none', newEvents(3));
    await database.pool.query('analyze events');
    // The migrations scanned it too, and their connection would report that in the middle of the test.
    await database.pool.query('select pg_stat_force_next_flush()');
    const before = (await database.pool.query<{ scans: number; lookups: number }>(scans)).rows[0];
    const busy = await another();
    for (let count = 0; count < 20; count++) await appended(busy, newStream(), 'none', newEvents(50));
    await busy.close();
    // A backend reports what it did when it ends, a moment after the connection does.
    const after = await until(
      async () => (await database.pool.query<{ scans: number; lookups: number }>(scans)).rows[0],
      (seen) => seen?.lookups !== before?.lookups,
    );
    expect(after?.scans).toBe(before?.scans);
    expect(await store.head()).toBeDefined();
  });

  it('that lost its end is a store that went backwards', async () => {
    const { store, database } = under;
    const { position: kept } = await appended(store, newStream(), 'none', newEvents(1));
    const { position: lost } = await appended(store, newStream(), 'none', newEvents(1));
    await database.pool.query('alter table events disable trigger append_only; grant delete on events to current_user');
    await database.pool.query('delete from events where position = 2');
    await expect(store.readAll(lost, 10)).rejects.toThrow(StoreWentBackwards);
    expect(await store.readAll(kept, 10)).toMatchObject({ events: [], end: kept });
  });
});

describe('connecting', () => {
  it('to a database without an event store says what is missing', async () => {
    const empty = await freshDatabase();
    await expect(PostgresEventStore.connect(empty.url)).rejects.toThrow('run holdfast migrate');
    await empty.drop();
  });

  it('to a store without its id says so', async () => {
    await under.database.pool.query('delete from event_store');
    await expect(PostgresEventStore.connect(under.database.url)).rejects.toThrow('the id of the store is lost');
  });

  it('to another database finds another store', async () => {
    const other = await storeOnFreshDatabase();
    expect(other.store.id).not.toBe(under.store.id);
    await other.close();
  });
});
