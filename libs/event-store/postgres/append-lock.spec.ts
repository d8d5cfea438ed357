import type { PoolClient } from 'pg';
import { appended, idsOf, newEvent, newEvents, newStream, shortTimeouts } from '../contract/store-under-test.ts';
import { OutcomeUnknown, StoreUnavailable } from '../errors.ts';
import type { NewEvent } from '../event.ts';
import { PostgresEventStore } from './index.ts';
import { appendLock } from './migrations.ts';
import { storeOnFreshDatabase, until, type StoreOnFreshDatabase } from '#dev/testing';

let under: StoreOnFreshDatabase;
let holder: PoolClient;
beforeEach(async () => {
  under = await storeOnFreshDatabase();
  holder = await under.database.pool.connect();
});
afterEach(async () => {
  holder.release();
  await under.close();
});

async function holdLock(): Promise<void> {
  await holder.query('begin');
  await holder.query('select pg_advisory_xact_lock($1)', [appendLock]);
}

/** Polls until the condition is true, because it is changed by another process. */
async function untilTrue(sql: string, values: unknown[] = []): Promise<void> {
  await until(async () => {
    const { rows } = await under.database.pool.query<{ yes: boolean }>(`select ${sql} as yes`, values);
    return rows[0]?.yes;
  });
}

const anAppendWaits = `exists (
  select from pg_locks join pg_stat_activity using (pid) where not granted and locktype = 'advisory'
  and datname = current_database())`;

describe('an append that waits for its lock', () => {
  it('is unknown when its connection is cut, is written by a zombie later, and settled by the identical call', async () => {
    const { store, line } = under;
    const [stream, events] = [newStream(), newEvents(2)];
    await holdLock();
    const first = store.append(stream, 'none', events);
    first.catch(() => undefined);
    await untilTrue(anAppendWaits);
    line.cut();
    await expect(first).rejects.toThrow(OutcomeUnknown);
    expect(await store.readStream(stream, { limit: 10 })).toEqual([]);
    await holder.query('commit');
    await untilTrue('exists (select from events where stream = $1)', [stream]);
    const settled = await store.append(stream, 'none', events);
    expect(settled.outcome).toBe('already-done');
    expect(idsOf(await store.readStream(stream, { limit: 10 }))).toEqual(idsOf(events));
  });

  it('is given up by the server once its client has gone, long before its lock’s time is over, and never written', async () => {
    const { line, database } = under;
    const url = new URL(database.url);
    url.port = String(line.port);
    const store = await PostgresEventStore.connect(url.href, { connectMs: 1000, answerMs: 600_000 });
    const stream = newStream();
    await holdLock();
    const first = store.append(stream, 'none', newEvents(1));
    first.catch(() => undefined);
    await untilTrue(anAppendWaits);
    line.cut();
    await expect(first).rejects.toThrow(OutcomeUnknown);
    await untilTrue(`not ${anAppendWaits}`);
    await holder.query('commit');
    expect(await store.append(stream, 'none', newEvents(1))).toMatchObject({ outcome: 'appended', revision: 0 });
    await store.close();
  });

  it('is unknown when its backend is terminated, and the store goes on', async () => {
    const { store, database } = under;
    const [stream, events] = [newStream(), newEvents(1)];
    await holdLock();
    const first = store.append(stream, 'none', events);
    first.catch(() => undefined);
    await untilTrue(anAppendWaits);
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name like 'holdfast-%'`,
    );
    await expect(first).rejects.toThrow(OutcomeUnknown);
    await holder.query('commit');
    expect(await store.append(stream, 'none', events)).toMatchObject({ outcome: 'appended', revision: 0 });
  });

  it('for too long was surely not written', async () => {
    const store = await under.another(shortTimeouts);
    const stream = newStream();
    await holdLock();
    await expect(store.append(stream, 'none', newEvents(1))).rejects.toThrow(StoreUnavailable);
    await holder.query('commit');
    expect(await store.readStream(stream, { limit: 1 })).toEqual([]);
    await store.close();
  });
});

describe('a writer that commits late', () => {
  const appendBy = `select * from append_events(array[$1], array[-1], array[1], array[$2]::uuid[], array['T'],
    array['{}'], array['{}'])`;

  it('holds up those who come after it, so that no reader ever passes over its event', async () => {
    const { store } = under;
    const [late, after] = [newEvent(), newEvent()];
    const first = await appended(store, newStream(), 'none', newEvents(1));
    await holder.query('begin');
    await holder.query(appendBy, [newStream(), late.id]);
    const waiting = appended(store, newStream(), 'none', [after]);
    await untilTrue(anAppendWaits);
    expect(await store.readAll(first.position, 10)).toMatchObject({ events: [], end: first.position });
    await holder.query('commit');
    await waiting;
    expect(idsOf((await store.readAll(first.position, 10)).events)).toEqual([late.id, after.id]);
  });

  it('that rolls back leaves no gap', async () => {
    const { store } = under;
    await holder.query('begin');
    await holder.query(appendBy, [newStream(), newEvent().id]);
    const waiting = appended(store, newStream(), 'none', newEvents(1));
    await untilTrue(anAppendWaits);
    await holder.query('rollback');
    const { position } = await waiting;
    expect(position).toBe(await store.head());
    expect((await store.readAll(undefined, 10)).events.map((event) => event.position)).toEqual([position]);
  });

  it('must not see the past: anything but read committed is rejected', async () => {
    await holder.query('begin isolation level repeatable read');
    await expect(holder.query(appendBy, [newStream(), newEvent().id])).rejects.toThrow('use read committed');
    await holder.query('rollback');
  });

  it('elsewhere in the database holds up nobody', async () => {
    const { store } = under;
    await holder.query('begin');
    await holder.query('create table unrelated as select txid_current()');
    const { position } = await appended(store, newStream(), 'none', newEvents(1));
    expect((await store.readAll(undefined, 10)).end).toBe(position);
    await holder.query('rollback');
  });
});

describe('appends that wait together', () => {
  it('go down together, and one that PostgreSQL rejects fails alone', async () => {
    const { store, database } = under;
    await database.pool.query(`alter table events add check (type <> 'Rejected')`);
    await holdLock();
    const broken: NewEvent = newEvent({}, { type: 'Rejected' });
    const streams = Array.from({ length: 8 }, newStream);
    const calls = streams.map((stream, index) => store.append(stream, 'none', index === 5 ? [broken] : newEvents(2)));
    const settled = Promise.allSettled(calls);
    await untilTrue(anAppendWaits);
    await holder.query('commit');
    const outcomes = (await settled).map((call) => (call.status === 'fulfilled' ? call.value.outcome : 'rejected'));
    expect(outcomes).toEqual(streams.map((_, index) => (index === 5 ? 'rejected' : 'appended')));
  });
});
